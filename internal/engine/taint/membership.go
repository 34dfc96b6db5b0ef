package taint

import (
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/util/lazyregexp"
)

// membership matches names of functions that tell whether something is in a set.
var membership = lazyregexp.New(`^(?i:has|contains|containskey|includes|exists?|in|ismember)$|^(?i:is)?(?i:known|valid|allowed|supported|registered)`)

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
	return membership.MatchString(fn.Name())
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

// lookup matches names of methods that fetch what a key stands for.
var lookup = lazyregexp.New(`^(?:Get|get|Lookup|lookup|LookUp|lookUp|Find|find|Load|load)(?:[A-Z]\w*)?$`)

// looksUp reports whether call is that of a method which finds something by a
// matching value, and by nothing else that varies. If it did, the value names one
// of the things that exist.
func (q *query) looksUp(call *ssa.Call) bool {
	fn := ssax.Callee(&call.Call)
	if fn == nil || fn.Pkg() == nil || fn.Signature().Recv() == nil || !lookup.MatchString(fn.Name()) {
		return false
	}
	if path := fn.Pkg().Path(); path == "net" || strings.HasPrefix(path, "net/") {
		return false // the network has no end of hosts and URLs
	}
	args := call.Call.Args
	if !call.Call.IsInvoke() {
		args = args[1:]
	}
	args = slices.DeleteFunc(slices.Clone(args), func(arg ssa.Value) bool { return ctxlib.IsContext(arg.Type()) })
	return len(args) == 1 && q.match(stripped(args[0]))
}

// found reports whether err is the error of a call that looks a matching value up,
// and is compared with nil.
func (q *query) found(err, other ssa.Value) bool {
	v, ok := err.(*ssa.Extract)
	k, isConst := other.(*ssa.Const)
	if !ok || !isConst || !k.IsNil() || !isErrorType(v.Type()) {
		return false
	}
	call, ok := v.Tuple.(*ssa.Call)
	return ok && q.looksUp(call)
}
