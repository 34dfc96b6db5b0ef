package metriclifecycle

import (
	"fmt"
	"go/types"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/engine/vectors"
	"github.com/ctxlint/ctxlint/internal/model/importpath"
	"github.com/ctxlint/ctxlint/internal/model/typename"
	"github.com/ctxlint/ctxlint/internal/pass/catalog"
	"github.com/ctxlint/ctxlint/internal/pass/decision"
	"github.com/ctxlint/ctxlint/internal/pass/diag"
)

// checkAccumulating reports
//
//	x.f = x.f.With("label", value)
//
// in a method, where x keeps the labels of each call, and likewise for variables of
// the package. A copy of x, such as a value receiver, keeps nothing.
func (c *checker) checkAccumulating(fn *ssa.Function, store *ssa.Store) {
	if isOnce(fn) || ssax.InstrInTest(store) {
		return
	}
	call, ok := ssax.Strip(store.Val).(*ssa.Call)
	if !ok {
		if ext, isExtract := store.Val.(*ssa.Extract); isExtract && ext.Index == 0 {
			call, ok = ext.Tuple.(*ssa.Call)
		}
	}
	if !ok {
		return
	}
	what := accumulates(&call.Call)
	if what == "" {
		return
	}
	recv, _ := ssax.Receiver(&call.Call)
	load, ok := ssax.Strip(recv).(*ssa.UnOp)
	if !ok || !same(load.X, store.Addr) {
		return
	}
	if why := c.keepsNothing(fn, store); why != "" {
		c.silent(accumulatingWith, call, why)
		return
	}
	pos, end := c.span(call)
	place := ssax.Place(store.Addr)
	if place == nil {
		return
	}
	c.report.ReportFinding(diag.Finding{Confidence: catalog.Grade(c.repeated(fn)), Diagnostic: analysis.Diagnostic{
		Pos:      pos,
		End:      end,
		Category: accumulatingWith,
		Message:  fmt.Sprintf("%s is put back into %s, so %s; keep the result in a local variable", ssax.Callee(&call.Call).Name(), place.Name(), what),
	}})
}

// keepsNothing returns why what a store in fn puts back does not pile up.
func (c *checker) keepsNothing(fn *ssa.Function, store *ssa.Store) decision.Reason {
	switch {
	case !outlives(store.Addr):
		return notKept
	case c.dependsOnState(store, nil):
		return firstTime
	case c.once(fn):
		return runsOnce
	case c.ofFresh(fn):
		return perInstance
	}
	return ""
}

// accumulates says what comes of a method that returns its receiver with more
// labels, if the result replaces the receiver, "" for any other.
func accumulates(call *ssa.CallCommon) string {
	fn := ssax.Callee(call)
	recv, _ := ssax.Receiver(call)
	if fn == nil || recv == nil {
		return ""
	}
	switch {
	case fn.Name() == "With" && isGoKit(recv.Type()):
		return "labels pile up call by call"
	case (fn.Name() == "MustCurryWith" || fn.Name() == "CurryWith") && vectors.IsVector(recv.Type()):
		return "the next call finds the label curried already and fails"
	}
	return ""
}

// isGoKit reports whether t is a metric of go-kit, or an interface with such a
// With, as its wrappers declare.
func isGoKit(t types.Type) bool {
	obj, _, _ := types.LookupFieldOrMethod(t, true, nil, "With")
	fn, ok := obj.(*types.Func)
	if !ok {
		return false
	}
	sig := fn.Signature()
	if !sig.Variadic() || sig.Params().Len() != 1 || sig.Results().Len() != 1 || !types.Identical(sig.Params().At(0).Type(), types.NewSlice(types.Typ[types.String])) {
		return false
	}
	named := typename.Of(sig.Results().At(0).Type())
	return named != nil && named.Obj().Pkg() != nil && importpath.Canonical(named.Obj().Pkg().Path()) == "github.com/go-kit/kit/metrics"
}

// outlives reports whether what is stored at addr is seen by the next call of
// the function: a field of what a parameter points to, or a package variable.
func outlives(addr ssa.Value) bool {
	switch addr := addr.(type) {
	case *ssa.Global:
		return true
	case *ssa.FieldAddr:
		switch x := addr.X.(type) {
		case *ssa.Parameter:
			return ssax.IsReceiver(x)
		case *ssa.FieldAddr:
			return outlives(x)
		case *ssa.UnOp:
			_, isFree := x.X.(*ssa.FreeVar)
			return !isFree && outlives(x.X)
		}
	}
	return false
}
