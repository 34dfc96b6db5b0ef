package ctxreset

import (
	"cmp"
	"go/ast"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/athand"
	"github.com/ctxlint/ctxlint/internal/engine/ctxflow"
	"github.com/ctxlint/ctxlint/internal/engine/ctxuse"
	"github.com/ctxlint/ctxlint/internal/engine/purpose"
	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/model/words"
	"github.com/ctxlint/ctxlint/internal/pass/catalog"
	"github.com/ctxlint/ctxlint/internal/pass/decision"
	"github.com/ctxlint/ctxlint/internal/pass/scope"
)

// reset is a fresh context that is given to work in a function.
type reset struct {
	*seed
	flow *ctxflow.Flow
	work []ctxflow.Use // the uses that make it a defect, in source order

	explained bool // a comment says in plain words that it is meant
	likely    bool // that its end would matter to the work is likely, not proved
	alters    bool // the work may be meant to be finished once it is begun
	kept      bool // the context at hand is that of the receiver, which may be over before it is
}

// confidence says how much of the finding about a reset is proved.
func (r *reset) confidence() catalog.Confidence {
	switch {
	case r.likely || (r.alters || r.explained) && r.root.meant():
		return catalog.Low
	case r.alters || r.kept || r.root.meant():
		return catalog.Medium
	}
	return catalog.High
}

// resets returns the fresh contexts of fn that are given to work which could have
// had another: in code that runs while the function's own context, if it has one,
// is live. In goroutines only uses inside of fn count.
func (c *checker) resets(fn *ssa.Function) []*reset {
	var out []*reset
	seeds := c.seeds(fn)
	if len(seeds) == 0 {
		return nil
	}
	live := c.atHand.Liveness(fn)
	for _, s := range seeds {
		if !live.At(s.instr) {
			c.silent(s, athand.OverAtHand)
			continue
		}
		r := &reset{seed: s, flow: ctxflow.Follow(s.value, live.Edge)}
		if why := c.isRight(r); why != "" {
			c.silent(s, why)
			continue
		}
		r.explained = c.comments.explains(s.instr.Pos())
		r.likely = r.likely || settlesUp(fn) || allCalled(r.work, words.Settles) || hasDeadline(r.flow) && purpose.IsPeriodic(s.instr)
		r.alters = allCalled(r.work, words.Alters)
		out = append(out, r)
	}
	return out
}

// staysInModule reports whether only functions of the module, and methods of its interfaces,
// get a fresh context: who calls them knows what they do with it.
func (c *checker) staysInModule(r *reset) bool {
	return !slices.ContainsFunc(r.work, func(u ctxflow.Use) bool {
		call := u.Call()
		if call == nil {
			return true
		}
		fn := ssax.Callee(call)
		return fn != nil && fn.Pkg() != nil && !scope.SharesModule(c.pass, fn.Pkg())
	})
}

// isRight finds the work that a fresh context is given to, and returns why the context is
// right, "" if the work could have had another.
func (c *checker) isRight(r *reset) decision.Reason {
	switch {
	case isLifetime(r.flow):
		return lifetime
	case c.isLinked(r.flow):
		return linked
	case c.copies(r.flow):
		return copied
	}
	if why := c.addWork(r); why != "" {
		return why
	}
	if c.isForEnd(r) {
		return namedForEnd
	}
	if c.endsWithFunction(r) {
		return endsWithFunction
	}
	return ""
}

// leftRunning reports whether the context is given to a goroutine that the
// function does not wait for: it is made for that, whatever else gets it first.
func (c *checker) leftRunning(flow *ctxflow.Flow) bool {
	for _, u := range flow.Uses {
		if u.Kind == ctxflow.Started && !c.joins(u.Instr) {
			return true
		}
	}
	return false
}

// addWork finds the uses of a fresh context that make it a defect: those that are
// certain to, and otherwise those that are likely to. If there are none, it returns why
// the first use is right.
func (c *checker) addWork(r *reset) (why decision.Reason) {
	left := c.leftRunning(r.flow)
	var likely []ctxflow.Use
	for _, u := range r.flow.Uses {
		use, right := c.useIn(&u, r.flow, left)
		switch {
		case right != "":
		case use == ctxuse.Observes:
			r.work = append(r.work, u)
		default:
			likely = append(likely, u)
		}
		c.report.Silent("", u.Instr.Pos(), right)
		why = cmp.Or(why, right)
	}
	if len(r.work) == 0 && len(likely) > 0 {
		r.work, r.likely = likely, true
	}
	if len(r.work) > 0 {
		return ""
	}
	return cmp.Or(why, unusedFresh)
}

