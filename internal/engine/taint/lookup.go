package taint

import (
	"go/token"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/model/loglib"
	"github.com/ctxlint/ctxlint/internal/model/words"
)

// looksUp reports whether call is of a method that finds something by a
// matching value, and by nothing else that varies. If it finds something, the
// value names one of the things that exist.
func (q *query) looksUp(call *ssa.Call) bool {
	fn := ssax.Callee(&call.Call)
	if fn == nil || fn.Pkg() == nil || fn.Signature().Recv() == nil || !words.LooksUp.Leads(fn.Name()) {
		return false
	}
	if path := fn.Pkg().Path(); path == "net" || strings.HasPrefix(path, "net/") {
		return false // there is no bound on hosts and URLs in the network
	}
	args := call.Call.Args
	if !call.Call.IsInvoke() {
		args = args[1:]
	}
	key := -1
	for i, arg := range args {
		if ctxlib.IsContext(arg.Type()) {
			continue
		}
		if key >= 0 {
			return false
		}
		key = i
	}
	if key < 0 || !q.match(stripped(args[key])) {
		return false
	}
	body := q.inView(call.Call.StaticCallee())
	return body == nil || q.fetches(body.Params[key+1], 0)
}

// fetches reports whether the body of a function may really find something by
// v, as its name says: v is the key of a map, is compared with something, or is
// handed on. A Load that makes what it returns finds nothing.
func (q *query) fetches(v ssa.Value, depth int) bool {
	if depth > maxDepth {
		return true
	}
	for _, ref := range *v.Referrers() {
		switch ref := ref.(type) {
		case *ssa.Lookup:
			if ref.Index == v {
				return true
			}
		case *ssa.BinOp:
			if ref.Op != token.ADD || q.fetches(ref, depth+1) {
				return true
			}
		case *ssa.ChangeType:
			if q.fetches(ref, depth+1) {
				return true
			}
		case *ssa.Convert:
			if q.fetches(ref, depth+1) {
				return true
			}
		case *ssa.MakeInterface:
			if q.fetches(ref, depth+1) {
				return true
			}
		case *ssa.Phi:
			if q.fetches(ref, depth+1) {
				return true
			}
		case *ssa.Store:
			if cell, ok := ref.Addr.(*ssa.Alloc); ok && cell.Heap && ref.Val == v {
				return true // a literal may do it
			}
		case ssa.CallInstruction:
			if q.fetchesBy(ref.Common(), v, depth) {
				return true
			}
		}
	}
	return false
}

// fetchesBy is fetches for a call that is given v.
func (q *query) fetchesBy(call *ssa.CallCommon, v ssa.Value, depth int) bool {
	if _, builtin := call.Value.(*ssa.Builtin); builtin || loglib.Takes(ssax.Callee(call)) {
		return false
	}
	body := q.inView(call.StaticCallee())
	if body == nil {
		return true
	}
	for i, arg := range call.Args {
		if arg == v && q.fetches(body.Params[i], depth+1) {
			return true
		}
	}
	return false
}

// found reports whether err, which is compared with nil, is the error of a call
// that looks up a matching value.
func (q *query) found(err, other ssa.Value) bool {
	k, isConst := other.(*ssa.Const)
	if !isConst || !k.IsNil() || !ctxlib.IsError(err.Type()) {
		return false
	}
	if v, ok := err.(*ssa.Extract); ok {
		call, ok := v.Tuple.(*ssa.Call)
		return ok && (q.looksUp(call) || q.vets(call))
	}
	call, ok := err.(*ssa.Call)
	return ok && q.vets(call)
}
