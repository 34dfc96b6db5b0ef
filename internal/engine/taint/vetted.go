package taint

import (
	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/pass/scope"
)

// vetted reports whether control only gets to u when some call that has v as an
// argument was successful: see [Origin.Vetted].
func (w *walk) vetted(v ssa.Value, u use) bool {
	if u.block == nil || u.block.Parent() != v.Parent() || !comparable(v.Type()) {
		return false
	}
	q := w.query(func(x ssa.Value) bool { return same(x, v) })
	q.loose = true
	return q.guarded(u)
}

// vets reports whether a call may decide on a matching value by what the program
// knows: it has something besides the value to decide by, such as a receiver. A
// function of the value alone can only judge its form, and so does the standard
// library.
func (q *query) vets(call *ssa.Call) bool {
	if !q.loose {
		return false
	}
	fn := ssax.Callee(&call.Call)
	if fn != nil && fn.Pkg() != nil && scope.IsStandardPath(fn.Pkg().Path()) {
		return false
	}
	body := q.inView(call.Call.StaticCallee())
	others, matches := call.Call.IsInvoke(), false
	for i, arg := range call.Call.Args {
		if _, constant := arg.(*ssa.Const); constant {
			continue
		}
		if !q.match(stripped(arg)) {
			others = true
		} else if body == nil || q.fetches(body.Params[i], 0) {
			matches = true
		}
	}
	return others && matches
}
