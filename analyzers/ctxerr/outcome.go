package ctxerr

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/ctxlint/ctxlint/internal/engine/fixpoint"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
)

// An outcome is what is known of the errors that a function returns as its last result.
// Unless it is unknown, each of them is nil or made anew for the call: it equals nothing
// that was there before.
type outcome struct {
	unknown bool
	wraps   string // the errors of packages that are in those, each ended by a space, in order; anyError for others
}

// anyError stands for an error that is wrapped and not known.
const anyError = "?"

// wrapping returns the outcome of what makes an error with another one in it.
func wrapping(name string) outcome { return outcome{wraps: name + " "} }

func (o outcome) names() []string { return strings.Fields(o.wraps) }

// or returns the union of two outcomes.
func (o outcome) or(other outcome) outcome {
	if o.unknown || other.unknown {
		return outcome{unknown: true}
	}
	if o.wraps == other.wraps || other.wraps == "" {
		return o
	}
	all := append(o.names(), other.names()...)
	slices.Sort(all)
	return outcome{wraps: strings.Join(slices.Compact(all), " ") + " "}
}

// wrapsFact says that a function returns errors of others only in its own.
type wrapsFact struct{ Wraps string } // as outcome.wraps

func (*wrapsFact) AFact() {}

func (f *wrapsFact) String() string { return "wraps " + strings.TrimSpace(f.Wraps) }

// outcomes finds out what the functions of a package, and of those that it imports, return.
type outcomes struct {
	pass   *analysis.Pass
	decls  map[*types.Func]*ast.FuncDecl
	vars   map[*types.Var]*types.Func // package variables that only hold this function
	solver *fixpoint.Solver[*types.Func, outcome]
}

func newOutcomes(pass *analysis.Pass) *outcomes {
	o := &outcomes{pass: pass, decls: make(map[*types.Func]*ast.FuncDecl), vars: functionVars(pass)}
	for _, f := range pass.Files {
		if forSomeBuilds(pass, f) {
			continue
		}
		for _, d := range f.Decls {
			if decl, ok := d.(*ast.FuncDecl); ok && decl.Body != nil {
				if fn, ok := pass.TypesInfo.Defs[decl.Name].(*types.Func); ok && ctxlib.CanFail(fn.Signature()) {
					o.decls[fn] = decl
				}
			}
		}
	}
	o.solver = fixpoint.New(fixpoint.Problem[*types.Func, outcome]{
		Step:  o.declared,
		Join:  outcome.or,
		Equal: func(a, b outcome) bool { return a == b },
		Spent: outcome{unknown: true},
	})
	return o
}

// exportFacts exports which functions wrap all errors that they return.
func (o *outcomes) exportFacts() {
	for fn := range o.decls {
		if result := o.solver.Get(fn); !result.unknown && result.wraps != "" {
			o.pass.ExportObjectFact(fn, &wrapsFact{result.wraps})
		}
	}
	for v, fn := range o.vars {
		if result := o.of(fn); !result.unknown {
			o.pass.ExportObjectFact(v, &wrapsFact{result.wraps})
		}
	}
}

// functionVars returns the package variables that are declared as another name of a function
// whose last result is an error, and that the package does not assign to:
//
//	var Wrap = errors.Wrap
func functionVars(pass *analysis.Pass) map[*types.Var]*types.Func {
	vars := make(map[*types.Var]*types.Func)
	for _, f := range pass.Files {
		for _, d := range f.Decls {
			gen, ok := d.(*ast.GenDecl)
			if !ok || gen.Tok != token.VAR {
				continue
			}
			for _, s := range gen.Specs {
				spec := s.(*ast.ValueSpec)
				for i := range min(len(spec.Names), len(spec.Values)) {
					v, ok := pass.TypesInfo.Defs[spec.Names[i]].(*types.Var)
					if fn, isFunc := named(pass.TypesInfo, spec.Values[i]).(*types.Func); ok && isFunc && ctxlib.CanFail(fn.Signature()) {
						vars[v] = fn
					}
				}
			}
		}
	}
	if len(vars) == 0 {
		return nil
	}
	drop := func(e ast.Expr) {
		if v, ok := named(pass.TypesInfo, e).(*types.Var); ok {
			delete(vars, v)
		}
	}
	for _, f := range pass.Files {
		ast.Inspect(f, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.AssignStmt:
				for _, l := range n.Lhs {
					drop(l)
				}
			case *ast.UnaryExpr:
				if n.Op == token.AND {
					drop(n.X)
				}
			}
			return true
		})
	}
	return vars
}

