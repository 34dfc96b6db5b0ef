package metriclifecycle

import (
	"cmp"
	"fmt"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/fixpoint"
	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/pass/catalog"
	"github.com/ctxlint/ctxlint/internal/pass/diag"
)

// An event is something that should happen once in the life of a process, or of an
// instance: a registration, or the making of an instrument.
type event struct {
	category string
	instr    ssa.CallInstruction
	what     string    // "promauto.NewCounter", "MustRegister"
	name     string    // of the metric or of the variable that holds it, or ""
	metric   string    // the name of the metric, or ""
	fixed    bool      // the same collector each time, so that the second panics
	registry ssa.Value // where to, nil for the default one; not for OpenTelemetry
	made     bool      // the collector is made by the call, or right before it
	kept     bool      // in a field of a struct that the function makes
}

// events returns what happens in fn itself, whatever it depends on.
func (c *checker) events(fn *ssa.Function) []event {
	if got, ok := c.eventsOf[fn]; ok {
		return got
	}
	var out []event
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			call, ok := instr.(ssa.CallInstruction)
			if !ok {
				continue
			}
			if e, ok := c.eventOf(call); ok {
				out = append(out, e)
			}
		}
	}
	if slices.ContainsFunc(fn.Blocks, c.takesBack) {
		out = nil
	}
	c.eventsOf[fn] = out
	return out
}

// takesBack reports whether the block unregisters something, or finds out what was
// registered before.
func (c *checker) takesBack(b *ssa.BasicBlock) bool {
	for _, instr := range b.Instrs {
		switch instr := instr.(type) {
		case ssa.CallInstruction:
			if fn := ssax.Callee(instr.Common()); fn != nil && fn.Name() == "Unregister" {
				return true
			}
		case *ssa.TypeAssert:
			if ctxlib.IsNamedOrPointer(instr.AssertedType, promPath, "AlreadyRegisteredError") {
				return true
			}
		case *ssa.Alloc:
			if ctxlib.IsNamedOrPointer(instr.Type().(*types.Pointer).Elem(), promPath, "AlreadyRegisteredError") {
				return true // for errors.As
			}
		}
	}
	return false
}

func (c *checker) eventOf(call ssa.CallInstruction) (event, bool) {
	if e, ok := instrumentOf(call); ok {
		return e, true
	}
	r, ok := c.registrationOf(call)
	if !ok || !r.must {
		return event{}, false // its caller decides what to do about a Register that fails
	}
	e := event{category: hotRegister, instr: call, what: r.method, registry: r.registry}
	if len(r.collectors) == 0 {
		return event{}, false
	}
	for _, v := range r.collectors {
		if made, kept := c.madeBy(v); made != nil {
			if kept != nil && c.unregisters() {
				return event{}, false // a method of the struct may take it out
			}
			e.kept = e.kept || kept != nil
			m, known := c.vectors.Made(&made.Call)
			if !known {
				return event{}, false // it may be anything
			}
			e.made, e.name, e.metric = true, m.Name, m.Name
			e.fixed = e.fixed || m.Fixed
			continue
		}
		if g := globalOf(v); g != nil && !c.changes(g) {
			e.fixed, e.name = true, g.Name() // the same collector each time
			continue
		}
		return event{}, false
	}
	if registryOf(r.registry).varying {
		e.fixed = false
	}
	return e, true
}

// globalOf returns the package variable that v was loaded from.
func globalOf(v ssa.Value) *ssa.Global {
	if load, ok := v.(*ssa.UnOp); ok && load.Op == token.MUL {
		g, _ := load.X.(*ssa.Global)
		return g
	}
	return nil
}

// A reached event is one that a function brings about each time it is called.
type reached struct {
	event
	steps []ssa.CallInstruction // the calls on the way, outermost first
	comes bool                  // another collector for each thing that a channel brings
	fact  *repeatFact           // about the function that the last step calls, of another package
}

const (
	// maxEvents bounds the events that are kept for one function, and so those of its
	// callers, and theirs.
	maxEvents = 10
	// maxSteps bounds the calls between a function and an event; nobody follows a
	// longer path in a finding.
	maxSteps = 6
)

// newRepeats returns the solver for the events that every call of a function brings
// about: its own and those of the functions that it always calls, as far as nothing
// that outlives the call decides about them. Registries that it is given are the
// caller's choice. A recursive call adds no event, and none is reached in two ways.
func (c *checker) newRepeats() *fixpoint.Solver[*ssa.Function, []reached] {
	return fixpoint.New(fixpoint.Problem[*ssa.Function, []reached]{
		Step:  c.findRepeats,
		Join:  addEvents,
		Equal: func(a, b []reached) bool { return len(a) == len(b) }, // they only grow
	})
}

// addEvents returns all and those of more that are not among them, up to maxEvents.
func addEvents(all, more []reached) []reached {
	all = slices.Clip(all)
	for _, r := range more {
		same := func(o reached) bool { return o.instr == r.instr && o.registry == r.registry }
		if len(all) < maxEvents && !slices.ContainsFunc(all, same) {
			all = append(all, r)
		}
	}
	return all
}

// findRepeats is the Step of repeats.
func (c *checker) findRepeats(fn *ssa.Function) []reached {
	if isOnce(fn) {
		return nil
	}
	var out []reached
	for _, e := range c.events(fn) {
		if !c.dependsOnState(e.instr, nil) && c.hotRegistry(fn, e) {
			out = addEvents(out, []reached{{event: e}})
		}
	}
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			call, ok := instr.(ssa.CallInstruction)
			if !ok {
				continue
			}
			for _, r := range c.calledEvents(call) {
				if len(r.steps) < maxSteps && !c.dependsOnState(call, nil) {
					r.steps = append([]ssa.CallInstruction{call}, r.steps...)
					out = addEvents(out, []reached{r})
				}
			}
		}
	}
	return out
}

