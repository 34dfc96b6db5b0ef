package ctxescape

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ctxflow"
	"github.com/ctxlint/ctxlint/internal/engine/ctxuse"
	"github.com/ctxlint/ctxlint/internal/engine/fixpoint"
	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/model/waits"
	"github.com/ctxlint/ctxlint/internal/pass/decision"
	"github.com/ctxlint/ctxlint/internal/pass/location"
	"github.com/ctxlint/ctxlint/internal/pass/scope"
)

// source is a parameter of a function, the receiver included.
type source struct {
	fn *ssa.Function
	i  int
}

// deed is what a function does with a parameter.
type deed struct {
	works   grade  // it hands the context to something that waits under it
	watches bool   // it watches for the end of the context, and so is meant to end with it
	starts  grade  // it starts a goroutine, for which nobody waits, that works under it
	starter string // the place of the go statement
}

// grade says how much is known.
type grade uint8

const (
	no     grade = iota
	likely       // one step is out of sight
	surely
)

func (c *checker) newDeeds() *fixpoint.Solver[source, deed] {
	return fixpoint.New(fixpoint.Problem[source, deed]{
		Step: c.deedOf,
		Join: func(a, b deed) deed {
			b.works, b.watches = max(a.works, b.works), a.watches || b.watches
			if a.starts >= b.starts {
				b.starts, b.starter = a.starts, a.starter
			}
			return b
		},
		Equal: func(a, b deed) bool { return a == b },
		Spent: deed{watches: true}, // of which nothing is reported
	})
}

// deedOf is the Step of deeds.
func (c *checker) deedOf(s source) (d deed) {
	p := s.fn.Params[s.i]
	if !ctxlib.IsContext(p.Type()) {
		return d
	}
	flow := ctxflow.Follow(p, nil)
	for i := range flow.Uses {
		u := &flow.Uses[i]
		start := c.startOf(u, s.fn)
		switch u.Kind {
		case ctxflow.Waited:
			d.watches = d.watches || start == nil
		case ctxflow.Argument, ctxflow.Started:
			of := c.deedOfUse(u)
			if start == nil {
				d.works, d.watches = max(d.works, of.works), d.watches || of.watches
				d.start(of.starts, of.starter)
			} else if g, _ := c.lateWork(u, start, s.fn); g > no {
				d.start(g, location.Of(c.pass, start.Pos()))
			}
		}
	}
	d.watches = d.watches || c.checks(p)
	return d
}

func (d *deed) start(g grade, at string) {
	if g > d.starts || g == d.starts && at < d.starter {
		d.starts, d.starter = g, at
	}
}

// checks reports whether a context is asked again and again whether it has ended.
func (c *checker) checks(ctx ssa.Value) bool {
	return slices.ContainsFunc(*ctx.Referrers(), func(ref ssa.Instruction) bool {
		call, ok := ref.(*ssa.Call)
		return ok && call.Call.IsInvoke() && call.Call.Value == ctx && c.asksAgain(call)
	})
}

// asksAgain reports whether a method of a context is Err, called in a loop.
func (c *checker) asksAgain(call *ssa.Call) bool {
	return call.Call.Method.Name() == "Err" && c.loops(call.Parent()).Around(call.Block()) != nil
}

// loops returns the loops of fn.
func (c *checker) loops(fn *ssa.Function) *ssax.Loops {
	l := c.loopsOf[fn]
	if l == nil {
		l = ssax.LoopsOf(fn)
		c.loopsOf[fn] = l
	}
	return l
}

// startOf returns the instruction that starts the goroutine in which a use is, up to
// the function outer, or nil if it is in none.
func (c *checker) startOf(u *ctxflow.Use, outer *ssa.Function) ssa.CallInstruction {
	if start, ok := u.Instr.(*ssa.Go); ok && u.Kind == ctxflow.Started {
		return start
	}
	for fn := u.Instr.Parent(); fn != nil && fn != outer; fn = fn.Parent() {
		for _, ref := range literalUses(fn) {
			if call, ok := ref.(ssa.CallInstruction); ok && c.starts(call, fn) {
				return call
			}
		}
	}
	return nil
}

