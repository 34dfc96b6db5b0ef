package module

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"log"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
)

// Options say which modules to measure, and where the report goes.
type Options struct {
	Modules  []string // directories
	Work     string   // where copies are made, "" for a directory that is removed afterwards
	Write    string   // the file that has the section for the report, "" for standard output
	InPlace  bool     // change the modules themselves
	Packages []string // patterns of the packages to look at, nil for all
}

// Main runs a measurement as a command, with the flags that all measurements
// have and those that the caller has defined. It does not return.
func Main(measure func(context.Context, Options) error) {
	log.SetFlags(log.Ltime)
	var o Options
	flag.StringVar(&o.Work, "work", "", "make the copies below this `dir` and keep them, so that another run finds them compiled")
	flag.StringVar(&o.Write, "write", "", "put the report into this `file` instead of printing it")
	flag.BoolVar(&o.InPlace, "in-place", false, "change the modules themselves, which saves compiling copies of them")
	packages := flag.String("packages", "./...", "look at the packages that these `patterns`, separated by spaces, match")
	flag.Parse()
	o.Modules, o.Packages = flag.Args(), strings.Fields(*packages)
	if len(o.Modules) == 0 {
		flag.Usage()
		os.Exit(2)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := measure(ctx, o)
	stop()
	if err != nil {
		log.Fatal(err)
	}
	os.Exit(0)
}

// Measure calls measure for each module, in a copy unless modules are changed
// in place, and writes a table of the results, ordered by the modules' names,
// to the named section of the report. A module that fails is left out of the
// table.
func Measure[R any](ctx context.Context, o Options, section string, measure func(context.Context, *Module) (R, error), table func([]R) string) error {
	if o.Work == "" {
		dir, err := os.MkdirTemp("", "ctxlint-"+section)
		if err != nil {
			return err
		}
		defer os.RemoveAll(dir)
		o.Work = dir
	}
	tool, err := BuildTool(ctx, o.Work)
	if err != nil {
		return err
	}
	byName := func(a, b string) int { return strings.Compare(filepath.Base(a), filepath.Base(b)) }
	var results []R
	var errs []error
	for _, dir := range slices.SortedStableFunc(slices.Values(o.Modules), byName) {
		m, err := Open(dir, o.Work, tool, o.InPlace)
		var r R
		if err == nil {
			if o.Packages != nil {
				m.Packages = o.Packages
			}
			r, err = measure(ctx, m)
		}
		if err != nil {
			errs = append(errs, fmt.Errorf("%s: %w", dir, err))
			continue
		}
		results = append(results, r)
	}
	return errors.Join(append(errs, WriteSection(o.Write, section, table(results)))...)
}
