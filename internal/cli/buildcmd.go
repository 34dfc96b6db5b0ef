package cli

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"

	"golang.org/x/mod/modfile"
	"golang.org/x/mod/module"
	"golang.org/x/mod/semver"

	"github.com/ctxlint/ctxlint/internal/cli/custombuild"
	"github.com/ctxlint/ctxlint/internal/driver/gocmd"
	"github.com/ctxlint/ctxlint/internal/util/spelling"
)

const buildText = `Builds a golangci-lint or a gopls with ctxlint's analyzers in it, from released
modules.
`

func (c *command) buildVerb() *verb {
	o := new(custombuild.Options)
	v := &verb{
		name: "build", args: "TOOL", short: "build a " + spelling.Or(custombuild.Names()) + " with the analyzers in it", long: buildText,
		groups: []string{commonFlags}, own: flag.NewFlagSet("", flag.ContinueOnError), complete: completeTools,
	}
	v.own.StringVar(&o.Output, "o", "", "write the program to `file`, or below that directory, instead of the current one")
	v.own.StringVar(&o.Version, "version", "", "build this `version` of the tool instead of the newest that Go can build")
	v.own.StringVar(&o.Source, "source", "", "take the analyzers from ctxlint's source in `dir` instead of this command's version")
	v.run = func(args []string) (int, error) { return exitClean, c.build(v, *o, args) }
	return v
}

// build runs "ctxlint build TOOL".
func (c *command) build(v *verb, o custombuild.Options, names []string) error {
	if len(names) != 1 || custombuild.Lookup(names[0]) == nil {
		err := fmt.Errorf("build needs the name of one tool: %s", spelling.Or(custombuild.Names()))
		if len(names) == 1 {
			if question := spelling.Question(names[0], custombuild.Names()); question != "" {
				err = fmt.Errorf("%w; %s", err, question)
			}
		}
		return usageError{err, v}
	}
	s, err := c.newSession()
	if err != nil {
		return err
	}
	s.goCommand.Oldest = gocmd.BuildVersion
	ctx, stop := handleSignals(s.goCommand)
	defer stop()
	if err := s.chooseSource(ctx, &o); err != nil {
		return err
	}
	o.Output = c.outputFile(o.Output, names[0])
	o.Note = c.note
	if err := custombuild.Lookup(names[0]).Build(ctx, s.goCommand, o); err != nil {
		return err
	}
	c.note("wrote %s", o.Output)
	return nil
}

// outputFile returns the file that the argument of -o means.
func (c *command) outputFile(arg, tool string) string {
	file := c.abs(c.dir, arg)
	if info, err := os.Stat(file); arg != "" && (err != nil || !info.IsDir()) {
		return file
	}
	if runtime.GOOS == "windows" {
		tool += ".exe"
	}
	return filepath.Join(file, tool)
}

// chooseSource decides where the analyzers come from: the directory that the
// user named, else the checkout of ctxlint that contains the working directory,
// else the release that this command was installed from.
func (s *session) chooseSource(ctx context.Context, o *custombuild.Options) error {
	if o.Source != "" {
		o.Source = s.abs(s.dir, o.Source)
		if modulePath(filepath.Join(o.Source, "go.mod")) != custombuild.Path {
			return fmt.Errorf("-source: %s does not contain the module %s", o.Source, custombuild.Path)
		}
		return nil
	}
	env, err := s.goCommand.Env(ctx)
	if err != nil {
		return err
	}
	if modulePath(env.GOMOD) == custombuild.Path {
		o.Source = filepath.Dir(env.GOMOD)
		return nil
	}
	info, ok := debug.ReadBuildInfo()
	if !ok || !isReleased(info) {
		return errors.New("this ctxlint was built from a checkout, so it cannot tell which release's analyzers to use: name the checkout with -source")
	}
	o.Release = info.Main.Version
	return nil
}

// isReleased reports whether the version of a build is one that the go command can download:
// the build is of a module that was downloaded, which has a checksum, or of a tag.
func isReleased(info *debug.BuildInfo) bool {
	v := info.Main.Version
	return info.Main.Sum != "" || semver.IsValid(v) && semver.Build(v) == "" && !module.IsPseudoVersion(v)
}

// modulePath returns the path of the module with that go.mod, or "" if there is
// none.
func modulePath(goMod string) string {
	text, err := os.ReadFile(goMod)
	if err != nil {
		return ""
	}
	return modfile.ModulePath(text)
}
