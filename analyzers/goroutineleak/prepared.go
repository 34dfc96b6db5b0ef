package goroutineleak

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/concurrency"
	"github.com/ctxlint/ctxlint/internal/engine/ctxlife"
	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
)

// An end is what is known of those who send on or close a channel.
type end struct {
	by     map[*ssa.Function]bool // the declared functions in which that happens
	joined bool                   // somebody waits for goroutines first
}

// endOn returns the end of a channel.
func (c *checker) endOn(ch *concurrency.Channel) *end {
	if e := c.ends[ch]; e != nil {
		return e
	}
	e := &end{by: make(map[*ssa.Function]bool)}
	c.ends[ch] = e
	for _, op := range ch.Ops {
		if op.Kind != concurrency.Recv {
			e.by[ssax.Outermost(op.Fn())] = true
			e.joined = e.joined || c.pkg.Ahead(op.Instr).Joined
		}
	}
	return e
}

// settled reports whether what makes the other side leave comes from whoever waits, or
// comes after goroutines have been waited for.
func (c *checker) settled(d concurrency.Departure, wait concurrency.Op) bool {
	if d.By == nil {
		return false
	}
	e := c.endOn(d.By)
	if e.joined || e.by[ssax.Outermost(wait.Fn())] {
		return true
	}
	for fn := range c.runsIn(wait.Fn()) {
		if e.by[ssax.Outermost(fn)] {
			return true
		}
	}
	return false
}

// maxRuns bounds the functions that one is seen to run. More are not told apart.
const maxRuns = 200

// runsIn returns fn and the functions of the package that it calls, directly or not.
func (c *checker) runsIn(fn *ssa.Function) map[*ssa.Function]bool {
	if runs := c.runs[fn]; runs != nil {
		return runs
	}
	runs := map[*ssa.Function]bool{fn: true}
	c.runs[fn] = runs
	for work := []*ssa.Function{fn}; len(work) > 0 && len(runs) <= maxRuns; {
		last := work[len(work)-1]
		work = work[:len(work)-1]
		for _, b := range last.Blocks {
			for _, instr := range b.Instrs {
				call, ok := instr.(ssa.CallInstruction)
				if _, starts := instr.(*ssa.Go); !ok || starts {
					continue
				}
				if callee := c.pkg.Callee(call.Common()); callee != nil && !runs[callee] {
					runs[callee] = true
					work = append(work, callee)
				}
			}
		}
	}
	return runs
}

// neverDone reports whether the context whose end a channel tells is seen to have none.
func (c *checker) neverDone(end ssa.Value) bool {
	p, ok := parameterIn(contextOf(end))
	return ok && c.pass.ResultOf[ctxlife.Analyzer].(*ctxlife.Result).OfParameter(p).Endless()
}

// listenable returns the context that the function of an operation can listen to, or
// that all callers of the function have: then chain is one of their calls.
func (c *checker) listenable(op concurrency.Op) (ctx *types.Var, chain ssa.Instruction) {
	if ctx := c.pkg.Nameable(op.Fn()); ctx != nil {
		return ctx, nil
	}
	calls := slices.DeleteFunc(slices.Clone(c.pkg.CallsOf(op.Fn())), func(call ssa.CallInstruction) bool { return ssax.InstrInTest(call) })
	if len(calls) == 0 || len(c.pkg.StartsOf(op.Fn())) > 0 || c.pkg.Hidden(op.Fn()) {
		return nil, nil
	}
	for _, call := range slices.Backward(calls) {
		if ctx = c.pkg.Nameable(call.Parent()); ctx == nil {
			return nil, nil
		}
	}
	return ctx, calls[0]
}

// endsBoth reports whether the other side leaves at the end of the context at hand, or
// with an error before it has done what is waited for.
func (c *checker) endsBoth(way concurrency.Departure, wait concurrency.Op, ctx *types.Var) bool {
	if way.By == nil {
		return wait.Kind == concurrency.Recv
	}
	if !way.By.Done || ctx == nil {
		return false
	}
	from := contextOf(way.End)
	if f := ssax.FieldOf(from); f != nil {
		return f == ctx
	}
	p := endedBy(from)
	for range maxHandedOn {
		if p == nil || p.Object() == types.Object(ctx) {
			break
		}
		p = endedBy(c.onlyArgument(p))
	}
	return p != nil && p.Object() == types.Object(ctx)
}

// maxHandedOn bounds the calls through which a context is followed back to the function
// that waits.
const maxHandedOn = 3

