package athand

import (
	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/web"
)

// comesEnded is the Step of the solver that tells whether the package calls the function
// of a parameter also where the context that it passes has ended: then what the function
// does, be it to record how the work came out, has to be done nevertheless.
func (f *Finder) comesEnded(p *ssa.Parameter) bool {
	fn := p.Parent()
	for _, call := range f.builder.SSA().Index().Callers(fn) {
		arg := ssax.Argument(call.Common(), p)
		if arg == nil {
			continue
		}
		if _, alone := call.(*ssa.Go); alone && endsWithHandler(p) {
			return true
		}
		ctx := ssax.Only(arg)
		if passed, ok := ctx.(*ssa.Parameter); ok && f.arrivals.Get(passed) {
			return true
		}
		if f.sawEndOf(ctx, call) {
			return true
		}
	}
	return false
}

// endsWithHandler reports whether a parameter is a request whose context ends when its handler
// returns, which a goroutine that is given it does not keep it from.
func endsWithHandler(p *ssa.Parameter) bool {
	f, ok := web.Exactly(p.Type())
	return ok && f.Ends && f.Kind == web.Handler
}

// A seenEnd is the liveness of one context in particular, in one function.
type seenEnd struct {
	fn  *ssa.Function
	ctx ssa.Value
}

// sawEndOf reports whether some path to an instruction has seen the end of the context,
// in the same function.
func (f *Finder) sawEndOf(ctx ssa.Value, instr ssa.Instruction) bool {
	key := seenEnd{instr.Parent(), ctx}
	l, ok := f.seen[key]
	if !ok {
		l = newLiveness()
		l.one = ctx
		l.findEnds(key.fn, func(ssa.Instruction) bool { return false })
		f.seen[key] = l
	}
	return l.endedBefore(instr)
}
