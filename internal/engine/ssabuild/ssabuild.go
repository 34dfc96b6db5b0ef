// Package ssabuild builds the SSA form of a package when, and only when, an
// analyzer asks for it. It proves nothing by itself.
//
// In contrast, x/tools' buildssa pass builds it for every package on which an
// analyzer that requires it runs; for an analyzer with facts that means every
// dependency.
package ssabuild

import (
	"go/ast"
	"go/types"
	"reflect"
	"sync"
	"sync/atomic"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/noreturn"
	"github.com/ctxlint/ctxlint/internal/engine/ssax"
)

// Analyzer gives the package's [*Builder].
var Analyzer = &analysis.Analyzer{
	Name:       "ctxlintssa",
	Doc:        "build SSA on demand",
	URL:        "https://pkg.go.dev/github.com/ctxlint/ctxlint/internal/engine/ssabuild",
	Requires:   []*analysis.Analyzer{noreturn.Analyzer},
	Run:        run,
	ResultType: reflect.TypeFor[*Builder](),
}

// Builder builds the SSA form of one package at most once. Its methods may be
// called concurrently.
type Builder struct {
	pass  *analysis.Pass
	once  sync.Once
	ssa   *SSA
	built atomic.Bool
}

// SSA is the SSA form of a package.
type SSA struct {
	Pkg   *ssa.Package
	Funcs []*ssa.Function // the functions in source order, each followed by its literals and range-over-func bodies; the package initializer comes last

	index func() *ssax.Index
}

// Index says where the functions of the package call and use things. The first
// call makes it.
func (s *SSA) Index() *ssax.Index { return s.index() }

func run(pass *analysis.Pass) (any, error) { return &Builder{pass: pass}, nil }

// SSA returns the SSA form of the package. The first call builds it. Control
// flow ends at calls of functions that are known never to return.
func (b *Builder) SSA() *SSA {
	b.once.Do(func() {
		b.ssa = build(b.pass)
		b.built.Store(true)
	})
	return b.ssa
}

// Built reports whether somebody has asked for the SSA form yet.
func (b *Builder) Built() bool { return b.built.Load() }

func build(pass *analysis.Pass) *SSA {
	never := pass.ResultOf[noreturn.Analyzer].(*noreturn.Result)
	prog := ssa.NewProgram(pass.Fset, ssa.BuilderMode(0))
	prog.SetNoReturn(never.NoReturn)
	for _, p := range pass.Pkg.Imports() {
		prog.CreatePackage(p, nil, nil, true)
	}
	pkg := prog.CreatePackage(pass.Pkg, pass.Files, pass.TypesInfo, false)
	pkg.Build()

	s := &SSA{Pkg: pkg}
	for _, f := range pass.Files {
		for _, d := range f.Decls {
			if decl, ok := d.(*ast.FuncDecl); ok {
				if fn, ok := pass.TypesInfo.Defs[decl.Name].(*types.Func); ok {
					s.add(prog.FuncValue(fn))
				}
			}
		}
	}
	// The package initializer evaluates package-level variable declarations.
	s.add(pkg.Func("init"))
	s.index = sync.OnceValue(func() *ssax.Index { return ssax.NewIndex(s.Funcs) })
	return s
}

func (s *SSA) add(fn *ssa.Function) {
	if fn == nil {
		return // a declaration that the type checker dropped
	}
	s.Funcs = append(s.Funcs, fn)
	for _, lit := range fn.AnonFuncs {
		s.add(lit)
	}
}
