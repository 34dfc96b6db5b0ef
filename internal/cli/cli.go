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

	"github.com/spf13/pflag"

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

// program is the name of the command.
const program = "ctxlint"

// A command is one run of ctxlint.
type command struct {
	stdout, stderr *os.File
	suite          []analyzers.Entry
	options
	flags *flag.FlagSet // fills in the options
	all   []*verb
	cwd   string // the user's working directory; paths are shown relative to it
	dir   string // where the go command runs: cwd, or the argument of -C

	code    int   // of the verb that ran
	helpErr error // of printing help
}

func (c *command) main(args []string) (code int, err error) {
	root := c.grow()
	if isCompletion(args) {
		return exitClean, c.complete(root, args)
	}
	root.SetArgs(twoDashes(root, args))
	switch cmd, err := root.ExecuteC(); {
	case errors.Is(err, pflag.ErrHelp): // before the name of a verb
		return exitClean, c.printHelp(c.all[0])
	case err != nil:
		return 0, c.flagError(c.verbOf(cmd), err)
	}
	return c.code, c.helpErr
}

// locate finds out where the run takes place.
func (c *command) locate() (err error) {
	if c.cwd, err = os.Getwd(); err == nil {
		c.dir = c.abs(c.cwd, c.chdir)
	}
	return err
}

// usageError is an error in the command line of a verb.
type usageError struct {
	error
	verb *verb
}

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
	if usage, ok := errors.AsType[usageError](err); ok {
		fmt.Fprintf(w, "Run '%s -h' for usage.\n", usage.verb.path())
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
