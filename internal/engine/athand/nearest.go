package athand

import (
	"cmp"
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ctxflow"
	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
)

// Kept reports whether the context is one that the receiver, or a struct among the
// parameters, keeps in a field. It is that of whoever made the struct, which may be used
// when that one is done.
func (h *Context) Kept() bool { return h.field != nil }

// Nearest returns the context that code at instr, in the function of h or in a
// literal there, should pass on: of the variables that can be named there and hold
// nothing but contexts derived from the caller's, the one declared last in the
// innermost scope, unless it has been cancelled on some path to instr; h itself if
// there is none. It returns nil if h has been assigned a context that has been
// cancelled.
func (f *Finder) Nearest(h *Context, instr ssa.Instruction) *Context {
	scope := f.pass.Pkg.Scope().Innermost(instr.Pos())
	outer := ssax.Outermost(h.Func)
	if scope == nil || outer.Syntax() == nil {
		return h
	}
	held := f.assigned(outer)
	var passed []token.Pos
	if a := held[h.Var]; a != nil {
		passed = a.passed
	}
	for ; scope != nil && scope.Pos() >= h.Func.Syntax().Pos() && scope.End() <= h.Func.Syntax().End(); scope = scope.Parent() {
		for _, v := range contextsIn(scope, instr.Pos()) {
			if v == h.Var {
				continue
			}
			if a := held[v]; a.onlyDerived() && a.surrounds(instr) && a.isLive(instr) && !isNarrower(h, passed, a) {
				near := *h
				near.Expr, near.Root, near.Var = v.Name(), v.Name(), v
				near.Deadline = a.deadline()
				return &near
			}
		}
	}
	if a := held[h.Var]; a != nil && h.Expr == h.Root && !a.isLive(instr) {
		return nil
	}
	return h
}

// isNarrower reports whether a variable holds a context with a deadline that is for some of
// the work only: after it has been made, code goes on to pass the context of h, as passed says.
func isNarrower(h *Context, passed []token.Pos, a *assignments) bool {
	return h.Expr == h.Root && a.deadline() && slices.ContainsFunc(a.calls, func(as assigned) bool {
		return slices.ContainsFunc(passed, func(pos token.Pos) bool { return pos > as.end })
	})
}

// contextsIn returns the variables of a scope that hold contexts and can be named
// at pos by code in the scope, the last first.
func contextsIn(scope *types.Scope, pos token.Pos) []*types.Var {
	var out []*types.Var
	for _, name := range scope.Names() {
		v, ok := scope.Lookup(name).(*types.Var)
		if !ok || !ctxlib.IsContext(v.Type()) {
			continue
		}
		if _, obj := scope.Innermost(pos).LookupParent(name, pos); obj == types.Object(v) {
			out = append(out, v)
		}
	}
	slices.SortFunc(out, func(a, b *types.Var) int { return cmp.Compare(b.Pos(), a.Pos()) })
	return out
}

// assignments are all that a function, or a literal in it, assigns to a variable.
type assignments struct {
	calls  []assigned
	other  bool        // what is assigned is no result of a call
	passed []token.Pos // where the variable is an argument of a call
}

// assigned is a result of a call that is assigned to a variable.
type assigned struct {
	call   *ssa.Call
	result int
	end    token.Pos // of the call
}

func (a assigned) value() ssa.Value {
	if _, several := a.call.Type().(*types.Tuple); several {
		return ssax.Result(a.call, a.result)
	}
	return a.call
}

// onlyDerived reports whether the variable holds nothing but contexts that come
// from the caller.
func (a *assignments) onlyDerived() bool {
	return a != nil && !a.other && len(a.calls) > 0 && !slices.ContainsFunc(a.calls, func(as assigned) bool {
		v := as.value()
		if v == nil {
			return true
		}
		o := ctxflow.Of(v, isRoot)
		return !o.OnlyInherited() || o.Nil
	})
}

// deadline reports whether the variable may hold a context with a deadline that
// the function gives it.
func (a *assignments) deadline() bool {
	return slices.ContainsFunc(a.calls, func(as assigned) bool { return ctxlib.IsDeadline(ssax.Callee(&as.call.Call)) })
}

// surrounds reports whether all assignments are in functions around instr: those
// that other literals make may have ended with them.
func (a *assignments) surrounds(instr ssa.Instruction) bool {
	return !slices.ContainsFunc(a.calls, func(as assigned) bool { return within(instr, as.call.Parent()) == nil })
}

// isLive reports whether none of the assigned contexts has been cancelled on a
// path to instr, unless another was assigned after that.
func (a *assignments) isLive(instr ssa.Instruction) bool {
	var again []ssa.Instruction
	for _, as := range a.calls {
		again = append(again, as.call)
	}
	return !slices.ContainsFunc(a.calls, func(as assigned) bool {
		at := within(instr, as.call.Parent())
		return at != nil && slices.ContainsFunc(endings(as.call), func(end ssa.Instruction) bool {
			return ssax.ReachesWithout(end, at, again...)
		})
	})
}

