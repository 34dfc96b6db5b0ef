package ctxuse

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/types/typeutil"

	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/model/words"
)

// scan walks one body in source order. It knows no control flow: what is on
// some path counts.
type scan struct {
	r       *Result
	name    string // of the function, "" for a literal
	body    *ast.BlockStmt
	aliases map[types.Object]bool  // the context, and contexts derived from it
	joins   bool                   // goroutines started in the body are waited for
	loops   int                    // how many loops are around the current node
	polls   map[*ast.CallExpr]bool // calls in a case of a select that has a default
	use     Use                    // of what has been walked
}

func (s *scan) add(use Use) { s.use = stronger(s.use, use) }

func (s *scan) info() *types.Info { return s.r.pass.TypesInfo }

func (s *scan) block(n ast.Node) {
	var stack []ast.Node
	ast.Inspect(n, func(n ast.Node) bool {
		if n == nil {
			if isLoop(stack[len(stack)-1]) {
				s.loops--
			}
			stack = stack[:len(stack)-1]
			return true
		}
		stack = append(stack, n)
		if isLoop(n) {
			s.loops++
		}
		switch n := n.(type) {
		case *ast.SelectStmt:
			s.poll(n)
		case *ast.GoStmt:
			if !s.joins && s.mentions(n.Call) {
				s.add(Keeps)
			}
		case *ast.AssignStmt:
			s.assign(n.Lhs, n.Rhs)
		case *ast.ValueSpec:
			lhs := make([]ast.Expr, len(n.Names))
			for i, name := range n.Names {
				lhs[i] = name
			}
			s.assign(lhs, n.Values)
		case *ast.CompositeLit:
			for _, elt := range n.Elts {
				if kv, ok := elt.(*ast.KeyValueExpr); ok {
					elt = kv.Value
				}
				if s.isAlias(elt) || s.capturing(elt) {
					s.add(Keeps)
				}
			}
		case *ast.SendStmt:
			if s.isAlias(n.Value) {
				s.add(Keeps)
			}
		case *ast.ReturnStmt:
			for _, e := range n.Results {
				if s.capturing(e) || s.keepingCall(e) {
					s.add(Keeps)
				}
			}
		case *ast.CallExpr:
			s.call(n)
		}
		return true
	})
}

func isLoop(n ast.Node) bool {
	switch n.(type) {
	case *ast.ForStmt, *ast.RangeStmt:
		return true
	}
	return false
}

// poll records the receives of a select with a default.
func (s *scan) poll(n *ast.SelectStmt) {
	hasDefault := false
	for _, clause := range n.Body.List {
		hasDefault = hasDefault || clause.(*ast.CommClause).Comm == nil
	}
	if !hasDefault {
		return
	}
	for _, clause := range n.Body.List {
		if comm := clause.(*ast.CommClause).Comm; comm != nil {
			ast.Inspect(comm, func(n ast.Node) bool {
				if call, ok := n.(*ast.CallExpr); ok {
					s.polls[call] = true
				}
				return true
			})
		}
	}
}

// assign follows the context into variables and records where it is stored.
func (s *scan) assign(lhs, rhs []ast.Expr) {
	for i, l := range lhs {
		var r ast.Expr
		switch {
		case len(lhs) == len(rhs):
			r = rhs[i]
		case len(rhs) == 1:
			r = rhs[0]
		default:
			return
		}
		var obj types.Object
		if id, ok := ast.Unparen(l).(*ast.Ident); ok {
			if id.Name == "_" {
				continue
			}
			obj = s.info().ObjectOf(id)
		}
		derived := s.isAlias(r) || s.derives(r)
		switch local := obj != nil && obj.Parent() != s.r.pass.Pkg.Scope(); {
		case local && derived && ctxlib.IsContextual(obj.Type()):
			s.aliases[obj] = true
		case !local && (derived && ctxlib.IsContextual(s.typeOf(l)) || len(lhs) == len(rhs) && (s.capturing(r) || s.keepingCall(r))):
			s.add(Keeps)
		}
	}
}

