package cli

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strings"

	"golang.org/x/mod/modfile"

	"github.com/ctxlint/ctxlint/internal/cli/custombuild"
)

// build runs "ctxlint build TOOL", with flags before or after the tool's name.
func (c *command) build(args []string) error {
	var o custombuild.Options
	fs := flag.NewFlagSet("ctxlint build", flag.ContinueOnError)
	fs.SetOutput(io.Discard)
	fs.StringVar(&o.Output, "o", "", "write the program to `file`, or below that directory, instead of the current one")
	fs.StringVar(&o.Version, "version", "", "build this `version` of the tool instead of the newest that Go can build")
	fs.StringVar(&o.Source, "source", "", "take the analyzers from ctxlint's source in `dir` instead of this command's version")
	fs.BoolVar(&c.verbose, "v", c.verbose, "print the go commands that are run and how long they take")
	var names []string
	for len(args) > 0 {
		switch err := fs.Parse(args); {
		case errors.Is(err, flag.ErrHelp):
			return c.printBuildUsage(fs)
		case err != nil:
			return usageError{err}
		}
		if args = fs.Args(); len(args) > 0 {
			names, args = append(names, args[0]), args[1:]
		}
	}
	if len(names) != 1 || custombuild.Lookup(names[0]) == nil {
		return usageError{fmt.Errorf("build needs the name of one tool: %s", strings.Join(custombuild.Names(), " or "))}
	}
	s, err := c.newSession()
	if err != nil {
		return err
	}
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
	if !ok || info.Main.Sum == "" { // only a module that was downloaded has one
		return errors.New("this ctxlint was built from a checkout, so it cannot tell which release's analyzers to use: name the checkout with -source")
	}
	o.Release = info.Main.Version
	return nil
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

const buildToolUsage = `Builds a tool with ctxlint's analyzers in it, from released modules.

Usage:
    ctxlint build golangci-lint [flags]
    ctxlint build gopls [flags]

Flags:
`

func (c *command) printBuildUsage(fs *flag.FlagSet) error {
	out := new(bytes.Buffer)
	out.WriteString(buildToolUsage)
	fs.VisitAll(func(f *flag.Flag) { printFlag(out, f) })
	_, err := out.WriteTo(c.stdout)
	return err
}