// useIn is workIn for a use of a context that flows that way, and that may be left with a
// goroutine.
func (c *checker) useIn(u *ctxflow.Use, flow *ctxflow.Flow, left bool) (ctxuse.Use, decision.Reason) {
	switch {
	case left && u.Kind != ctxflow.Started:
		return ctxuse.Keeps, leftBehind
	case isOwnSignal(u, flow):
		return ctxuse.Inert, ownSignal
	case isOver(u, flow):
		return ctxuse.Inert, alreadyOver
	}
	return c.workIn(u)
}

// workIn says whether a use of a fresh context is one for which the end of the
// caller's context would have mattered: then it is [ctxuse.Observes], or
// [ctxuse.Perhaps]. For others, it returns why the use is right.
func (c *checker) workIn(u *ctxflow.Use) (ctxuse.Use, decision.Reason) {
	switch u.Kind {
	case ctxflow.Waited, ctxflow.Argument, ctxflow.Started:
	case ctxflow.Deferred:
		return ctxuse.Keeps, cleanUp
	default:
		return ctxuse.Keeps, keeps
	}
	if !c.isLive(u.Instr) {
		return ctxuse.Inert, athand.OverAtHand
	}
	if u.Kind == ctxflow.Waited {
		if sel, ok := u.Instr.(*ssa.Select); ok && (c.atHand.Liveness(sel.Parent()).HearsEnd(sel) || !sel.Blocking && loopHears(sel)) {
			return ctxuse.Inert, hearsEnd // a timer, or a signal, beside the end that matters
		}
		return ctxuse.Observes, ""
	}
	fn, call := u.Instr.Parent(), u.Call()
	if c.endsSomething(fn, call) {
		return ctxuse.Inert, cleanUp
	}
	if why := cmp.Or(c.purposes.Lasting(u.Instr), purpose.Compensation(u.Instr)); why != "" {
		return ctxuse.Inert, why
	}
	switch use := c.useOf(u.Instr, call); {
	case use == ctxuse.Inert:
		return use, inert
	case use == ctxuse.Keeps:
		if use = c.useOfKept(u); use != ctxuse.Keeps {
			return use, ""
		}
		return use, keeps
	case use == ctxuse.Observes && c.isEndedElsewhere(u):
		return ctxuse.Keeps, endedByOther
	case use == ctxuse.Observes && onlyLooksAt(u.Instr):
		return ctxuse.Perhaps, ""
	case use == ctxuse.Observes && givesBoth(call):
		return ctxuse.Keeps, bothGiven
	default:
		return use, ""
	}
}

// loopHears reports whether the loop around a poll makes a call with a context that comes from
// the caller: what is polled is a limit beside the end that matters.
func loopHears(poll *ssa.Select) bool {
	loop := ssax.LoopsOf(poll.Parent()).Around(poll.Block())
	found := false
	if loop != nil {
		loop.Instructions(func(instr ssa.Instruction) bool {
			call, ok := instr.(*ssa.Call)
			found = ok && givesBoth(&call.Call)
			return !found
		})
	}
	return found
}

// givesBoth reports whether a call passes a context of the caller beside the fresh
// one: the callee hears of its end, and the fresh one is there for what has to go on
// after that, as where a stop comes in two stages.
func givesBoth(call *ssa.CallCommon) bool {
	return slices.ContainsFunc(call.Args, func(arg ssa.Value) bool {
		return ctxlib.IsContextual(arg.Type()) && ctxflow.Of(arg, isRootCall).OnlyInherited()
	})
}

func isRootCall(call *ssa.CallCommon) bool { return rootOf(call) != noRoot }

// isLive reports whether a context at hand is live at an instruction, which may
// be in a literal of the function that has it.
func (c *checker) isLive(instr ssa.Instruction) bool {
	return c.atHand.Liveness(instr.Parent()).At(instr)
}

