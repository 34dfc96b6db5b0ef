package cli

import (
	"cmp"
	"fmt"
	"runtime"
	"runtime/debug"

	"golang.org/x/mod/module"
)

const versionText = `Prints the version of ctxlint, the commit that it was built from, and the Go and the
platform that it was built with and for.
`

func (c *command) versionVerb() *verb {
	v := &verb{name: "version", short: "print the version", long: versionText, groups: []string{commonFlags}}
	v.run = func(args []string) (int, error) {
		if err := noArguments(v.name, args); err != nil {
			return 0, usageError{err, v}
		}
		return exitClean, c.printVersion()
	}
	return v
}

func (c *command) printVersion() error {
	b := thisBuild()
	commit := ""
	if b.commit != "" {
		commit = "commit " + b.commit + ", "
	}
	_, err := fmt.Fprintf(c.stdout, "ctxlint %s (%sbuilt with %s for %s/%s)\n",
		cmp.Or(b.version, "(devel)"), commit, runtime.Version(), runtime.GOOS, runtime.GOARCH)
	return err
}

// A build says what this command was built from.
type build struct {
	version string // of the module, "" if it has none
	commit  string // "" if it is not known
}

// thisBuild returns what the go command has written into the executable.
func thisBuild() build {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return build{}
	}
	return buildOf(info)
}

// buildOf returns what is known of a build. One of a version that was downloaded has no
// commit, unless the version is named after one.
func buildOf(info *debug.BuildInfo) build {
	var b build
	if info.Main.Version != "(devel)" {
		b.version = info.Main.Version
	}
	changed := ""
	for _, s := range info.Settings {
		switch {
		case s.Key == "vcs.revision":
			b.commit = s.Value
		case s.Key == "vcs.modified" && s.Value == "true":
			changed = " with changes"
		}
	}
	if rev, err := module.PseudoVersionRev(b.version); err == nil {
		b.commit = cmp.Or(b.commit, rev)
	}
	if b.commit != "" {
		b.commit += changed
	}
	return b
}
