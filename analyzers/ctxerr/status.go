package ctxerr

import (
	"fmt"
	"go/token"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/model/metriclib"
	"github.com/ctxlint/ctxlint/internal/model/web"
	"github.com/ctxlint/ctxlint/internal/model/words"
)

// checkStatus reports where a handler counts an error that the client itself may have
// caused, by going away: the function never asks why its call has failed.
func (c *checker) checkStatus(fn *ssa.Function) {
	if !isHandler(fn) {
		return
	}
	asked := asks(ssax.Outermost(fn), nil)
	if asked && !c.report.Explains() {
		return
	}
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			count, ok := instr.(*ssa.Call)
			if !ok || !countsErrors(&count.Call) {
				continue
			}
			if asked {
				c.report.Silent(status, count.Pos(), asksToo)
				continue
			}
			if call := c.failedBefore(count); call == nil {
				c.report.Silent(status, count.Pos(), notFailed)
			} else {
				c.report.Report(analysis.Diagnostic{
					Pos: count.Pos(), Category: status,
					Message: "a request that its client has cancelled is counted as an error here; leave errors out of which errors.Is(err, context.Canceled) holds",
					Related: []analysis.RelatedInformation{{Pos: call.Pos(), Message: fmt.Sprintf("%s fails when the client goes away", ssax.Callee(&call.Call).Name())}},
				})
			}
		}
	}
}

func isHandler(fn *ssa.Function) bool {
	params := fn.Signature.Params()
	for v := range params.Variables() {
		if web.IsRequest(v, params) {
			return true
		}
	}
	return false
}

// isMetrics reports whether a package has counters.
func isMetrics(path string) bool { return path == "expvar" || metriclib.IsLibrary(path) }

// countsErrors reports whether a call adds to a metric whose name says that it is for
// errors.
func countsErrors(call *ssa.CallCommon) bool {
	fn := ssax.Callee(call)
	if fn == nil || fn.Pkg() == nil || !isMetrics(fn.Pkg().Path()) || fn.Name() != "Inc" && fn.Name() != "Add" {
		return false
	}
	recv, _ := ssax.Receiver(call)
	for range maxOperands {
		switch v := recv.(type) {
		case *ssa.Call: // vec.WithLabelValues(…)
			recv, _ = ssax.Receiver(&v.Call)
		case *ssa.UnOp:
			place := ssax.Place(v.X)
			return place != nil && words.Failures.In(place.Name())
		default:
			return false
		}
	}
	return false
}

// failedBefore returns the call with the context of the request whose failure leads to
// instr, or nil.
func (c *checker) failedBefore(instr ssa.Instruction) *ssa.Call {
	for branch, i := range ssax.Guards(instr.Block(), nil) {
		cmp, ok := branch.Cond.(*ssa.BinOp)
		if !ok || !ssax.IsNil(cmp.Y) || (cmp.Op == token.NEQ) != (i == 0) || !ctxlib.IsError(cmp.X.Type()) {
			continue
		}
		err := cmp.X
		if ext, ok := err.(*ssa.Extract); ok {
			err = ext.Tuple
		}
		if call, ok := err.(*ssa.Call); ok && ssax.Callee(&call.Call) != nil && getsRequest(call) {
			return call
		}
	}
	return nil
}

// getsRequest reports whether a call gets the context of a request, or one that derives
// from it.
func getsRequest(call *ssa.Call) bool {
	for _, arg := range call.Call.Args {
		for range maxOperands {
			if ext, ok := arg.(*ssa.Extract); ok {
				arg = ext.Tuple
			}
			made, ok := arg.(*ssa.Call)
			if !ok {
				break
			}
			fn := ssax.Callee(&made.Call)
			if ctxlib.DerivesFrom(fn) == 0 {
				arg = made.Call.Args[0]
				continue
			}
			recv, _ := ssax.Receiver(&made.Call)
			if fn != nil && fn.Name() == "Context" && recv != nil {
				if f, ok := web.Of(recv.Type()); ok && f.Kind == web.Handler {
					return true
				}
			}
			break
		}
	}
	return false
}
