package cancelleak

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/pass/catalog"
)

// reportDead reports an obligation that is stored only where nothing reads it.
func (c *checker) reportDead(s *site, stores []*ssa.Store) {
	const unread = "which nothing reads"
	place, advice, which := "a place", "call it when closing", unread
	var related []analysis.RelatedInformation
	for i, st := range stores {
		if v := ssax.Place(st.Addr); v != nil {
			if i == 0 {
				place = "field " + v.Name()
				if c.reads.has(v) {
					which, advice = "only called when replaced", "call it on close"
				}
				if !v.IsField() {
					place, advice = "variable "+v.Name(), "call it on exit"
				}
			}
			related = append(related, analysis.RelatedInformation{Pos: v.Pos(), Message: v.Name() + " is declared here"})
		}
	}
	if ctx := c.deadContext(s); ctx != nil && which == unread {
		c.reportSite(s, catalog.High, categoryField, fmt.Sprintf("%s is stored in %s and its context in %s, which nothing reads; delete both", s.noun(), place, ctx.Name()), nil, related...)
		return
	}
	c.reportSite(s, catalog.High, categoryField, fmt.Sprintf("%s is stored in %s, %s, %s; %s", s.noun(), place, which, s.harm(), advice), nil, related...)
}

// deadContext returns the field or variable that alone gets the context of s, if nothing
// reads it either, nil otherwise: then nothing runs under the context.
func (c *checker) deadContext(s *site) *types.Var {
	if s.Context == nil {
		return nil
	}
	var place *types.Var
	for _, ref := range *s.Context.Referrers() {
		switch ref := ref.(type) {
		case *ssa.DebugRef:
		case *ssa.Store:
			place = ssax.Place(ref.Addr)
			if ref.Val != s.Context || place == nil || place.Exported() || place.Pkg() != c.pass.Pkg || c.reads.has(place) {
				return nil
			}
		default:
			return nil
		}
	}
	return place
}

// readVars knows which fields and package variables of the package are read.
type readVars struct {
	pass *analysis.Pass
	read map[*types.Var]bool
}

// has reports whether anything in the package reads v, a field or a package
// variable. Anything but being the target of an assignment or the key of a
// composite literal is a read.
func (x *readVars) has(v *types.Var) bool {
	if x.read == nil {
		x.read = make(map[*types.Var]bool)
		for _, f := range x.pass.Files {
			x.index(f)
		}
	}
	return x.read[v.Origin()]
}

func (x *readVars) index(f *ast.File) {
	written := make(map[*ast.Ident]bool)
	write := func(e ast.Expr) {
		switch e := ast.Unparen(e).(type) {
		case *ast.Ident:
			written[e] = true
		case *ast.SelectorExpr:
			written[e.Sel] = true
		}
	}
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			if n.Tok == token.ASSIGN {
				for i, lhs := range n.Lhs {
					write(lhs)
					if id, ok := lhs.(*ast.Ident); ok && id.Name == "_" && len(n.Lhs) == len(n.Rhs) {
						write(n.Rhs[i]) // _ = x.cancel reads nothing
					}
				}
			}
		case *ast.CompositeLit:
			for _, elt := range n.Elts {
				if kv, ok := elt.(*ast.KeyValueExpr); ok {
					if id, ok := kv.Key.(*ast.Ident); ok {
						written[id] = true
					}
				}
			}
		case *ast.CallExpr:
			x.conversion(n)
		case *ast.Ident:
			if v, ok := x.pass.TypesInfo.Uses[n].(*types.Var); ok && !written[n] {
				x.read[v.Origin()] = true
			}
		}
		return true
	})
}

// conversion counts a conversion of a struct as a read of all its fields: they
// may be read through the other type.
func (x *readVars) conversion(call *ast.CallExpr) {
	if tv := x.pass.TypesInfo.Types[call.Fun]; !tv.IsType() || len(call.Args) != 1 {
		return
	}
	t := x.pass.TypesInfo.TypeOf(call.Args[0])
	if t == nil {
		return
	}
	if ptr, ok := t.Underlying().(*types.Pointer); ok {
		t = ptr.Elem()
	}
	if st, ok := t.Underlying().(*types.Struct); ok {
		for f := range st.Fields() {
			x.read[f.Origin()] = true
		}
	}
}
