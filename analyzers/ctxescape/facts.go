package ctxescape

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/pass/scope"
	"github.com/ctxlint/ctxlint/internal/pass/syntax"
)

// funcFact says what other packages need to know of a function.
type funcFact struct {
	Params []paramFact // in the order of parameters
}

// paramFact is a deed that outlives a call, or is meant to end with the context.
type paramFact struct {
	Param   int
	Starts  int    // the grade
	Starter string // the place of the go statement
	Watches bool
}

func (*funcFact) AFact() {}

// String returns the form in which fixtures assert the fact.
func (f *funcFact) String() string {
	var parts []string
	for _, p := range f.Params {
		if p.Starts > 0 {
			parts = append(parts, fmt.Sprintf("starts(%d)", p.Param))
		}
		if p.Watches {
			parts = append(parts, fmt.Sprintf("watches(%d)", p.Param))
		}
	}
	return strings.Join(parts, " ")
}

// deed completes what is known of a parameter.
func (f *funcFact) deed(param int, d deed) deed {
	for _, p := range f.Params {
		if p.Param == param {
			d.starts, d.starter = grade(p.Starts), p.Starter
			d.watches = p.Watches
		}
	}
	return d
}

// exportFacts exports what the functions of the package do with their parameters.
func (c *checker) exportFacts() {
	if scope.IsStandard(c.pass) {
		return
	}
	telling := c.telling()
	if len(telling) == 0 {
		return
	}
	for _, fn := range c.builder.SSA().Funcs {
		obj, ok := fn.Object().(*types.Func)
		if !ok || fn.Parent() != nil || !telling[obj] || ssax.InTest(fn) {
			continue
		}
		if fact := c.factOf(fn); len(fact.Params) > 0 {
			c.pass.ExportObjectFact(obj, fact)
		}
	}
}

// telling returns the functions of the package about which there may be a fact: importers
// can name them, they take a context, and what they name may lead to something that such a
// fact tells. It asks the syntax, so that SSA is built only for packages that have one;
// most dependencies have none.
func (c *checker) telling() map[*types.Func]bool {
	takes := func(decl *ast.FuncDecl) bool {
		fn, ok := c.pass.TypesInfo.Defs[decl.Name].(*types.Func)
		return ok && fn.Exported() && ctxlib.Takes(fn.Signature())
	}
	decls := syntax.Funcs(c.pass.Files)
	if !slices.ContainsFunc(decls, takes) {
		return nil
	}
	hasFacts := len(c.pass.AllObjectFacts()) > 0
	found := syntax.Reaching(c.pass.TypesInfo, decls, func(n ast.Node) bool { return c.mayTell(n, hasFacts) })
	telling := make(map[*types.Func]bool)
	for _, decl := range decls {
		if fn, ok := c.pass.TypesInfo.Defs[decl.Name].(*types.Func); ok && found[fn] && takes(decl) {
			telling[fn] = true
		}
	}
	return telling
}

// mayTell reports whether a node may be what a fact tells: a goroutine, the end of a
// context, or a loop without end; or a function about which there is a fact.
func (c *checker) mayTell(n ast.Node, hasFacts bool) bool {
	switch n := n.(type) {
	case *ast.GoStmt:
		return true
	case *ast.ForStmt:
		return n.Cond == nil || c.pass.TypesInfo.Types[n.Cond].Value != nil
	case *ast.BranchStmt:
		return n.Tok == token.GOTO
	case *ast.Ident:
		switch n.Name {
		case "Done", "Err", "Go", "TryGo", "AfterFunc":
			return true
		}
		fn, ok := c.pass.TypesInfo.Uses[n].(*types.Func)
		return hasFacts && ok && fn.Pkg() != nil && fn.Pkg() != c.pass.Pkg && c.pass.ImportObjectFact(fn.Origin(), new(funcFact))
	}
	return false
}

func (c *checker) factOf(fn *ssa.Function) *funcFact {
	fact := new(funcFact)
	shift := len(fn.Params) - fn.Signature.Params().Len()
	for i := shift; i < len(fn.Params); i++ {
		if !ctxlib.IsContext(fn.Params[i].Type()) {
			continue
		}
		d := c.deeds.Get(source{fn, i})
		p := paramFact{Param: i - shift, Starts: int(d.starts), Starter: d.starter, Watches: d.watches || c.endless(fn)}
		if p.Starts > 0 || p.Watches {
			fact.Params = append(fact.Params, p)
		}
	}
	return fact
}
