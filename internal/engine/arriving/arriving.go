// Package arriving finds which contexts a package passes on, and to which functions: see
// package arrivals.
//
// It looks at syntax and types only, and not before somebody asks, so that it costs nothing
// where nobody does. Its answers are may-answers: whatever is not a root, the context of a
// command, the unchanged context of the calling function or one that is held may end, and a function that is
// used as a value may get a context that ends. What tests pass does not count.
package arriving

import (
	"go/ast"
	"go/token"
	"go/types"
	"reflect"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/model/web"
	"github.com/ctxlint/ctxlint/internal/pass/arrivals"
	"github.com/ctxlint/ctxlint/internal/pass/scope"
	"github.com/ctxlint/ctxlint/internal/pass/syntax"
)

// Analyzer gives a [*Result].
var Analyzer = &analysis.Analyzer{
	Name:       "ctxlintarriving",
	Doc:        "find which contexts a package passes on",
	URL:        "https://pkg.go.dev/github.com/ctxlint/ctxlint/internal/engine/arriving",
	Run:        func(pass *analysis.Pass) (any, error) { return &Result{pass}, nil },
	ResultType: reflect.TypeFor[*Result](),
}

// Result answers for one package.
type Result struct{ pass *analysis.Pass }

// Arrivals returns the contexts that the package passes on, in the order of
// [arrivals.Sorted].
func (r *Result) Arrivals() []arrivals.Arrival {
	if scope.IsThirdParty(r.pass) || scope.IsStandard(r.pass) {
		return nil
	}
	w := &walk{pass: r.pass, assigned: make(map[*types.Var][]ast.Expr), derived: make(map[*types.Var]*derived), called: make(map[*ast.Ident]bool)}
	w.eachDecl(func(decl ast.Decl) {
		main := w.mainOf(decl)
		ast.Inspect(decl, func(n ast.Node) bool { return w.assignments(n, main) })
	})
	w.eachDecl(w.calls)
	w.values()
	return arrivals.Sorted(w.found)
}

type walk struct {
	pass     *analysis.Pass
	assigned map[*types.Var][]ast.Expr // what the variables for contexts are given; nil for what is not known
	derived  map[*types.Var]*derived   // those that are given one with its cancel function
	called   map[*ast.Ident]bool       // names of functions in calls
	found    []arrivals.Arrival
}

func (w *walk) eachDecl(do func(ast.Decl)) {
	for _, file := range w.pass.Files {
		if scope.TestFile(w.pass.Fset, file.FileStart) {
			continue
		}
		for _, decl := range file.Decls {
			do(decl)
		}
	}
}

// mainOf returns the body of main, nil if decl is something else.
func (w *walk) mainOf(decl ast.Decl) *ast.BlockStmt {
	fn, ok := decl.(*ast.FuncDecl)
	if !ok || fn.Recv != nil || fn.Name.Name != "main" || w.pass.Pkg.Name() != "main" {
		return nil
	}
	return fn.Body
}

// assignments notes what variables are given, in the body of main if that is not nil.
func (w *walk) assignments(n ast.Node, main *ast.BlockStmt) bool {
	switch n := n.(type) {
	case *ast.AssignStmt:
		if parent := w.endedByReturn(n, main); parent != nil {
			w.assign(n.Lhs[0], parent)
			return true
		}
		w.derive(n)
		for i, l := range n.Lhs {
			var r ast.Expr
			if len(n.Lhs) == len(n.Rhs) {
				r = n.Rhs[i]
			}
			w.assign(l, r)
		}
	case *ast.ValueSpec:
		for i, name := range n.Names {
			var r ast.Expr
			if len(n.Names) == len(n.Values) {
				r = n.Values[i]
			}
			w.assign(name, r)
		}
	case *ast.RangeStmt:
		w.assign(n.Key, nil)
		w.assign(n.Value, nil)
	case *ast.UnaryExpr:
		if n.Op == token.AND {
			w.assign(n.X, nil)
		}
	}
	return true
}

// endedByReturn returns the parent of a context that a statement of main makes with a cancel
// function which it only defers: the process ends with it. It is nil for other statements.
func (w *walk) endedByReturn(n *ast.AssignStmt, main *ast.BlockStmt) ast.Expr {
	d := w.derivation(n)
	if main == nil || d == nil || !w.onlyDefers(main, d.cancel) {
		return nil
	}
	return d.parent
}

// onlyDefers reports whether all that a function does with a variable is to defer its call.
func (w *walk) onlyDefers(body *ast.BlockStmt, v types.Object) bool {
	used, deferred := 0, 0
	is := func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		return ok && w.pass.TypesInfo.Uses[id] == v
	}
	ast.Inspect(body, func(n ast.Node) bool {
		if is(n) {
			used++
		}
		if stmt, ok := n.(*ast.DeferStmt); ok && is(stmt.Call.Fun) {
			deferred++
		}
		return true
	})
	return deferred > 0 && deferred == used
}

