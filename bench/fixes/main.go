// Command fixes measures whether the fixes that ctxlint suggests compile.
//
//	go run ./bench/fixes [-work dir] [-in-place] [-packages patterns] [-write docs/fixes.md] module...
//
// Each module, a directory, is copied, unless -in-place says that it can be thrown
// away. In the copy, ctxlint -fix runs over the packages that have a fix until it
// applies nothing more, and the go command, which knows nothing of ctxlint, compiles
// them and their tests before and after. What did not compile before does not count.
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
	packages := flag.String("packages", "./...", "look at the packages that these `patterns`, separated by spaces, match")
	inPlace := flag.Bool("in-place", false, "change the modules themselves, which saves compiling copies of them")
	flag.Parse()
	if flag.NArg() == 0 {
		flag.Usage()
		os.Exit(2)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := measure(ctx, flag.Args(), *work, *write, strings.Fields(*packages), *inPlace)
	stop()
	if err != nil {
		log.Fatal(err)
	}
}

// measure measures the modules and writes the report.
func measure(ctx context.Context, modules []string, work, write string, packages []string, inPlace bool) error {
	if work == "" {
		dir, err := os.MkdirTemp("", "ctxlint-fixes")
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
		var r *result
		if err == nil {
			m.Packages = packages
			r, err = measureModule(ctx, m)
		}
		if err != nil {
			errs = append(errs, fmt.Errorf("%s: %w", dir, err))
			continue
		}
		log.Print(r)
		results = append(results, r)
	}
	slices.SortFunc(results, func(a, b *result) int { return strings.Compare(a.Name, b.Name) })
	return errors.Join(append(errs, module.WriteSection(write, "fixes", table(results)))...)
}

// table shows the results in Markdown.
func table(results []*result) string {
	var b strings.Builder
	b.WriteString("| module | commit | packages | offered | applied | left out, would not compile | left out, other | files not gofmt-clean | new errors of the go command |\n" +
		"| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n")
	sum := new(result)
	kinds := make(map[string]int)
	for _, r := range results {
		fmt.Fprintf(&b, "| %s | %s | %d | %d | %d | %d | %d | %d | %d |\n", r.Name, r.Commit, r.packages, r.offered, r.applied, r.breaking, r.skipped, r.unformatted, len(r.errors))
		sum.packages += r.packages
		sum.offered += r.offered
		sum.applied += r.applied
		sum.breaking += r.breaking
		sum.skipped += r.skipped
		sum.unformatted += r.unformatted
		sum.errors = append(sum.errors, r.errors...)
		for kind, n := range r.kinds {
			kinds[kind] += n
		}
	}
	fmt.Fprintf(&b, "| all | | %d | %d | %d | %d | %d | %d | %d |\n", sum.packages, sum.offered, sum.applied, sum.breaking, sum.skipped, sum.unformatted, len(sum.errors))
	b.WriteString("\n| check | offered |\n| --- | ---: |\n")
	for _, kind := range sortedKeys(kinds) {
		fmt.Fprintf(&b, "| %s | %d |\n", kind, kinds[kind])
	}
	for _, e := range sum.errors {
		fmt.Fprintf(&b, "\n    %s\n", e)
	}
	return b.String()
}
