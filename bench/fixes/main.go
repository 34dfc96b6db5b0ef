// Command fixes measures whether the fixes that ctxlint suggests compile.
//
//	go run ./bench/fixes [-work dir] [-in-place] [-packages patterns] [-write docs/fixes.md] module...
//
// Each module, a directory, is copied, unless -in-place says that it can be
// thrown away. In the copy, ctxlint -fix runs over the packages that have a fix
// until it applies nothing more, and the go command, which knows nothing of
// ctxlint, compiles them and their tests before and after. Packages that did
// not compile before do not count.
package main

import (
	"context"
	"fmt"
	"log"
	"strings"

	"github.com/ctxlint/ctxlint/bench/internal/module"
)

func main() { module.Main(measure) }

// measure measures the modules and writes the report.
func measure(ctx context.Context, o module.Options) error {
	return module.Measure(ctx, o, "fixes", func(ctx context.Context, m *module.Module) (*result, error) {
		r, err := measureModule(ctx, m)
		if err == nil {
			log.Print(r)
		}
		return r, err
	}, table)
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
