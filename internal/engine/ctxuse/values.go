package ctxuse

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/ctxlint/ctxlint/internal/engine/inview"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/pass/scope"
)

// OfValue returns what the functions that the expression fn, of function type, can be do
// with their context. ok is false if they are not known, or some observe it.
func (r *Result) OfValue(fn ast.Expr) (use Use, ok bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.ofValue(fn)
}

// ofValue is OfValue for who has the lock. A function type that the package declares is like
// an interface with one method: if all its values in view are inert and others may exist,
// that is likely of all, not proved.
func (r *Result) ofValue(fn ast.Expr) (use Use, ok bool) {
	c := r.funcs.candidates(fn)
	if c.lits == nil && c.decls == nil {
		return Observes, false
	}
	use = Inert
	for _, lit := range c.lits {
		use = stronger(use, r.ofLit(lit))
	}
	for _, decl := range c.decls {
		use = stronger(use, r.of(decl))
	}
	switch {
	case use != Inert && use != Perhaps:
		return Observes, false
	case !c.open:
		return use, true
	case r.funcs.ownType(fn) != nil:
		return Perhaps, true
	}
	return Observes, false
}

// funcValues knows what the variables of a package that hold functions are given. Tests do
// not count.
type funcValues struct {
	pass    *analysis.Pass
	given   map[*types.Var][]ast.Expr  // of those whose functions take a context; nil before it is asked for; nil for a value that is not known
	owners  map[*types.Var]*types.Func // the declared functions that have the parameters
	values  []ast.Expr                 // all functions that are used otherwise than by a call
	asValue map[*types.Func]bool
	invoked map[string]bool // names of methods that are called through interfaces
}

// candidates are functions that a value may be.
type candidates struct {
	lits  []*ast.FuncLit
	decls []*types.Func
	open  bool // it may be another one
}

func (x *funcValues) candidates(fn ast.Expr) *candidates {
	if x.given == nil {
		x.search()
	}
	w := &valueWalk{funcValues: x, found: new(candidates), vars: make(map[*types.Var]bool), types: make(map[*types.Named]bool)}
	w.expr(fn)
	return w.found
}

// ownType returns the function type of an expression that the package declares, nil if it
// has none.
func (x *funcValues) ownType(e ast.Expr) *types.Named {
	named, ok := types.Unalias(x.pass.TypesInfo.TypeOf(e)).(*types.Named)
	if !ok || named.Obj().Pkg() != x.pass.Pkg {
		return nil
	}
	return named
}

func (x *funcValues) search() {
	x.given, x.owners = make(map[*types.Var][]ast.Expr), make(map[*types.Var]*types.Func)
	x.asValue, x.invoked = make(map[*types.Func]bool), make(map[string]bool)
	for _, f := range x.pass.Files {
		if scope.TestFile(x.pass.Fset, f.FileStart) {
			continue
		}
		called := make(map[ast.Expr]bool)
		ast.Inspect(f, func(n ast.Node) bool {
			if call, ok := n.(*ast.CallExpr); ok {
				called[ast.Unparen(call.Fun)] = true
			}
			switch n := n.(type) {
			case *ast.BasicLit, *ast.CompositeLit, *ast.BinaryExpr, *ast.KeyValueExpr:
			case ast.Expr:
				if !called[n] {
					x.value(n)
				}
			}
			if sel, ok := n.(*ast.SelectorExpr); ok {
				called[sel.Sel] = true // what is used is the selector
			}
			x.note(n)
			return true
		})
	}
}

// value notes a function that is used otherwise than by a call.
func (x *funcValues) value(e ast.Expr) {
	tv := x.pass.TypesInfo.Types[e]
	if !tv.IsValue() || !holdsFunc(tv.Type) {
		return
	}
	x.values = append(x.values, e)
	if fn := x.declared(e); fn != nil {
		x.asValue[fn] = true
	}
}

func typeOrInvalid(t types.Type) types.Type {
	if t == nil {
		return types.Typ[types.Invalid]
	}
	return t
}

// declared returns the declared function or method that e names, nil if it is something else.
func (x *funcValues) declared(e ast.Expr) *types.Func {
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		fn, _ := x.pass.TypesInfo.Uses[e].(*types.Func)
		return fn
	case *ast.SelectorExpr:
		fn, _ := x.pass.TypesInfo.Uses[e.Sel].(*types.Func)
		return fn
	case *ast.IndexExpr:
		return x.declared(e.X)
	}
	return nil
}

// note notes what variables are given, and how functions are called.
func (x *funcValues) note(n ast.Node) {
	switch n := n.(type) {
	case *ast.AssignStmt:
		for i, l := range n.Lhs {
			x.give(x.variable(l), valueAt(len(n.Lhs), n.Rhs, i))
		}
	case *ast.ValueSpec:
		for i, name := range n.Names {
			if len(n.Values) > 0 {
				x.give(x.variable(name), valueAt(len(n.Names), n.Values, i))
			}
		}
	case *ast.RangeStmt:
		x.give(x.variable(n.Key), nil)
		x.give(x.variable(n.Value), nil)
	case *ast.UnaryExpr:
		if n.Op == token.AND {
			x.give(x.variable(n.X), nil)
		}
	case *ast.CompositeLit:
		x.structLit(n)
	case *ast.FuncDecl:
		x.own(n)
	case *ast.CallExpr:
		x.call(n)
	}
}

func (x *funcValues) give(v *types.Var, value ast.Expr) {
	if v != nil && holdsFunc(v.Type()) {
		x.given[v] = append(x.given[v], value)
	}
}

