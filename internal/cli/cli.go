// Package cli is the ctxlint command line. It lets "go vet" run ctxlint's own
// executable over the packages, so that the build cache also caches the
// analysis, and turns the resulting records into reports or fixes.
package cli

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/ctxlint/ctxlint/analyzers"
	"github.com/ctxlint/ctxlint/internal/report/visible"
)

// Exit codes.
const (
	exitClean    = 0
	exitFindings = 1
	exitFailure  = 2 // could not run, or something could not be analysed
)

// Main runs the command of a suite with the given arguments (without the program's
// name) and returns its exit code.
func Main(suite []analyzers.Entry, args []string) int {
	c := &command{stdout: os.Stdout, stderr: os.Stderr, suite: suite}
	code, err := c.main(args)
	if err != nil {
		c.fail(err)
		return exitFailure
	}
	return code
}

// A command is one run of ctxlint.
type command struct {
	stdout, stderr *os.File
	suite          []analyzers.Entry
	options
	cwd string // the user's working directory; paths are shown relative to it
	dir string // where the go command runs: cwd, or the argument of -C
}

func (c *command) main(args []string) (code int, err error) {
	flags := c.newFlagSet(c.suite)
	switch err := flags.Parse(args); {
	case errors.Is(err, flag.ErrHelp):
		return exitClean, c.printUsage(c.stdout)
	case err != nil:
		return 0, usageError{c.explainFlag(err)}
	}
	if c.version {
		return exitClean, c.printVersion()
	}
	if c.cwd, err = os.Getwd(); err != nil {
		return 0, err
	}
	c.dir = c.abs(c.cwd, c.chdir)
	switch patterns := flags.Args(); first(patterns) {
	case "help":
		return exitClean, c.help(patterns[1:])
	case "explain":
		return exitClean, c.explain(patterns[1:])
	case "version":
		return exitClean, c.printVersion()
	case "build":
		return exitClean, c.build(patterns[1:])
	case "evidence":
		return c.listEvidence(patterns[1:])
	case "graph":
		return c.graph(patterns[1:])
	case "config":
		if err := flags.Parse(patterns[1:]); err != nil {
			return 0, usageError{err}
		}
		c.dir = c.abs(c.cwd, c.chdir)
		return exitClean, c.printConfig(flags.Args())
	default:
		if err := c.check(patterns); err != nil {
			return 0, usageError{err}
		}
		return c.lint(patterns)
	}
}

// usageError is an error in the command line.
type usageError struct{ error }

// fail prints an error of the run itself.
func (c *command) fail(err error) {
	w := c.stderr
	if errors.Is(err, context.Canceled) {
		err = errors.New("interrupted")
	}
	for line := range strings.Lines(err.Error()) {
		line = strings.ReplaceAll(strings.TrimSuffix(line, "\n"), "\t", "    ") // the go command indents with tabs
		fmt.Fprintf(w, "ctxlint: %s\n", visible.Text(line))
	}
	if errors.As(err, new(usageError)) {
		fmt.Fprintln(w, "Run 'ctxlint -h' for usage.")
	}
}

// note prints something that the user should know, unless -q is given.
func (c *command) note(message string, args ...any) {
	if !c.quiet {
		fmt.Fprintf(c.stderr, "ctxlint: %s\n", visible.Text(fmt.Sprintf(message, args...)))
	}
}

// tell is like note, for what only -v shows.
func (c *command) tell(message string, args ...any) {
	if c.verbose {
		c.note(message, args...)
	}
}

// abs returns the absolute path of a name that is relative to dir.
func (c *command) abs(dir, name string) string {
	if filepath.IsAbs(name) {
		return filepath.Clean(name)
	}
	return filepath.Join(dir, name)
}

func first(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return list[0]
}
