package cancelleak

import (
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/fixpoint"
)

// summaries knows what functions do with cancel functions: those of this package
// by analysis, those of others by their facts.
//
// Parameters are judged by syntax alone and results only where a signature can
// carry a cancel function, so that a dependency rarely needs SSA.
type summaries struct {
	c         *checker
	decls     []decl // in source order
	byFunc    map[*types.Func]*ast.FuncDecl
	params    *fixpoint.Solver[param, bool]       // whether they are ignored
	results   *fixpoint.Solver[param, ownerships] // what they may be
	sites     bool                                // some call of the package makes an obligation
	sitesOnce bool
}

type decl struct {
	fn   *types.Func
	node *ast.FuncDecl
}

// param is a parameter, or a result, of a function.
type param struct {
	fn  *types.Func
	i   int
	lit *ssa.Parameter // of a literal, which has no fn
}

func newSummaries(c *checker) *summaries {
	s := &summaries{c: c, byFunc: make(map[*types.Func]*ast.FuncDecl)}
	// A parameter is ignored unless something uses it, and a recursive call alone does
	// not. Where that cannot be decided, it is used.
	s.params = fixpoint.NewBool(true, false, s.ignoresParam)
	s.results = fixpoint.New(fixpoint.Problem[param, ownerships]{
		Step:  s.ownershipsOfResult,
		Join:  ownerships.union,
		Equal: func(a, b ownerships) bool { return a == b },
		Spent: ownerships{unknown: true},
	})
	for _, f := range c.pass.Files {
		for _, d := range f.Decls {
			node, ok := d.(*ast.FuncDecl)
			if !ok {
				continue
			}
			if fn, ok := c.pass.TypesInfo.Defs[node.Name].(*types.Func); ok {
				s.decls = append(s.decls, decl{fn, node})
				s.byFunc[fn] = node
			}
		}
	}
	return s
}
