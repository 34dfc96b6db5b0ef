package goroutineleak

import (
	"fmt"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/concurrency"
	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/model/waits"
	"github.com/ctxlint/ctxlint/internal/pass/catalog"
)

// checkHeedless reports a loop without a way out that sleeps, does I/O or polls,
// although the function is given a context, or a channel that says when to end. Whether it runs as a goroutine is up to
// callers, which may be out of view; where the package starts it as one, that is what
// is reported.
func (c *checker) checkHeedless(loop *ssax.Loop, end *concurrency.Ending) {
	fn := loop.Header.Parent()
	pos := c.loopPos(loop)
	if c.seen[pos] || c.hears(loop) != nil || ssax.InTest(fn) || c.startedForGood(fn) {
		return
	}
	what := c.pauseOf(loop)
	if what == "" {
		return
	}
	if obj, ok := fn.Object().(*types.Func); ok && isParameter(fn, declared(end)) && !end.Doubtful {
		c.heedless[obj] = true
	}
	c.foundUnder(end, fn, catalog.High, analysis.Diagnostic{
		Pos:      pos,
		End:      pos + token.Pos(len("for")),
		Category: unstoppable,
		Message:  fmt.Sprintf("the loop runs on when %s: it %s forever, and nothing in it listens for that; select on %s in it and return", when(end), what, signal(end)),
		Related:  []analysis.RelatedInformation{{Pos: declared(end).Pos(), Message: atHand(end)}},
	})
}

// startedForGood reports whether the package starts fn, and only where what starts may
// live as long as the process.
func (c *checker) startedForGood(fn *ssa.Function) bool {
	starts := c.pkg.StartsOf(fn)
	return len(starts) > 0 && len(c.pkg.CallsOf(fn)) == 0 && !slices.ContainsFunc(starts, func(s concurrency.Spawn) bool { return !c.pkg.LivesOn(s.Site) })
}

// isParameter reports whether v is a parameter of fn, or of a function around it, that
// is a context or a channel itself.
func isParameter(fn *ssa.Function, v *types.Var) bool {
	if parameterOf(fn, v) == nil {
		return false
	}
	_, channel := v.Type().Underlying().(*types.Chan)
	return channel || ctxlib.IsContextual(v.Type())
}

// parameterOf returns the parameter of fn, or of a function around it, that v is.
func parameterOf(fn *ssa.Function, v *types.Var) *ssa.Parameter {
	for ; fn != nil && v != nil; fn = fn.Parent() {
		if i := slices.IndexFunc(fn.Params, func(p *ssa.Parameter) bool { return p.Object() == types.Object(v) }); i >= 0 {
			return fn.Params[i]
		}
	}
	return nil
}

// pauseOf returns what each iteration of a loop does that takes its time, as a verb:
// it sleeps, does I/O, waits or polls. It returns "" if that is not seen.
func (c *checker) pauseOf(loop *ssax.Loop) (what string) {
	loop.Instructions(func(instr ssa.Instruction) bool {
		switch instr := instr.(type) {
		case *ssa.Select:
			if !instr.Blocking && len(instr.States) > 0 {
				what = "polls"
			}
		case *ssa.Call:
			what = c.pauseIn(&instr.Call)
		}
		return what == ""
	})
	return what
}

// pauseIn is pauseOf for a call, in the package's functions as deep as they go.
func (c *checker) pauseIn(call *ssa.CallCommon) (what string) {
	look := func(instr ssa.Instruction) bool {
		if inner, ok := instr.(*ssa.Call); ok {
			what = pauseOfLibrary(ssax.Callee(&inner.Call))
		}
		return what != ""
	}
	if fn := c.pkg.Callee(call); fn != nil {
		c.pkg.Runs(fn, look)
		return what
	}
	return pauseOfLibrary(ssax.Callee(call))
}

func pauseOfLibrary(fn *types.Func) string {
	switch kind := waits.Known(fn); {
	case kind == waits.Sleep:
		return "sleeps"
	case kind.IsIO() && kind != waits.Disk:
		return "does I/O"
	}
	return ""
}
