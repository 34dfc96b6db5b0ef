package taint

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/model/words"
)

// predicate judges a call that returned true.
func (q *query) predicate(call *ssa.Call) bool {
	var which []int
	for i, arg := range call.Call.Args {
		if q.match(stripped(arg)) {
			which = append(which, i)
		}
	}
	if len(which) == 0 {
		return false
	}
	fn := ssax.Callee(&call.Call)
	if ctxlib.IsFunc(fn, "strings", "EqualFold") {
		return slices.ContainsFunc(call.Call.Args, isFixed)
	}
	if static := q.inView(call.Call.StaticCallee()); static != nil {
		return slices.ContainsFunc(which, func(i int) bool { return i < len(static.Params) && q.tells(static, static.Params[i]) })
	}
	if fn == nil || fn.Pkg() == nil {
		return false
	}
	switch fn.Pkg().Path() {
	case "strings", "bytes", "regexp", "unicode", "unicode/utf8":
		return false // part of a value does not bound the rest
	}
	return words.IsMember(fn.Name())
}

// tells reports whether p is one of few values whenever fn returns true.
func (q *query) tells(fn *ssa.Function, p *ssa.Parameter) bool {
	if q.depth > maxDepth {
		return false
	}
	inner := q.query(func(x ssa.Value) bool { return same(x, p) })
	inner.depth = q.depth + 1
	for _, ret := range ssax.Returns(fn) {
		if len(ret.Results) == 0 {
			return false
		}
		r := ret.Results[0]
		if k, ok := r.(*ssa.Const); ok && k.Value != nil && k.Value.String() == "false" {
			continue
		}
		if !inner.guarded(use{block: ret.Block()}) && !inner.implies(r, true) {
			return false
		}
	}
	return true
}