// within returns the instruction in fn that instr belongs to: instr itself, or the
// one that makes the literal around it. It is nil if there is none.
func within(instr ssa.Instruction, fn *ssa.Function) ssa.Instruction {
	for instr.Parent() != fn {
		refs := ssax.References(instr.Parent())
		if len(refs) == 0 {
			return nil
		}
		instr = refs[0]
	}
	return instr
}

// endings returns the calls, in the function of a call that derives a context, that
// end the context: of the function that cancels it, and of the Wait of its group.
func endings(derives *ssa.Call) []ssa.Instruction {
	if _, several := derives.Type().(*types.Tuple); !several {
		return nil
	}
	var ends []ssa.Instruction
	for _, ref := range *derives.Referrers() {
		ext, ok := ref.(*ssa.Extract)
		if !ok || ctxlib.IsContextual(ext.Type()) {
			continue
		}
		for _, v := range holders(ext) {
			for _, use := range *v.Referrers() {
				if call, ok := use.(*ssa.Call); ok && endsContext(call, v) {
					ends = append(ends, call)
				}
			}
		}
	}
	return ends
}

// holders returns the value and what is loaded, in the same function, from local
// variables that it is stored in.
func holders(v ssa.Value) []ssa.Value {
	out := []ssa.Value{v}
	for _, ref := range *v.Referrers() {
		st, ok := ref.(*ssa.Store)
		if !ok {
			continue
		}
		cell, ok := st.Addr.(*ssa.Alloc)
		if !ok {
			continue
		}
		for _, use := range *cell.Referrers() {
			if load, ok := use.(*ssa.UnOp); ok && load.Op == token.MUL {
				out = append(out, load)
			}
		}
	}
	return out
}

func endsContext(call *ssa.Call, v ssa.Value) bool {
	if call.Call.Value == v {
		return ctxlib.CanHoldCancel(v.Type())
	}
	recv, _ := ssax.Receiver(&call.Call)
	return recv == v && ctxlib.IsMethod(ssax.Callee(&call.Call), "golang.org/x/sync/errgroup", "Group", "Wait")
}

// assigned returns what a declared function and its literals assign to their
// variables for contexts. What a parameter holds at first is no assignment.
func (f *Finder) assigned(fn *ssa.Function) map[*types.Var]*assignments {
	if known, ok := f.held[fn]; ok {
		return known
	}
	out := make(map[*types.Var]*assignments)
	f.held[fn] = out
	calls := make(map[token.Pos]*ssa.Call)
	callsIn(fn, calls)
	of := func(e ast.Expr) *assignments {
		v := f.contextVariable(e)
		if v == nil {
			return nil
		}
		if out[v] == nil {
			out[v] = new(assignments)
		}
		return out[v]
	}
	add := func(lhs ast.Expr, rhs ast.Expr, result int) {
		a := of(lhs)
		if a == nil {
			return
		}
		e, ok := ast.Unparen(rhs).(*ast.CallExpr)
		if call := calls[lparen(e)]; ok && call != nil {
			a.calls = append(a.calls, assigned{call, result, e.Rparen})
		} else {
			a.other = true
		}
	}
	ast.Inspect(fn.Syntax(), func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			for i, lhs := range n.Lhs {
				pair(lhs, n.Rhs, len(n.Lhs), i, add)
			}
		case *ast.ValueSpec:
			for i, name := range n.Names {
				pair(name, n.Values, len(n.Names), i, add)
			}
		case *ast.RangeStmt:
			add(n.Key, nil, 0)
			add(n.Value, nil, 0)
		case *ast.CallExpr:
			for _, arg := range n.Args {
				if a := of(arg); a != nil {
					a.passed = append(a.passed, arg.Pos())
				}
			}
		case *ast.UnaryExpr:
			if n.Op == token.AND {
				add(n.X, nil, 0) // whoever gets the address may assign
			}
		}
		return true
	})
	return out
}

// contextVariable returns the variable for contexts that an expression names, nil if it is
// another expression.
func (f *Finder) contextVariable(e ast.Expr) *types.Var {
	id, ok := ast.Unparen(e).(*ast.Ident)
	if !ok {
		return nil
	}
	v, ok := f.pass.TypesInfo.ObjectOf(id).(*types.Var)
	if !ok || !ctxlib.IsContext(v.Type()) {
		return nil
	}
	return v
}

// pair calls add for the i'th of n variables and what it is assigned.
func pair(lhs ast.Expr, rhs []ast.Expr, n, i int, add func(lhs, rhs ast.Expr, result int)) {
	switch {
	case len(rhs) == n:
		add(lhs, rhs[i], 0)
	case len(rhs) == 1:
		add(lhs, rhs[0], i)
	default:
		add(lhs, nil, 0)
	}
}

func lparen(call *ast.CallExpr) token.Pos {
	if call == nil {
		return token.NoPos
	}
	return call.Lparen
}

// callsIn adds the calls of a function and its literals by their positions.
func callsIn(fn *ssa.Function, calls map[token.Pos]*ssa.Call) {
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			if call, ok := instr.(*ssa.Call); ok && call.Pos().IsValid() {
				calls[call.Pos()] = call
			}
		}
	}
	for _, lit := range fn.AnonFuncs {
		callsIn(lit, calls)
	}
}
