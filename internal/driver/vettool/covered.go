package vettool

import (
	"go/build/constraint"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strings"
)

// A package with tests inside it is compiled twice, with them and without, and "go vet"
// asks for the findings of the larger variant. The smaller one is only there for the
// packages that import it. Its findings, which would be the same, are left out if it
// would cost a unit of the Go distribution its only reason to be parsed: it has no facts.
//
// The record says so, because cmd/go may replay it in a run that asks for it: when its
// tests have been deleted, or do not compile. The command line then asks again, with
// unit.EveryFlag.

// leavesToTests reports whether the findings about the unit are those about its variant
// with tests.
func (opts *options) leavesToTests(cfg config) bool {
	return cfg.VetxOnly && cfg.Std() && !opts.Every && cfg.testedInside()
}

// testedInside reports whether the package of a unit without tests certainly has some
// inside it. Those that are only compiled on some platforms do not count.
func (cfg config) testedInside() bool {
	if cfg.WithTests() {
		return false
	}
	entries, err := os.ReadDir(cfg.Dir)
	if err != nil {
		return false
	}
	for _, e := range entries {
		stem, ok := strings.CutSuffix(e.Name(), "_test.go")
		if ok && e.Type().IsRegular() && !strings.ContainsAny(stem, "_.") && isInsideTest(filepath.Join(cfg.Dir, e.Name())) {
			return true
		}
	}
	return false
}

// isInsideTest reports whether a test file without a build constraint belongs to the
// package under test itself.
func isInsideTest(name string) bool {
	f, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.PackageClauseOnly|parser.ParseComments)
	if err != nil || strings.HasSuffix(f.Name.Name, "_test") {
		return false
	}
	for _, group := range f.Comments {
		for _, c := range group.List {
			if constraint.IsGoBuild(c.Text) || constraint.IsPlusBuild(c.Text) {
				return false
			}
		}
	}
	return true
}
