// Package early is imported for its init function. It answers cmd/go about a unit that has no
// facts of its own and whose findings nobody wants, and ends the process, before the rest of
// ctxlint is initialised.
//
// Two of three executions of the vet tool are about such units. Then the program has next to
// nothing to do, and most of its time is that of initialising packages it has no use for:
// analyzers, their documentation and tables, and a dozen libraries of the command.
//
// An init function is the only place before that: when main runs, all of it is done. The
// language initialises packages sorted by import path, each as soon as what it imports is, so
// this one comes first as long as it builds on nothing but small packages; a test in
// cmd/ctxlint watches that. Its being late would cost time and change no answer.
//
// To end the process here is safe. Nothing else has run that could have begun something, and
// the answer is complete: a file of facts, the same bytes from the same code (package unit) as
// in vettool.Main, to which everything else is left, all errors included.
package early

import (
	"flag"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/ctxlint/ctxlint/internal/driver/vettool/unit"
)

func init() {
	if answered(os.Args[1:]) {
		os.Exit(0)
	}
}

// answered reports whether the arguments are those about a unit that can be answered here, and
// have been.
func answered(args []string) (done bool) {
	defer func() {
		if recover() != nil {
			done = false
		}
	}()
	var mode unit.Mode
	fs := flag.NewFlagSet("", flag.ContinueOnError)
	fs.SetOutput(io.Discard)
	mode.Declare(fs)
	if fs.Parse(withoutAnalyzers(args)) != nil || !mode.JSON && mode.Records == nil {
		return false
	}
	file, err := unit.File(fs)
	if err != nil {
		return false
	}
	cfg, err := unit.Read(file)
	if err != nil || cfg.CarryTypes || cfg.Wanted(mode.Records) || cfg.Promising() {
		return false
	}
	watch := unit.StartWatch(cfg)
	in, err := cfg.ReadImports()
	if err != nil {
		return false
	}
	if factless, err := cfg.Factless(in); err != nil || !factless {
		return false
	}
	if cfg.WriteFacts(in.Forward()) != nil {
		return false
	}
	watch.Write()
	return true
}

// withoutAnalyzers returns the arguments without the flags of analyzers, which are not known
// here, if somebody else has checked them. They have the form -NAME=VALUE.
func withoutAnalyzers(args []string) []string {
	if !slices.Contains(args, "-"+unit.CheckedFlag) {
		return args
	}
	return slices.DeleteFunc(slices.Clone(args), func(arg string) bool {
		name, _, ok := strings.Cut(arg, "=")
		return ok && strings.HasPrefix(name, "-") && !slices.Contains(notAnalyzers, name) && !strings.HasPrefix(name, "-ctxlint.")
	})
}

// notAnalyzers are flags that say how a unit is answered.
var notAnalyzers = []string{"-json", "-fix", "-diff"}
