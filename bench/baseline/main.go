// Command baseline measures whether a baseline survives edits that change nothing.
//
//	go run ./bench/baseline [-work dir] [-in-place] [-write docs/baseline.md] module...
//
// Each module, a directory, is copied, unless -in-place says that it can be thrown
// away. A baseline of the whole module is written. Then, in every package that has
// a finding, each file gets lines on top and a new function, the lines of files with
// findings are broken at 60 columns, gofmt -s runs over all of them, and every
// second file with findings is renamed: nothing may be new, and nothing stale. In
// the end a bug is put into one package, and it alone must be new.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"log"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"

	"github.com/ctxlint/ctxlint/bench/internal/module"
)

func main() {
	log.SetFlags(log.Ltime)
	work := flag.String("work", "", "make the copies below this `dir` and keep them, so that another run finds them compiled")
	write := flag.String("write", "", "put the report into this `file` instead of printing it")
	inPlace := flag.Bool("in-place", false, "change the modules themselves, which saves compiling copies of them")
	flag.Parse()
	if flag.NArg() == 0 {
		flag.Usage()
		os.Exit(2)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := measure(ctx, flag.Args(), *work, *write, *inPlace)
	stop()
	if err != nil {
		log.Fatal(err)
	}
}

// measure measures the modules and writes the report.
func measure(ctx context.Context, modules []string, work, write string, inPlace bool) error {
	if work == "" {
		dir, err := os.MkdirTemp("", "ctxlint-baseline")
		if err != nil {
			return err
		}
		defer os.RemoveAll(dir)
		work = dir
	}
	tool, err := module.BuildTool(ctx, work)
	if err != nil {
		return err
	}
	var results []*result
	var errs []error
	for _, dir := range modules {
		m, err := module.Open(dir, work, tool, inPlace)
		if err == nil {
			r := &result{Module: m}
			if err = r.measure(ctx); err == nil {
				results = append(results, r)
			}
		}
		if err != nil {
			errs = append(errs, fmt.Errorf("%s: %w", dir, err))
		}
	}
	slices.SortFunc(results, func(a, b *result) int { return strings.Compare(a.Name, b.Name) })
	return errors.Join(append(errs, module.WriteSection(write, "measured", table(results)))...)
}

// table shows the results in Markdown.
func table(results []*result) string {
	var b strings.Builder
	b.WriteString("| module | commit | packages | with findings | known | files edited | wrapped | renamed | new | stale | new with the bug |\n" +
		"| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n")
	for _, r := range results {
		fmt.Fprintf(&b, "| %s | %s | %d | %d | %d | %d | %d | %d | %d | %d | %d |\n", r.Name, r.Commit,
			r.packages, r.affected, r.known, r.edited, r.wrapped, r.renamed, r.new, r.stale, r.withBug)
	}
	return b.String()
}
