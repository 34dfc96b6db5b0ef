// Command baseline measures whether a baseline survives edits that change nothing.
//
//	go run ./bench/baseline [-work dir] [-in-place] [-packages patterns] [-write docs/baseline.md] module...
//
// Each module, a directory, is copied, unless -in-place says that it can be
// thrown away. A baseline of the whole module is written. Then, in every
// package that has a finding, each file gets lines at the top and a new
// function, the lines of files with findings are broken at 60 columns, gofmt -s
// runs over all of them, and every second file with findings is renamed:
// nothing may be new, and nothing stale. Finally, a bug is put into one
// package, and only it must be new.
package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/ctxlint/ctxlint/bench/internal/module"
)

func main() { module.Main(measure) }

// measure measures the modules and writes the report.
func measure(ctx context.Context, o module.Options) error {
	return module.Measure(ctx, o, "measured", func(ctx context.Context, m *module.Module) (*result, error) {
		r := &result{Module: m}
		return r, r.measure(ctx)
	}, table)
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