func (w *walk) assign(to, from ast.Expr) {
	if to == nil {
		return
	}
	id, ok := ast.Unparen(to).(*ast.Ident)
	if !ok {
		return
	}
	if v, ok := w.pass.TypesInfo.ObjectOf(id).(*types.Var); ok && ctxlib.IsContextual(v.Type()) {
		w.assigned[v] = append(w.assigned[v], from)
	}
}

// calls notes the contexts that the calls in a declaration pass.
func (w *walk) calls(decl ast.Decl) {
	var caller *types.Func
	if fn, ok := decl.(*ast.FuncDecl); ok {
		caller, _ = w.pass.TypesInfo.Defs[fn.Name].(*types.Func)
	}
	apart := make(map[ast.Node]bool) // calls in go statements
	var stack []ast.Node
	literals := 0
	ast.Inspect(decl, func(n ast.Node) bool {
		switch n := n.(type) {
		case nil:
			if _, ok := stack[len(stack)-1].(*ast.FuncLit); ok {
				literals--
			}
			stack = stack[:len(stack)-1]
			return true
		case *ast.FuncLit:
			literals++
		case *ast.GoStmt:
			apart[n.Call] = true
		case *ast.CallExpr:
			w.call(&site{n, caller, decl, apart[n] || literals > 0})
		}
		stack = append(stack, n)
		return true
	})
}

// A site is a call in a declaration.
type site struct {
	call   *ast.CallExpr
	caller *types.Func // that is declared, nil if it is none
	decl   ast.Decl
	apart  bool // what it calls may run when the caller has returned
}

func (w *walk) call(at *site) {
	call := at.call
	callee, ok := typeutil.Callee(w.pass.TypesInfo, call).(*types.Func)
	if !ok {
		return
	}
	i := arrivals.Takes(callee.Signature())
	if i < 0 || i >= len(call.Args) || len(call.Args) < callee.Signature().Params().Len()-1 {
		return // with several, it counts as one that is used as a value
	}
	if sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok {
		if s := w.pass.TypesInfo.Selections[sel]; s != nil && s.Kind() == types.MethodExpr {
			return
		}
	}
	if id := syntax.NameOf(call.Fun); id != nil {
		w.called[id] = true
	}
	from := w.origin(call.Args[i], at)
	own := at.caller != nil && from == arrivals.Caller(at.caller)
	w.add(callee, from, own && at.apart) // others are known to end, or not to, in any case
}

func (w *walk) add(callee *types.Func, from string, apart bool) {
	switch recv := callee.Signature().Recv(); {
	case recv != nil && types.IsInterface(recv.Type()):
		w.found = append(w.found, arrivals.Arrival{To: arrivals.MethodKey(callee), From: from, Apart: apart})
	case callee.Pkg() == w.pass.Pkg || scope.SharesModule(w.pass, callee.Pkg()):
		w.found = append(w.found, arrivals.Arrival{To: arrivals.Key(callee), From: from, Apart: apart})
	}
}

// maxAliases bounds how many variables a context is followed through, one of which is
// given the other. What is farther may end.
const maxAliases = 5

// origin says where the context e comes from, in terms of the declared function around it.
func (w *walk) origin(e ast.Expr, at *site) string {
	caller := at.caller
	for range maxAliases {
		switch x := ast.Unparen(e).(type) {
		case *ast.CallExpr:
			fn, _ := typeutil.Callee(w.pass.TypesInfo, x).(*types.Func)
			if ctxlib.IsRoot(fn) {
				return arrivals.Root
			}
			if sel, ok := ast.Unparen(x.Fun).(*ast.SelectorExpr); ok && sel.Sel.Name == "Context" && len(x.Args) == 0 {
				if t := w.pass.TypesInfo.TypeOf(sel.X); t != nil {
					if library, ok := web.CommandOf(t); ok {
						return arrivals.Command + library
					}
				}
			}
			return ""
		case *ast.Ident:
			v, ok := w.pass.TypesInfo.ObjectOf(x).(*types.Var)
			if !ok {
				return ""
			}
			switch given := w.assigned[v]; {
			case len(given) == 0 && isContextOf(v, caller):
				return arrivals.Caller(caller)
			case len(given) == 1 && given[0] == nil && w.held(v, at):
				return arrivals.Held
			case len(given) == 1 && given[0] != nil && v.Parent() != w.pass.Pkg.Scope() && !v.IsField() && !isContextOf(v, caller):
				e = given[0]
			default:
				return ""
			}
		default:
			return ""
		}
	}
	return ""
}

// isContextOf reports whether v is the one context among the parameters of fn.
func isContextOf(v *types.Var, fn *types.Func) bool {
	if fn == nil {
		return false
	}
	i := arrivals.Takes(fn.Signature())
	return i >= 0 && fn.Signature().Params().At(i) == v
}

// values notes the functions that the package uses as values: whoever has one may give it
// any context.
func (w *walk) values() {
	for id, obj := range w.pass.TypesInfo.Uses {
		fn, ok := obj.(*types.Func)
		if ok && !w.called[id] && ctxlib.Takes(fn.Signature()) && !scope.TestFile(w.pass.Fset, id.Pos()) {
			w.add(fn, "", false)
		}
	}
}
