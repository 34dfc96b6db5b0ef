package taint

import (
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/model/metriclib"
)

// copied records what a helper of the semantic conventions copies from the request req into
// attributes. A program that sends the request chose what is in it.
func (w *walk) copied(v *ssa.Call, req ssa.Value, c metriclib.Category, fr *frame, st state) {
	if metriclib.OfClient(ssax.Callee(&v.Call)) || w.direction(req, fr, 0) == outgoing {
		if w.toFixedURL(req, fr, 0) {
			w.end(ownRequest)
			return
		}
		st.author = Program
	}
	w.source(v, c, st)
}

// toFixedURL reports whether the request req, which the program sends, is known to be made
// for one of the few URLs that the program has: nothing in their paths depends on what the
// request is about.
func (w *walk) toFixedURL(req ssa.Value, fr *frame, depth int) bool {
	if depth > maxDepth {
		return false
	}
	all := func(values []ssa.Value, fr *frame) bool {
		for _, v := range values {
			if !w.toFixedURL(v, fr, depth+1) {
				return false
			}
		}
		return len(values) > 0
	}
	switch req := req.(type) {
	case *ssa.Parameter:
		if fr != nil && fr.callee == req.Parent() {
			arg := ssax.Argument(fr.call.Common(), req)
			return arg != nil && w.toFixedURL(arg, fr.parent, depth+1)
		}
		calls, known := w.AllCalls(req.Parent())
		var args []ssa.Value
		for _, call := range calls {
			args = append(args, ssax.Argument(call.Common(), req))
		}
		return known && all(args, nil)
	case *ssa.FreeVar:
		return all(w.Bindings(req), nil)
	case *ssa.Phi:
		return all(req.Edges, fr)
	case *ssa.Alloc:
		var stored []ssa.Value
		for _, s := range ssax.StoresTo(req) {
			stored = append(stored, s.Val)
		}
		return all(stored, fr)
	case *ssa.UnOp:
		_, variable := req.X.(*ssa.Alloc)
		return variable && w.toFixedURL(req.X, fr, depth+1)
	case *ssa.Extract:
		return req.Index == 0 && w.toFixedURL(req.Tuple, fr, depth+1)
	case *ssa.Call:
		fn := ssax.Callee(&req.Call)
		switch {
		case ctxlib.IsFunc(fn, "net/http", "NewRequest"):
			return fixedURL(ssax.Explicit(&req.Call, 1))
		case ctxlib.IsFunc(fn, "net/http", "NewRequestWithContext"):
			return fixedURL(ssax.Explicit(&req.Call, 2))
		case ctxlib.IsMethod(fn, "net/http", "Request", "Clone", "WithContext"):
			return w.toFixedURL(req.Call.Args[0], fr, depth+1)
		}
	}
	return false
}

// fixedURL reports whether the text of a URL is one of few: it does not change, as far as
// can be seen, or only what it begins with does, which is the address of a server.
func fixedURL(v ssa.Value) bool {
	parts := partsOf(v)
	for _, p := range parts[1:] {
		_, isConst := p.(*ssa.Const)
		_, isGlobal := ssax.LoadedFrom(p).(*ssa.Global)
		if !isConst && !isGlobal {
			return false
		}
	}
	return len(parts) > 1 || isFixed(v)
}

// maxParts bounds how many operands of sums are looked at.
const maxParts = 100

// partsOf returns what the text v is put together from, in this order; at least v itself.
func partsOf(v ssa.Value) (parts []ssa.Value) {
	work := []ssa.Value{v}
	for n := 0; len(work) > 0; n++ {
		v := work[len(work)-1]
		work = work[:len(work)-1]
		switch sum, ok := v.(*ssa.BinOp); {
		case ok && n < maxParts:
			work = append(work, sum.Y, sum.X)
		default:
			parts = append(parts, operandsOf(v)...)
		}
	}
	return parts
}

// operandsOf returns what a call puts together to the text v, in this order; if it is none
// that does, v itself.
func operandsOf(v ssa.Value) []ssa.Value {
	call, ok := v.(*ssa.Call)
	if first, isFirst := v.(*ssa.Extract); isFirst && first.Index == 0 {
		call, ok = first.Tuple.(*ssa.Call)
	}
	if !ok {
		return []ssa.Value{v}
	}
	fn := ssax.Callee(&call.Call)
	isFormat := ctxlib.IsFunc(fn, "fmt", "Sprintf")
	if !isFormat && !ctxlib.IsFunc(fn, "net/url", "JoinPath") {
		return []ssa.Value{v}
	}
	first := call.Call.Args[0]
	stores, known := ssax.Elements(call.Call.Args[1])
	if !known {
		return []ssa.Value{v}
	}
	var operands []ssa.Value
	for _, s := range stores {
		operands = append(operands, ssax.Strip(s.Val))
	}
	if format, ok := first.(*ssa.Const); ok && isFormat {
		if text := stringOf(format); strings.HasPrefix(text, "%") && len(text) > len("%s") {
			return append(operands, format) // what it begins with is the first operand
		}
	}
	return slices.Concat([]ssa.Value{first}, operands)
}

// requestIn returns the request from which a helper of the semantic conventions takes
// attributes, nil if fn is none.
func requestIn(call *ssa.CallCommon, fn *types.Func) ssa.Value {
	if !metriclib.OfConvention(fn) {
		return nil
	}
	for _, arg := range call.Args {
		if ctxlib.IsNamedOrPointer(arg.Type(), "net/http", "Request") {
			return arg
		}
	}
	return nil
}