// ofVar returns the outcome of calling what a package variable holds.
func (o *outcomes) ofVar(v *types.Var) outcome {
	if fn := o.vars[v]; fn != nil {
		return o.of(fn)
	}
	if fact := new(wrapsFact); v.Pkg() != nil && v.Pkg() != o.pass.Pkg && v.Parent() == v.Pkg().Scope() && o.pass.ImportObjectFact(v, fact) {
		return outcome{wraps: fact.Wraps}
	}
	return outcome{unknown: true}
}

// of returns the outcome of a function.
func (o *outcomes) of(fn *types.Func) outcome {
	if fn == nil || !ctxlib.CanFail(fn.Signature()) {
		return outcome{unknown: true}
	}
	fn = fn.Origin()
	if known, ok := ofLibrary(fn); ok {
		return known
	}
	if o.decls[fn] != nil {
		return o.solver.Get(fn)
	}
	if fact := new(wrapsFact); fn.Pkg() != o.pass.Pkg && o.pass.ImportObjectFact(fn, fact) {
		return outcome{wraps: fact.Wraps}
	}
	return outcome{unknown: true}
}

// declared is the Step of the solver: the union over the returns of a declaration, and over
// what is assigned to the result if that has a name.
func (o *outcomes) declared(fn *types.Func) (all outcome) {
	decl := o.decls[fn]
	results := fn.Signature().Results()
	last := results.At(results.Len() - 1)
	if last.Name() != "" && last.Name() != "_" {
		all = o.variable(decl.Body, last)
	}
	vars := make(map[*types.Var]bool)
	ast.Inspect(decl.Body, func(n ast.Node) bool {
		if _, literal := n.(*ast.FuncLit); literal || all.unknown {
			return false
		}
		if ret, ok := n.(*ast.ReturnStmt); ok && len(ret.Results) > 0 {
			e := ret.Results[len(ret.Results)-1]
			v := o.local(decl.Body, e)
			switch {
			case v == nil:
				all = all.or(o.expr(e))
			case v != last && !vars[v]:
				vars[v] = true
				all = all.or(o.variable(decl.Body, v))
			}
		}
		return true
	})
	return all
}

// local returns the variable or named result of a function that an expression is, nil for
// all others.
func (o *outcomes) local(body *ast.BlockStmt, e ast.Expr) *types.Var {
	id, ok := ast.Unparen(e).(*ast.Ident)
	if !ok {
		return nil
	}
	v, ok := o.pass.TypesInfo.Uses[id].(*types.Var)
	if ok && (v.Kind() == types.ResultVar || v.Pos() > body.Pos() && v.Pos() < body.End()) {
		return v
	}
	return nil
}

// expr returns the outcome of an expression that is no variable; of a call, that of its
// last result.
func (o *outcomes) expr(e ast.Expr) outcome {
	e = ast.Unparen(e)
	if o.pass.TypesInfo.Types[e].IsNil() {
		return outcome{}
	}
	if call, ok := e.(*ast.CallExpr); ok {
		return o.call(call)
	}
	return outcome{unknown: true}
}

func (o *outcomes) call(call *ast.CallExpr) outcome {
	callee := named(o.pass.TypesInfo, call.Fun)
	if v, ok := callee.(*types.Var); ok {
		return o.ofVar(v)
	}
	fn, _ := callee.(*types.Func)
	switch {
	case ctxlib.IsFunc(fn, "fmt", "Errorf"):
		format := o.pass.TypesInfo.Types[call.Args[0]].Value
		if format == nil || format.Kind() != constant.String || !strings.Contains(constant.StringVal(format), "%w") {
			return outcome{}
		}
		return o.around(call.Args[1:])
	case isWrapper(fn):
		return o.around(call.Args)
	}
	return o.of(fn)
}

// around returns the outcome of what puts the errors among some values into another one.
func (o *outcomes) around(values []ast.Expr) (all outcome) {
	for _, v := range values {
		if t := o.pass.TypesInfo.TypeOf(v); t != nil && ctxlib.IsError(t) {
			all = all.or(wrapping(o.name(v)))
		}
	}
	return all
}

