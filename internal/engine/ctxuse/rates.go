package ctxuse

import (
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
)

// ratePath is the package of the limiters.
const ratePath = "golang.org/x/time/rate"

// rates knows the variables and fields of a package that hold nothing but
// limiters without a limit, whose Wait returns at once.
type rates struct {
	pass      *analysis.Pass
	unlimited map[*types.Var]bool // nil before it is asked for
	limited   map[*types.Var]bool // those that may hold something else, or whose limiter may get a limit
	harmless  map[*ast.Ident]bool // names of variables where their limiter cannot get a limit
}

// isUnlimited reports whether a call waits for a limiter that lets everything
// pass.
func (r *rates) isUnlimited(call *ast.CallExpr, callee *types.Func) bool {
	if call == nil || !ctxlib.IsMethod(callee, ratePath, "Limiter", "Wait", "WaitN") {
		return false
	}
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok {
		return false
	}
	if r.unlimited == nil {
		r.search()
	}
	v, _ := r.variable(sel.X)
	return r.unlimited[v] && !r.limited[v]
}

// search finds the variables that are filled with unlimited limiters. A use
// other than a call of a method that leaves the limit alone makes a limited one
// of it, as do other packages, which may fill it.
func (r *rates) search() {
	r.unlimited, r.limited, r.harmless = make(map[*types.Var]bool), make(map[*types.Var]bool), make(map[*ast.Ident]bool)
	for _, f := range r.pass.Files {
		ast.Inspect(f, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.AssignStmt:
				for i, l := range n.Lhs {
					r.fill(l, valueAt(len(n.Lhs), n.Rhs, i))
				}
			case *ast.ValueSpec:
				for i, name := range n.Names {
					r.fill(name, valueAt(len(n.Names), n.Values, i))
				}
			case *ast.KeyValueExpr:
				r.fill(n.Key, n.Value)
			case *ast.CompositeLit:
				r.structLit(n)
			case *ast.CallExpr:
				r.call(n)
			case *ast.Ident:
				declared := r.pass.TypesInfo.Defs[n] != nil
				if v, _ := r.variable(n); v != nil && !r.harmless[n] && (!declared || !v.IsField()) {
					r.limited[v] = true
				}
			}
			return true
		})
	}
}

// valueAt returns the value of the i'th of n variables, nil if it is not known.
func valueAt(n int, values []ast.Expr, i int) ast.Expr {
	if n != len(values) {
		return nil
	}
	return values[i]
}

// fill notes that a variable, if e names one that holds a limiter, is filled.
func (r *rates) fill(e, value ast.Expr) {
	v, id := r.variable(e)
	if v == nil {
		return
	}
	r.harmless[id] = true
	r.unlimited[v] = true
	isOwn := !v.Exported() || v.Parent() != nil && v.Parent() != r.pass.Pkg.Scope()
	if !isOwn || value == nil || !r.isInf(value) {
		r.limited[v] = true
	}
}

// structLit notes that a struct literal fills fields without their names.
func (r *rates) structLit(lit *ast.CompositeLit) {
	t := r.pass.TypesInfo.TypeOf(lit)
	if t == nil || len(lit.Elts) == 0 {
		return
	}
	st, ok := t.Underlying().(*types.Struct)
	if _, named := lit.Elts[0].(*ast.KeyValueExpr); !ok || named {
		return
	}
	for v := range st.Fields() {
		r.limited[v.Origin()] = true
	}
}

// call notes that a call of a limiter's method leaves its limit alone.
func (r *rates) call(call *ast.CallExpr) {
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok || sel.Sel.Name == "SetLimit" || sel.Sel.Name == "SetLimitAt" {
		return
	}
	if v, id := r.variable(sel.X); v != nil {
		r.harmless[id] = true
	}
}

// variable returns the variable or field of the package that e names, and its
// name there, if it holds a limiter; nil if not.
func (r *rates) variable(e ast.Expr) (*types.Var, *ast.Ident) {
	id, ok := ast.Unparen(e).(*ast.Ident)
	if sel, isSel := ast.Unparen(e).(*ast.SelectorExpr); isSel {
		id, ok = sel.Sel, true
	}
	if !ok {
		return nil, nil
	}
	v, ok := r.pass.TypesInfo.ObjectOf(id).(*types.Var)
	if !ok || v.Pkg() != r.pass.Pkg || !ctxlib.IsNamedOrPointer(v.Type(), ratePath, "Limiter") {
		return nil, nil
	}
	return v.Origin(), id
}

// isInf reports whether e is rate.NewLimiter(rate.Inf, n).
func (r *rates) isInf(e ast.Expr) bool {
	call, ok := ast.Unparen(e).(*ast.CallExpr)
	if !ok || len(call.Args) != 2 {
		return false
	}
	fn, ok := typeutil.Callee(r.pass.TypesInfo, call).(*types.Func)
	if !ok || !ctxlib.IsFunc(fn, ratePath, "NewLimiter") {
		return false
	}
	sel, ok := ast.Unparen(call.Args[0]).(*ast.SelectorExpr)
	if !ok {
		return false
	}
	inf, ok := r.pass.TypesInfo.ObjectOf(sel.Sel).(*types.Const)
	return ok && inf.Name() == "Inf" && inf.Pkg().Path() == ratePath
}
