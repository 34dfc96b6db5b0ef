package concurrency

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
)

// A callback is a call that is given a function literal, and perhaps runs it.
type callback struct {
	call ssa.CallInstruction
	arg  ssa.Value
}

// callbacks returns the calls that run a literal before they return, with how often they
// do; ok is false if the literal may run in another way, except that it may be called
// or started itself.
func (p *Package) callbacks(lit *ssa.Function) (times map[ssa.CallInstruction]int, ok bool) {
	r := p.run()
	if r.strays[lit] {
		return nil, false
	}
	times = make(map[ssa.CallInstruction]int)
	for _, cb := range r.callback[lit] {
		n, ok := p.timesRun(cb.call.Common(), cb.arg)
		if !ok {
			return nil, false
		}
		times[cb.call] = n
	}
	return times, true
}

// timesRun returns how often the call runs its argument v before it returns. ok is false
// if it may do anything else with it.
func (p *Package) timesRun(common *ssa.CallCommon, v ssa.Value) (times int, ok bool) {
	if common.IsInvoke() {
		return 0, false
	}
	body := ssax.Body(common.StaticCallee())
	if body == nil || body.Pkg != p.SSA().Pkg || len(body.Params) != len(common.Args) {
		fn := ssax.Callee(common)
		if ctxlib.IsMethod(fn, "sync", "Once", "Do") {
			return 1, true
		}
		return Many, runsAtOnce(fn)
	}
	for i, arg := range common.Args {
		if arg != v {
			continue
		}
		if !p.onlyCalled(body.Params[i], make(map[*ssa.Parameter]bool)) {
			return 0, false
		}
		n, known := p.timesCalled(body.Params[i])
		if !known {
			return 0, false
		}
		times = min(Many, times+n)
	}
	return times, true
}

// onlyCalled reports whether all that is done with a function parameter is to call it,
// here or in functions of the package that it is passed on to.
func (p *Package) onlyCalled(param *ssa.Parameter, seen map[*ssa.Parameter]bool) bool {
	if seen[param] {
		return true
	}
	seen[param] = true
	for _, ref := range *param.Referrers() {
		switch ref := ref.(type) {
		case *ssa.DebugRef, *ssa.BinOp:
		case *ssa.Call, *ssa.Defer:
			common := ref.(ssa.CallInstruction).Common()
			if !slices.Contains(common.Args, ssa.Value(param)) {
				continue
			}
			body := ssax.Body(common.StaticCallee())
			if body == nil || body.Pkg != p.SSA().Pkg || len(body.Params) != len(common.Args) {
				return false
			}
			for i, arg := range common.Args {
				if arg == ssa.Value(param) && !p.onlyCalled(body.Params[i], seen) {
					return false
				}
			}
		default:
			return false
		}
	}
	return true
}

// timesCalled returns how often some run of its function calls a parameter. ok is false
// if it is passed on: how often others call it, perhaps recursively, is not followed.
func (p *Package) timesCalled(param *ssa.Parameter) (times int, ok bool) {
	t := &Tally{Pkg: p, Each: make(map[ssa.Instruction]int)}
	for _, ref := range *param.Referrers() {
		if call, ok := ref.(ssa.CallInstruction); ok {
			if call.Common().Value != ssa.Value(param) {
				return 0, false
			}
			t.Each[ref] = 1
		}
	}
	return t.Most(param.Parent())
}

// runsAtOnce reports whether a function of the standard library calls the function that
// it is given, does not keep it, and starts no goroutine for it.
func runsAtOnce(fn *types.Func) bool {
	if fn == nil || fn.Pkg() == nil {
		return false
	}
	switch fn.Pkg().Path() {
	case "sort", "slices", "strings", "bytes":
		return true
	}
	return ctxlib.IsFunc(fn, "path/filepath", "Walk") || ctxlib.IsFunc(fn, "path/filepath", "WalkDir") || ctxlib.IsFunc(fn, "io/fs", "WalkDir") ||
		ctxlib.IsFunc(fn, "go/ast", "Inspect") || ctxlib.IsMethod(fn, "sync", "Map", "Range") || ctxlib.IsMethod(fn, "flag", "FlagSet", "Visit", "VisitAll")
}