// parameterIn returns the parameter that v is, or that is all that the variable v holds.
func parameterIn(v ssa.Value) (p *ssa.Parameter, ok bool) {
	if cell, isCell := v.(*ssa.Alloc); isCell {
		if held, once := ssax.UsesOf(cell).Only(); once {
			v = held
		}
	}
	p, ok = v.(*ssa.Parameter)
	return p, ok
}

// endedBy returns the parameter whose end is also that of the context v, or of whatever the
// variable v holds: it is that parameter, or derived from it. Nil if it may be another one.
func endedBy(v ssa.Value) (from *ssa.Parameter) {
	work := ssax.NewWork(v)
	for v := range work.All() {
		switch v := v.(type) {
		case *ssa.Parameter:
			if from != nil && from != v {
				return nil
			}
			from = v
		case *ssa.Alloc:
			uses := ssax.UsesOf(v)
			if uses.Escapes {
				return nil
			}
			for _, st := range uses.Stores {
				work.Add(st.Val)
			}
		case *ssa.FreeVar:
			work.Add(ssax.Binding(v))
		case *ssa.Phi:
			work.Add(v.Edges...)
		default:
			if addr := ssax.LoadedFrom(v); addr != nil {
				work.Add(addr)
				continue
			}
			call := callOf(v)
			if call == nil {
				return nil
			}
			i := ctxlib.DerivesFrom(ssax.Callee(&call.Call))
			if i < 0 {
				return nil
			}
			work.Add(call.Call.Args[i])
		}
	}
	return from
}

// startedBy reports whether only fn, or a literal in it, starts what a goroutine runs.
func (c *checker) startedBy(goroutine, fn *ssa.Function) bool {
	starts := c.pkg.StartsOf(goroutine)
	return len(starts) > 0 && len(c.pkg.CallsOf(goroutine)) == 0 &&
		!slices.ContainsFunc(starts, func(s concurrency.Spawn) bool { return !within(s.Site.Parent(), fn) })
}

// runBy reports whether only fn calls or starts another function.
func (c *checker) runBy(other, fn *ssa.Function) bool {
	calls, starts := c.pkg.CallsOf(other), c.pkg.StartsOf(other)
	return len(calls)+len(starts) > 0 && !c.pkg.Hidden(other) &&
		!slices.ContainsFunc(calls, func(call ssa.CallInstruction) bool { return call.Parent() != fn }) &&
		!slices.ContainsFunc(starts, func(s concurrency.Spawn) bool { return s.Site.Parent() != fn })
}

// handedOut reports whether a literal of fn runs only where fn hands it to others.
func (c *checker) handedOut(lit, fn *ssa.Function) bool {
	return lit.Parent() == fn && len(c.pkg.CallsOf(lit))+len(c.pkg.StartsOf(lit)) == 0
}

// endsFirst reports whether a goroutine leaves its end of a local channel with the context
// that the maker of the channel got from outside, while the maker, what only that calls
// or starts, or a literal that it hands out, waits at the other end.
func (c *checker) endsFirst(ch *concurrency.Channel, way concurrency.Departure, wait concurrency.Op) bool {
	maker := ch.Makes[0].Parent()
	return len(ch.Makes) == 1 && c.startedBy(way.Fn, maker) && (wait.Fn() == maker || c.runBy(wait.Fn(), maker) || c.handedOut(wait.Fn(), maker)) &&
		c.endsBoth(way, wait, c.pkg.Nameable(maker))
}

// madeIn reports whether all channels of a class are made by fn.
func madeIn(ch *concurrency.Channel, fn *ssa.Function) bool {
	return !slices.ContainsFunc(ch.Makes, func(m *ssa.MakeChan) bool { return m.Parent() != fn })
}

// onlyArgument returns what the only call or go statement of a function passes for a
// parameter; nil if there are several.
func (c *checker) onlyArgument(p *ssa.Parameter) ssa.Value {
	fn := p.Parent()
	var sites []ssa.CallInstruction
	sites = append(sites, c.pkg.CallsOf(fn)...)
	for _, s := range c.pkg.StartsOf(fn) {
		sites = append(sites, s.Site)
	}
	if len(sites) != 1 || c.pkg.Hidden(fn) {
		return nil
	}
	v := ssax.Argument(sites[0].Common(), p)
	if addr := ssax.LoadedFrom(v); addr != nil {
		v = addr
	}
	if free, ok := v.(*ssa.FreeVar); ok {
		return ssax.Binding(free)
	}
	return v
}