// named returns what an expression names, nil if it is something else.
func named(info *types.Info, e ast.Expr) types.Object {
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		return info.Uses[e]
	case *ast.SelectorExpr:
		return info.Uses[e.Sel]
	}
	return nil
}

// name returns the name of the package variable that an expression is, or anyError.
func (o *outcomes) name(e ast.Expr) string {
	if v := packageVariable(o.pass.TypesInfo, e); v != nil {
		return nameOf(v.Pkg(), v.Name())
	}
	return anyError
}

// nameOf returns how an outcome names a package variable.
func nameOf(pkg *types.Package, name string) string { return pkg.Path() + "." + name }

// variable returns the outcome of everything that is assigned to a variable of a function.
// It is unknown if the address of the variable is taken, and for one that gets its value
// in another way, or from another variable.
func (o *outcomes) variable(body *ast.BlockStmt, v *types.Var) (all outcome) {
	info := o.pass.TypesInfo
	is := func(e ast.Expr) bool {
		id, ok := ast.Unparen(e).(*ast.Ident)
		return ok && (info.Uses[id] == types.Object(v) || info.Defs[id] == types.Object(v))
	}
	assigned := func(left, right []ast.Expr) {
		for i, l := range left {
			switch {
			case !is(l):
			case len(left) == len(right):
				all = all.or(o.expr(right[i]))
			case i == len(left)-1 && len(right) == 1:
				all = all.or(o.expr(right[0]))
			default:
				all = outcome{unknown: true}
			}
		}
	}
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			assigned(n.Lhs, n.Rhs)
		case *ast.ValueSpec:
			if len(n.Values) > 0 {
				var names []ast.Expr
				for _, id := range n.Names {
					names = append(names, id)
				}
				assigned(names, n.Values)
			}
		case *ast.UnaryExpr:
			if n.Op == token.AND && is(n.X) {
				all = outcome{unknown: true}
			}
		case *ast.RangeStmt:
			if n.Key != nil && is(n.Key) || n.Value != nil && is(n.Value) {
				all = outcome{unknown: true}
			}
		}
		return !all.unknown
	})
	return all
}

// isWrapper reports whether a function makes a new error of those that it is given.
func isWrapper(fn *types.Func) bool {
	if fn == nil || fn.Pkg() == nil || fn.Pkg().Path() != "github.com/pkg/errors" {
		return ctxlib.IsFunc(fn, "errors", "Join")
	}
	switch fn.Name() {
	case "Wrap", "Wrapf", "WithMessage", "WithMessagef", "WithStack":
		return true
	}
	return false
}

// ofLibrary returns the outcome of functions that make errors, and of some that are
// documented to wrap theirs.
func ofLibrary(fn *types.Func) (known outcome, ok bool) {
	if fn.Pkg() == nil || fn.Signature().Recv() != nil {
		return outcome{}, false
	}
	if isWrapper(fn) {
		return wrapping(anyError), true
	}
	switch fn.Pkg().Path() {
	case "errors", "github.com/pkg/errors":
		return outcome{}, fn.Name() == "New" || fn.Name() == "Errorf"
	case "os":
		switch fn.Name() {
		case "Open", "OpenFile", "Create", "ReadFile", "WriteFile", "Stat", "Lstat", "Mkdir", "MkdirAll", "Remove", "Rename", "ReadDir", "Chdir", "Readlink":
			known = wrapping("os.ErrExist").or(wrapping("os.ErrNotExist")).or(wrapping("os.ErrPermission"))
			return known.or(wrapping("io/fs.ErrExist")).or(wrapping("io/fs.ErrNotExist")).or(wrapping("io/fs.ErrPermission")), true
		}
	case "strconv":
		switch fn.Name() {
		case "Atoi", "ParseInt", "ParseUint", "ParseFloat", "ParseBool":
			return wrapping("strconv.ErrRange").or(wrapping("strconv.ErrSyntax")), true
		}
	case "os/exec":
		if fn.Name() == "LookPath" {
			return wrapping("os/exec.ErrNotFound").or(wrapping("os/exec.ErrDot")), true
		}
	}
	return outcome{}, false
}