// call judges one call by where the context goes.
func (s *scan) call(call *ast.CallExpr) {
	if sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok && s.isAlias(sel.X) {
		switch sel.Sel.Name {
		case "Done", "Err", "Deadline":
			// A function that checks once whether the context has ended, and
			// goes on at once, does not care when it ends.
			if s.loops > 0 || !s.polls[call] && sel.Sel.Name == "Done" || sel.Sel.Name == "Deadline" {
				s.add(Observes)
			}
		}
		return
	}
	if tv := s.info().Types[call.Fun]; tv.IsType() || tv.IsBuiltin() {
		return
	}
	passed := false
	for _, arg := range call.Args {
		passed = passed || s.isAlias(arg) || s.derives(arg)
	}
	if !passed {
		return
	}
	callee, _ := typeutil.Callee(s.info(), call).(*types.Func)
	if callee == nil {
		use, known := s.r.ofValue(call.Fun)
		if sig, ok := s.typeOf(call.Fun).Underlying().(*types.Signature); ok && !known {
			use = Unseen(sig)
		}
		s.add(use)
		return
	}
	if IsDial(callee) && !Blocks(s.info(), s.body) {
		return
	}
	if ctxlib.DerivesFrom(callee) >= 0 || ctxlib.IsFunc(callee, "context", "WithoutCancel") {
		return // what matters is how the result is used
	}
	use := s.r.callOf(call, callee)
	// A constructor or starter that hands its context to another is one itself;
	// a function that does work may start something on the side.
	if use == Keeps && !words.Starts.Leads(s.name) {
		use = Observes
	}
	s.add(use)
}

// isAlias reports whether e is the context or one derived from it.
func (s *scan) isAlias(e ast.Expr) bool {
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		return s.aliases[s.info().ObjectOf(e)]
	case *ast.CallExpr:
		return s.derives(e)
	case *ast.UnaryExpr:
		return e.Op == token.AND && s.isAlias(e.X)
	}
	return false
}

// derives reports whether e is a call that makes a context from the function's.
func (s *scan) derives(e ast.Expr) bool {
	call, ok := ast.Unparen(e).(*ast.CallExpr)
	if !ok {
		return false
	}
	given := false
	for _, arg := range call.Args {
		given = given || s.isAlias(arg)
	}
	if !given {
		return false
	}
	switch t := s.typeOf(call).(type) {
	case *types.Tuple:
		return t.Len() > 0 && ctxlib.IsContextual(t.At(0).Type())
	case nil:
		return false
	default:
		return ctxlib.IsContextual(t)
	}
}

func (s *scan) typeOf(e ast.Expr) types.Type {
	if t := s.info().TypeOf(e); t != nil {
		return t
	}
	return types.Typ[types.Invalid]
}

// keepingCall reports whether e is a call of a function that keeps the context.
func (s *scan) keepingCall(e ast.Expr) bool {
	call, ok := ast.Unparen(e).(*ast.CallExpr)
	if !ok {
		return false
	}
	for _, arg := range call.Args {
		if s.isAlias(arg) {
			callee, _ := typeutil.Callee(s.info(), call).(*types.Func)
			return callee != nil && ctxlib.DerivesFrom(callee) < 0 && s.r.of(callee) == Keeps
		}
	}
	return false
}

// capturing reports whether e is a function literal that uses the context.
func (s *scan) capturing(e ast.Expr) bool {
	lit, ok := ast.Unparen(e).(*ast.FuncLit)
	return ok && s.mentions(lit)
}

func (s *scan) mentions(n ast.Node) bool {
	found := false
	ast.Inspect(n, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && s.aliases[s.info().Uses[id]] {
			found = true
		}
		return !found
	})
	return found
}

// joins reports whether the body waits for what it starts: outside the
// goroutines, it receives from a channel or calls a method named Wait.
func joins(info *types.Info, body *ast.BlockStmt) bool {
	found := false
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.GoStmt:
			return false
		case *ast.UnaryExpr:
			found = found || n.Op == token.ARROW
		case *ast.RangeStmt:
			if t := info.TypeOf(n.X); t != nil {
				_, isChan := t.Underlying().(*types.Chan)
				found = found || isChan
			}
		case *ast.CallExpr:
			sel, ok := ast.Unparen(n.Fun).(*ast.SelectorExpr)
			found = found || ok && sel.Sel.Name == "Wait"
		}
		return !found
	})
	return found
}