// calledEvents returns the events that a call brings about in the function that
// it runs.
func (c *checker) calledEvents(call ssa.CallInstruction) []reached {
	if _, ok := c.eventOf(call); ok {
		return nil
	}
	if body := ssax.Body(call.Common().StaticCallee()); body != nil {
		if slices.ContainsFunc(body.Blocks, c.takesBack) {
			return nil
		}
		var out []reached
		for _, r := range c.repeats.Get(body) {
			if r.category == hotRegister && r.fact == nil && len(r.steps) == 0 {
				// The registry may be an argument of this call.
				if p, ok := registryParam(r.registry); ok && p.Parent() == body {
					r.registry = ssax.Argument(call.Common(), p)
					if !c.hotRegistry(call.Parent(), r.event) {
						continue
					}
				}
			}
			out = append(out, r)
		}
		return out
	}
	fn := ssax.Callee(call.Common())
	fact := new(repeatFact)
	if fn == nil || call.Common().IsInvoke() || !c.pass.ImportObjectFact(fn, fact) {
		return nil
	}
	return []reached{{event: event{category: hotRegister, instr: call, what: fact.What, name: fact.Name, metric: fact.Name, fixed: fact.Fixed, made: true}, fact: fact}}
}

func registryParam(v ssa.Value) (*ssa.Parameter, bool) {
	if v == nil {
		return nil, false
	}
	r := registryOf(v)
	return r.param, r.kind == paramRegistry
}

// hotRegistry reports whether the registry of an event in fn can be the same in
// every call of fn; that of a parameter is judged where fn is called.
func (c *checker) hotRegistry(fn *ssa.Function, e event) bool {
	if e.category != hotRegister || e.registry == nil {
		return true
	}
	switch r := registryOf(e.registry); r.kind {
	case defaultRegistry, paramRegistry:
		return true
	case globalRegistry:
		return !c.changes(r.global)
	case fieldRegistry:
		return hotRoot(fn) != "" && r.own
	}
	return false
}

// isOnce reports whether fn, being what it is, runs once in the life of the
// process.
func isOnce(fn *ssa.Function) bool {
	return ssax.IsInit(fn) || ssax.IsMain(fn)
}

// checkHot reports what fn does again and again that should be done once: in each
// of its calls, if it answers requests, or in each iteration of a loop.
func (c *checker) checkHot(fn *ssa.Function) {
	if !fn.Pos().IsValid() || ssax.InTest(fn) {
		return
	}
	root := hotRoot(fn)
	if root != "" {
		for _, r := range c.repeats.Get(fn) {
			if p, ok := registryParam(r.registry); ok && p != nil {
				continue // of a registry that its caller chooses
			}
			c.reportHot(r, "each call of "+named(root, fn), fn.Pos())
		}
		return
	}
	c.checkLoops(fn)
}

// sure reports whether a second event is sure to fail or to add something. A meter
// returns what it has made before; what a struct keeps somebody may take out; and what
// a channel brings may be few.
func (r reached) sure() bool { return !r.isInstrument() && !r.kept && !r.comes }

func (c *checker) reportHot(r reached, when string, hot token.Pos) {
	at := r.instr
	called := len(r.steps) > 0 && (r.fact != nil || r.kept) // what registers is a constructor
	if called {
		at = r.steps[len(r.steps)-1]
	}
	if at == nil || !at.Pos().IsValid() || ssax.InstrInTest(at) || c.reported[at] {
		return
	}
	c.reported[at] = true
	var related []analysis.RelatedInformation
	if hot.IsValid() {
		related = append(related, analysis.RelatedInformation{Pos: hot, Message: when + " gets here"})
	}
	for _, s := range r.steps {
		if s != at && s.Pos().IsValid() {
			related = append(related, analysis.RelatedInformation{Pos: s.Pos(), Message: "calls " + nameOfCallee(s.Common())})
		}
	}
	what := r.what
	if called {
		what += fmt.Sprintf(" in %s", nameOfCallee(at.Common()))
	}
	name := cmp.Or(r.name, "the collector")
	var message string
	switch {
	case r.category == callback:
		message = fmt.Sprintf("%s runs on %s and adds a callback each time; register it once, or keep the result and call its Unregister", what, when)
	case r.registry == nil && r.event.isInstrument():
		message = fmt.Sprintf("%s runs on %s although an instrument is made once and kept; make it where the meter is made", what, when)
	case r.fixed:
		message = fmt.Sprintf("%s runs on %s and panics on the second: %s is registered already; register it at startup", what, when, name)
	default:
		message = fmt.Sprintf("%s runs on %s and panics or adds a collector each time; use one vector with a label instead", what, when)
	}
	pos, end := c.span(at)
	c.report.ReportFinding(diag.Finding{
		Diagnostic: analysis.Diagnostic{Pos: pos, End: end, Category: r.category, Message: message, Related: related},
		Confidence: catalog.Grade(r.category == callback || r.sure()),
		Metric:     r.piles(),
	})
}

// named returns what messages call fn, which is what [hotRoot] says it is: "the
// HTTP handler Show".
func named(root string, fn *ssa.Function) string {
	if fn.Parent() != nil {
		return "the " + root
	}
	return "the " + root + " " + ssax.ShortName(fn)
}

func nameOfCallee(call *ssa.CallCommon) string {
	if fn := ssax.Callee(call); fn != nil {
		return fn.Name()
	}
	return "a function literal"
}
