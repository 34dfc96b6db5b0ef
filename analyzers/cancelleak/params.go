package cancelleak

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/ctxlint/ctxlint/internal/engine/mustcall"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
)

// ignores reports whether fn provably does nothing with its i'th parameter, a
// function that may be a cancel function.
func (s *summaries) ignores(fn *types.Func, i int) bool {
	sig := fn.Signature()
	if i >= sig.Params().Len() || sig.Variadic() && i == sig.Params().Len()-1 {
		return false
	}
	t := sig.Params().At(i).Type()
	if _, generic := t.(*types.TypeParam); !generic && !ctxlib.IsCancelFunc(t) && !ctxlib.CanHoldCancel(t) {
		return false
	}
	return s.params.Get(param{fn: fn, i: i})
}

// ignoresLiteral is like ignores for a parameter of a function literal.
func (s *summaries) ignoresLiteral(p *ssa.Parameter) bool { return s.params.Get(param{lit: p}) }

// ignoresParam is the Step of params.
func (s *summaries) ignoresParam(p param) bool {
	if p.lit != nil {
		return s.unused(p.lit)
	}
	node := s.byFunc[p.fn]
	switch {
	case node == nil:
		fact := new(funcFact)
		return p.fn.Pkg() != s.c.pass.Pkg && s.c.pass.ImportObjectFact(p.fn, fact) && slices.Contains(fact.Ignores, p.i)
	case node.Body == nil || s.c.never.NoReturn(p.fn):
		return false // assembly, or it never returns
	}
	switch s.useOf(node.Body, p.fn.Signature().Params().At(p.i)) {
	case realUse:
		return false
	case obscureUse:
		return s.ignoresSSA(p.fn, p.i)
	}
	return true
}

// ignoresSSA decides what syntax cannot: whether copies of a parameter are used,
// whether a literal that uses it is ever run.
func (s *summaries) ignoresSSA(fn *types.Func, i int) bool {
	f := s.c.builder.SSA().Pkg.Prog.FuncValue(fn)
	if f == nil {
		return false
	}
	if fn.Signature().Recv() != nil {
		i++
	}
	return s.unused(f.Params[i])
}

// unused reports whether no path of a function meets, or gives away, the
// obligation that it gets as p.
func (s *summaries) unused(p *ssa.Parameter) bool {
	return mustcall.Follow(s.c.protocol, &mustcall.Obligation{Value: p}).Uses.Lost()
}

// use is what a function does with a parameter, by the look of it.
type use uint8

const (
	noUse      use = iota // at most compares it, assigns it to the blank identifier, or hands it to a function that ignores it
	obscureUse            // also copies it, assigns to it, or uses it in a literal
	realUse
)

// useOf returns the use that body makes of v.
func (s *summaries) useOf(body *ast.BlockStmt, v *types.Var) use {
	if v.Name() == "" || v.Name() == "_" {
		return noUse
	}
	info := s.c.pass.TypesInfo
	harmless := make(map[*ast.Ident]bool)
	mark := func(e ast.Expr) {
		if id, ok := ast.Unparen(e).(*ast.Ident); ok {
			harmless[id] = true
		}
	}
	worst, assigned, literals := noUse, false, []*ast.FuncLit(nil)
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			literals = append(literals, n)
			return false
		case *ast.BinaryExpr:
			if n.Op == token.EQL || n.Op == token.NEQ {
				mark(n.X)
				mark(n.Y)
			}
		case *ast.AssignStmt:
			for i, lhs := range n.Lhs {
				if len(n.Lhs) != len(n.Rhs) {
					break
				}
				l, toVar := lhs.(*ast.Ident)
				r, isVar := ast.Unparen(n.Rhs[i]).(*ast.Ident)
				switch {
				case toVar && l.Name == "_":
					mark(n.Rhs[i])
				case toVar && (isVar && info.Uses[r] == v || info.Uses[l] == v):
					worst = max(worst, obscureUse)
					assigned = assigned || info.Uses[l] == v
					mark(l)
					mark(n.Rhs[i])
				}
			}
		case *ast.CallExpr:
			if callee := typeutil.StaticCallee(info, n); callee != nil {
				for i, arg := range n.Args {
					if id, ok := ast.Unparen(arg).(*ast.Ident); ok && info.Uses[id] == v && s.ignores(callee.Origin(), i) {
						harmless[id] = true
					}
				}
			}
		case *ast.Ident:
			if info.Uses[n] == v && !harmless[n] {
				worst = realUse
			}
		}
		return worst != realUse || !assigned
	})
	if assigned {
		return obscureUse // what is used may be something else by then
	}
	for _, lit := range literals {
		ast.Inspect(lit, func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok && info.Uses[id] == v {
				worst = max(worst, obscureUse)
			}
			return worst == noUse
		})
	}
	return worst
}