// literalUses returns the instructions that use a literal, directly or by the one
// variable that holds it.
func literalUses(fn *ssa.Function) []ssa.Instruction {
	var out []ssa.Instruction
	for _, ref := range ssax.References(fn) {
		out = append(out, ref)
		st, ok := ref.(*ssa.Store)
		if !ok {
			continue
		}
		if cell, ok := ssax.Variable(st.Addr); ok {
			if uses := ssax.UsesOf(cell); len(uses.Stores) == 1 {
				for _, load := range uses.Loads {
					out = append(out, *load.Referrers()...)
				}
			}
		}
	}
	return out
}

// starts reports whether a call runs a literal as a goroutine.
func (c *checker) starts(call ssa.CallInstruction, lit *ssa.Function) bool {
	if _, ok := call.(*ssa.Go); ok {
		return true
	}
	fn := ssax.Callee(call.Common())
	return ctxlib.IsMethod(fn, "sync", "WaitGroup", "Go") || ctxlib.IsMethod(fn, "golang.org/x/sync/errgroup", "Group", "Go", "TryGo") || ctxlib.IsFunc(fn, "time", "AfterFunc")
}

// lateWork says whether a goroutine, for which nobody waits, does work under the
// context of a use in it; or why it does not.
func (c *checker) lateWork(u *ctxflow.Use, start ssa.CallInstruction, outer *ssa.Function) (sure grade, why decision.Reason) {
	of := c.deedOfUse(u)
	switch {
	case of.works == no:
		return no, noWork
	case of.watches:
		return no, endsWithIt
	case c.endedHere(u, outer):
		return no, cancelled
	case c.keepsOn(start):
		return no, endsWithIt
	case !c.joins.Unjoined(start, outer):
		return no, waitedFor
	}
	if sure = min(of.works, c.derived(u)); sure == no {
		return no, notDerived
	}
	return sure, ""
}

// derived says how sure it is that a context was derived from the one that its flow
// began with.
func (c *checker) derived(u *ctxflow.Use) grade {
	sure := surely
	for _, step := range u.Steps {
		call := step.(ssa.CallInstruction).Common()
		if ctxflow.Derives(call) != ctxflow.Surely {
			sure = min(sure, c.returnsDerived(call))
		}
	}
	return sure
}

// returnsDerived is [checker.derived] for a call that is not known to do nothing else.
func (c *checker) returnsDerived(call *ssa.CallCommon) grade {
	body := ssax.Body(call.StaticCallee())
	if body == nil {
		if fn := ssax.Callee(call); fn != nil && fn.Pkg() != nil && ctxlib.IsTracing(fn.Pkg().Path()) {
			return surely
		}
		return likely
	}
	for _, ret := range ssax.Returns(body) {
		for _, v := range ret.Results {
			if ctxlib.IsContext(v.Type()) && !ctxflow.Of(v, func(*ssa.CallCommon) bool { return false }).OnlyInherited() {
				return no
			}
		}
	}
	return surely
}

// endedHere reports whether a function up to outer ends the context of a use itself:
// cancelleak/early speaks of that.
func (c *checker) endedHere(u *ctxflow.Use, outer *ssa.Function) bool {
	for _, step := range u.Steps {
		call, ok := step.(*ssa.Call)
		if !ok || !ctxlib.HasEnd(ssax.Callee(&call.Call)) {
			continue
		}
		for _, ref := range *call.Referrers() {
			ext, ok := ref.(*ssa.Extract)
			if ok && ctxlib.IsCancelFunc(ext.Type()) && c.calledBy(ext, call.Parent()) {
				return true
			}
		}
	}
	return false
}

// calledBy reports whether fn itself calls or defers a function value that it makes.
func (c *checker) calledBy(v ssa.Value, fn *ssa.Function) bool {
	for _, ref := range *v.Referrers() {
		switch ref := ref.(type) {
		case *ssa.Call, *ssa.Defer:
			if ref.(ssa.CallInstruction).Common().Value == v {
				return true
			}
		case *ssa.Store:
			if cell, ok := ssax.Variable(ref.Addr); ok {
				for _, load := range ssax.UsesOf(cell).Loads {
					if load.Parent() == fn && c.calledBy(load, fn) {
						return true
					}
				}
			}
		}
	}
	return false
}