// holdsFunc reports whether values of type t are functions that take a context.
func holdsFunc(t types.Type) bool {
	sig, ok := typeOrInvalid(t).Underlying().(*types.Signature)
	return ok && ctxlib.Takes(sig)
}

// variable returns the variable or field that e names, nil if it is something else.
func (x *funcValues) variable(e ast.Expr) *types.Var {
	if e == nil {
		return nil
	}
	e = ast.Unparen(e)
	if sel, ok := e.(*ast.SelectorExpr); ok {
		e = sel.Sel
	}
	id, ok := e.(*ast.Ident)
	if !ok {
		return nil
	}
	v, _ := x.pass.TypesInfo.ObjectOf(id).(*types.Var)
	if v != nil {
		v = v.Origin()
	}
	return v
}

func (x *funcValues) structLit(lit *ast.CompositeLit) {
	st, ok := typeOrInvalid(x.pass.TypesInfo.TypeOf(lit)).Underlying().(*types.Struct)
	if !ok {
		return
	}
	for i, elt := range lit.Elts {
		if kv, ok := elt.(*ast.KeyValueExpr); ok {
			x.give(x.variable(kv.Key), kv.Value)
		} else if i < st.NumFields() {
			x.give(st.Field(i).Origin(), elt)
		}
	}
}

// own notes whose the parameters of a declaration are.
func (x *funcValues) own(decl *ast.FuncDecl) {
	fn, ok := x.pass.TypesInfo.Defs[decl.Name].(*types.Func)
	if !ok {
		return
	}
	for p := range fn.Signature().Params().Variables() {
		if holdsFunc(p.Type()) {
			x.owners[p] = fn
		}
	}
}

func (x *funcValues) call(call *ast.CallExpr) {
	fn, ok := typeutil.Callee(x.pass.TypesInfo, call).(*types.Func)
	if !ok {
		return
	}
	if inview.IsMethod(fn) {
		x.invoked[fn.Name()] = true
	}
	fn = fn.Origin()
	params := fn.Signature().Params()
	for i := range params.Len() {
		rest := fn.Signature().Variadic() && i == params.Len()-1
		var arg ast.Expr
		if len(call.Args) >= params.Len()-1 && i < len(call.Args) && !rest && !x.isTuple(call) {
			arg = call.Args[i]
		}
		x.give(params.At(i), arg)
	}
}

// isTuple reports whether the arguments of a call are the results of another one.
func (x *funcValues) isTuple(call *ast.CallExpr) bool {
	if len(call.Args) != 1 {
		return false
	}
	_, ok := typeOrInvalid(x.pass.TypesInfo.TypeOf(call.Args[0])).(*types.Tuple)
	return ok
}

// hidden reports whether all calls of fn are in view, with their arguments. A library may call
// an exported method of a program, too, through an interface.
func (x *funcValues) hidden(fn *types.Func) bool {
	method := fn.Signature().Recv() != nil
	if fn.Exported() && (method || x.pass.Pkg.Name() != "main") {
		return false
	}
	return !x.asValue[fn] && !(method && x.invoked[fn.Name()])
}

// valueWalk follows a value back to the functions that it may be.
type valueWalk struct {
	*funcValues
	found *candidates
	vars  map[*types.Var]bool
	types map[*types.Named]bool
}

func (w *valueWalk) expr(e ast.Expr) {
	if e == nil {
		w.found.open = true
		return
	}
	e = ast.Unparen(e)
	if lit, ok := e.(*ast.FuncLit); ok {
		w.found.lits = append(w.found.lits, lit)
		return
	}
	if call, ok := e.(*ast.CallExpr); ok && w.pass.TypesInfo.Types[call.Fun].IsType() && len(call.Args) == 1 {
		w.expr(call.Args[0])
		return
	}
	if w.pass.TypesInfo.Types[e].IsNil() {
		return
	}
	if fn := w.declared(e); fn != nil {
		w.found.decls = append(w.found.decls, fn)
		return
	}
	if v := w.variable(e); v != nil && v.Pkg() == w.pass.Pkg {
		w.variableHeld(v, e)
		return
	}
	w.ofType(e)
}

func (w *valueWalk) variableHeld(v *types.Var, e ast.Expr) {
	if w.vars[v] {
		return
	}
	w.vars[v] = true
	owner := w.owners[v]
	switch {
	case v.Kind() == types.RecvVar:
		w.ofType(e)
		return
	case v.Kind() == types.ParamVar:
		w.found.open = w.found.open || owner == nil || !w.hidden(owner)
	case v.Kind() == types.ResultVar, v.Kind() == types.LocalVar && len(w.given[v]) == 0:
		w.found.open = true // that of a type switch, say
	case v.IsField() || v.Parent() == w.pass.Pkg.Scope():
		w.found.open = w.found.open || v.Exported() && w.pass.Pkg.Name() != "main"
	}
	for _, value := range w.given[v] {
		w.expr(value)
	}
}

// ofType finds all values of the function type of e, if the package declares it: every
// function of its signature may have been converted to it.
func (w *valueWalk) ofType(e ast.Expr) {
	t := w.ownType(e)
	if t == nil {
		w.found.open = true
		return
	}
	if w.types[t] {
		return
	}
	w.types[t] = true
	w.found.open = w.found.open || t.Obj().Exported() && w.pass.Pkg.Name() != "main" || inview.HandsIn(w.pass.Pkg, t)
	for _, value := range w.values {
		if types.Identical(w.pass.TypesInfo.TypeOf(value).Underlying(), t.Underlying()) {
			w.expr(value)
		}
	}
}