// useOf says what the callee of a call does with its context.
func (c *checker) useOf(instr ssa.Instruction, call *ssa.CallCommon) ctxuse.Use {
	if ctxuse.IsDial(ssax.Callee(call)) && !ctxuse.Blocks(c.pass.TypesInfo, nodeOf(ssax.Outermost(instr.Parent()))) {
		return ctxuse.Inert
	}
	if fn := concrete(call); fn != nil {
		return c.uses.Of(fn)
	}
	if fn := ssax.Callee(call); fn != nil {
		e, _ := c.expr(instr).(*ast.CallExpr)
		return c.uses.CallOf(e, fn)
	}
	if target := c.target(call); target != nil {
		if fn := ssax.FuncOf(target); fn != nil {
			return c.uses.Of(fn)
		}
		if lit, ok := literal(target); ok {
			return c.uses.OfLit(lit)
		}
	}
	if e, ok := c.expr(instr).(*ast.CallExpr); ok && !call.IsInvoke() {
		if use, ok := c.uses.OfValue(e.Fun); ok {
			return use
		}
	}
	if words.IsLogging(ssax.ValueName(call.Value)) && call.Signature().Results().Len() == 0 {
		return ctxuse.Inert
	}
	return ctxuse.Unseen(call.Signature())
}

// concrete returns the method that a call through an interface runs, if the value
// has just been put into the interface.
func concrete(call *ssa.CallCommon) *types.Func {
	if !call.IsInvoke() {
		return nil
	}
	mi, ok := call.Value.(*ssa.MakeInterface)
	if !ok {
		return nil
	}
	obj, _, _ := types.LookupFieldOrMethod(mi.X.Type(), true, call.Method.Pkg(), call.Method.Name())
	fn, _ := obj.(*types.Func)
	return fn
}

// endsSomething reports whether a call ends what was begun, such as Rollback, Shutdown
// or a function that does nothing else with its context, for which a fresh context is right. A function that is itself there to
// end something, and is given a context for that, should use it.
func (c *checker) endsSomething(fn *ssa.Function, call *ssa.CallCommon) bool {
	callee := ssax.Callee(call)
	if callee == nil || !words.CleansUp(callee.Name()) && !c.endsOnly(call) {
		return endsWhatReturned(fn, callee)
	}
	fn = ssax.Outermost(fn)
	h := c.atHand.Own(fn)
	return h == nil || h.Receiver || !words.CleansUp(fn.Name())
}

// isOver reports whether the fresh context has been cancelled where it is used: whoever passes
// such a one wants the work to be cut short.
func isOver(u *ctxflow.Use, flow *ctxflow.Flow) bool {
	if len(flow.Derived) != 1 {
		return false
	}
	return slices.ContainsFunc(cancels(flow.Derived), func(cancel ssa.Value) bool {
		return slices.ContainsFunc(*cancel.Referrers(), func(ref ssa.Instruction) bool {
			call, ok := ref.(*ssa.Call)
			return ok && call.Call.Value == cancel && ssax.Dominates(call, u.Instr)
		})
	})
}

// copies reports whether what is put into the fresh context is taken from
// another: its deadline, a value, its span. Then it is detached on purpose, as one
// had to before context.WithoutCancel.
func (c *checker) copies(flow *ctxflow.Flow) bool {
	for _, instr := range flow.Derived {
		for _, arg := range instr.(ssa.CallInstruction).Common().Args {
			if !ctxlib.IsContextual(arg.Type()) && fromContext(arg, make(map[ssa.Value]bool)) {
				return true
			}
		}
	}
	return false
}

// fromContext reports whether v is computed from a context. Values in seen have been
// asked about.
func fromContext(v ssa.Value, seen map[ssa.Value]bool) bool {
	if seen[v] {
		return false
	}
	seen[v] = true
	switch v := v.(type) {
	case *ssa.Call:
		if v.Call.IsInvoke() && ctxlib.IsContextual(v.Call.Value.Type()) {
			return true
		}
		for _, arg := range v.Call.Args {
			fn := ssax.Callee(&v.Call)
			if ctxlib.IsContext(arg.Type()) && fn != nil && words.Spans.Leads(fn.Name()) || fromContext(arg, seen) {
				return true
			}
		}
		return v.Call.IsInvoke() && fromContext(v.Call.Value, seen)
	case *ssa.Extract:
		return fromContext(v.Tuple, seen)
	case *ssa.MakeInterface:
		return fromContext(v.X, seen)
	case *ssa.ChangeInterface:
		return fromContext(v.X, seen)
	case *ssa.TypeAssert:
		return fromContext(v.X, seen)
	case *ssa.UnOp:
		return fromContext(v.X, seen)
	case *ssa.Phi:
		for _, e := range v.Edges {
			if fromContext(e, seen) {
				return true
			}
		}
	}
	return false
}