// keepsOn reports whether a goroutine is meant to end with the context: it watches for
// the end itself, or has a loop that only something else ends.
func (c *checker) keepsOn(start ssa.CallInstruction) bool {
	body := started(start)
	if body == nil {
		return false
	}
	on := false
	eachFunc(body, func(fn *ssa.Function) {
		for _, b := range fn.Blocks {
			for _, instr := range b.Instrs {
				on = on || c.watches(instr) || c.passesOn(instr)
			}
		}
	})
	return on
}

func started(start ssa.CallInstruction) *ssa.Function {
	if _, ok := start.(*ssa.Go); ok {
		return ssax.Body(ssax.Target(start.Common().Value))
	}
	for _, arg := range start.Common().Args {
		if body := ssax.Body(ssax.Target(ssax.Strip(arg))); body != nil {
			return body
		}
	}
	return nil
}

// watches reports whether an instruction asks for the end of a context.
func (c *checker) watches(instr ssa.Instruction) bool {
	call, ok := instr.(*ssa.Call)
	return ok && call.Call.IsInvoke() && ctxlib.IsContext(call.Call.Value.Type()) && (call.Call.Method.Name() == "Done" || c.asksAgain(call))
}

// passesOn reports whether an instruction of a goroutine gives a context to a function
// of the package that watches for its end.
func (c *checker) passesOn(instr ssa.Instruction) bool {
	call, ok := instr.(*ssa.Call)
	if !ok {
		return false
	}
	body := ssax.Body(ssax.Target(call.Call.Value))
	if body == nil || call.Call.IsInvoke() || len(body.Params) != len(call.Call.Args) {
		return false
	}
	for i, arg := range call.Call.Args {
		if ctxlib.IsContext(arg.Type()) && c.deeds.Get(source{body, i}).watches {
			return true
		}
	}
	return false
}

// deedOfUse says what the callee does with a context that a use gives to it.
func (c *checker) deedOfUse(u *ctxflow.Use) deed {
	call := u.Call()
	if call == nil {
		return deed{}
	}
	if body := ssax.Body(ssax.Target(call.Value)); body != nil && !call.IsInvoke() && u.Arg < len(body.Params) && len(body.Params) == len(call.Args) {
		d := c.deeds.Get(source{body, u.Arg})
		if c.endless(body) {
			d.watches = true
		}
		return d
	}
	fn := ssax.Callee(call)
	if fn == nil {
		return deed{works: likely}
	}
	d := deed{works: c.worksOf(fn, call)}
	fact := new(funcFact)
	if fn.Pkg() != nil && fn.Pkg() != c.pass.Pkg && c.pass.ImportObjectFact(fn.Origin(), fact) {
		if param := u.Arg - (len(call.Args) - fn.Signature().Params().Len()); param >= 0 {
			d = fact.deed(param, d)
		}
	}
	return d
}

// endless reports whether a function has a loop without a condition.
func (c *checker) endless(fn *ssa.Function) bool {
	return slices.ContainsFunc(c.loops(fn).All, func(loop *ssax.Loop) bool { return len(loop.Exits()) == 0 })
}

// observers are the packages of the standard library whose functions work under their
// context.
var observers = []string{"database/sql", "net", "net/http", "os/exec"}

// worksOf says whether a function out of sight waits for something under its context.
func (c *checker) worksOf(fn *types.Func, call *ssa.CallCommon) grade {
	if ctxlib.DerivesFrom(fn) >= 0 || ctxlib.IsFunc(fn, "context", "WithoutCancel") || fn.Pkg() == nil {
		return no
	}
	use := c.uses.Of(fn)
	if use != ctxuse.Observes {
		return no
	}
	switch {
	case waits.Known(fn) != waits.None, slices.Contains(observers, fn.Pkg().Path()), ctxlib.TakesCallOptions(call.Signature()):
		return surely
	case scope.IsStandardPath(fn.Pkg().Path()):
		return no
	case call.IsInvoke():
		for _, impl := range c.view.Implementations(call.Method) {
			if c.uses.Of(impl) == ctxuse.Observes {
				return surely
			}
		}
		return likely
	}
	return surely
}
