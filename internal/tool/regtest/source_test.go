package regtest_test

import (
	"fmt"
	"go/parser"
	"go/token"
	"go/types"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"

	"github.com/ctxlint/ctxlint/internal/driver/vettool"
)

// A universe type-checks source that imports what the fixtures import, without
// loading those packages again.
type universe map[string]*types.Package

func newUniverse(t *testing.T, m *fixtureModule) universe {
	t.Helper()
	u := make(universe)
	packages.Visit(m.load(t), nil, func(p *packages.Package) {
		if p.ForTest == "" {
			u[p.PkgPath] = p.Types
		}
	})
	return u
}

// Import implements types.Importer.
func (u universe) Import(path string) (*types.Package, error) {
	if path == "unsafe" {
		return types.Unsafe, nil
	}
	if pkg := u[path]; pkg != nil {
		return pkg, nil
	}
	return nil, fmt.Errorf("no package %s", path)
}

// source is the text of a package's files by name.
type source map[string]string

// A checked is a package that the type checker accepted, leaving aside soft
// errors, such as variables that are not used.
type checked struct {
	pkg  *packages.Package
	src  source
	soft []error
}

// check parses and type-checks src. The error says why that is impossible.
func (u universe) check(path string, src source) (*checked, error) {
	c := &checked{src: src, pkg: &packages.Package{
		ID:         path,
		PkgPath:    path,
		Fset:       token.NewFileSet(),
		TypesSizes: types.SizesFor("gc", "amd64"),
		Module:     &packages.Module{Path: "ctxlint.test/fixtures", Main: true},
		TypesInfo:  vettool.NewInfo(),
	}}
	for name, text := range src {
		f, err := parser.ParseFile(c.pkg.Fset, name, text, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		c.pkg.Syntax = append(c.pkg.Syntax, f)
		c.pkg.Name = f.Name.Name
	}
	var hard error
	conf := types.Config{
		Importer:  u,
		Sizes:     c.pkg.TypesSizes,
		GoVersion: "go1.26",
		Error: func(err error) {
			switch e := err.(types.Error); {
			case e.Soft && !strings.HasPrefix(e.Msg, "label "): // which leaves gaps in the Info
				c.soft = append(c.soft, err)
			case hard == nil:
				hard = err
			}
		},
	}
	c.pkg.Types, _ = conf.Check(path, c.pkg.Fset, c.pkg.Syntax, c.pkg.TypesInfo)
	return c, hard
}

// reading returns copies of analyzers that read the files as they were parsed.
func (c *checked) reading(suite []*analysis.Analyzer) []*analysis.Analyzer {
	var copies []*analysis.Analyzer
	for _, a := range suite {
		reads := *a
		reads.Run = func(full *analysis.Pass) (any, error) {
			pass := *full
			pass.ReadFile = func(name string) ([]byte, error) { return []byte(c.src[name]), nil }
			return a.Run(&pass)
		}
		copies = append(copies, &reads)
	}
	return copies
}

// analyze returns the diagnostics of all analyzers for the package, without
// facts about what it imports. It returns an error if an analyzer panics or
// fails.
func (c *checked) analyze() (diagnostics []analysis.Diagnostic, err error) {
	defer func() {
		if x := recover(); x != nil {
			err = fmt.Errorf("panic: %v", x)
		}
	}()
	graph, err := checker.Analyze(c.reading(suite()), []*packages.Package{c.pkg}, &checker.Options{Sequential: true})
	if err != nil {
		return nil, err
	}
	for _, act := range graph.Roots {
		if act.Err != nil {
			return nil, act.Err
		}
		diagnostics = append(diagnostics, act.Diagnostics...)
	}
	return diagnostics, nil
}
