package missingctx

import (
	"cmp"
	"fmt"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/athand"
	"github.com/ctxlint/ctxlint/internal/engine/conditions"
	"github.com/ctxlint/ctxlint/internal/engine/designs"
	"github.com/ctxlint/ctxlint/internal/engine/fixpoint"
	"github.com/ctxlint/ctxlint/internal/engine/purpose"
	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/words"
	"github.com/ctxlint/ctxlint/internal/pass/callpath"
	"github.com/ctxlint/ctxlint/internal/pass/catalog"
	"github.com/ctxlint/ctxlint/internal/pass/decision"
	"github.com/ctxlint/ctxlint/internal/pass/diag"
	"github.com/ctxlint/ctxlint/internal/pass/location"
	"github.com/ctxlint/ctxlint/internal/pass/scope"
	"github.com/ctxlint/ctxlint/internal/pass/symbol"
)

// chainFact says that a function which takes no context waits under none, itself or
// through others. The chain is complete: facts of packages that are imported indirectly
// are not relied on.
type chainFact struct {
	Module     string        // path of the function's module, "" if the driver does not tell
	Hops       callpath.Path // from the function itself down to the one that waits
	What       symbol.Func
	At         string          // where it waits, by [location.Of]
	Design     *designs.Design // to which the last function belongs, nil if it is to none
	Conditions []conditions.Condition
	Between    int  // 1 + the index of the argument that is called between two waits: it has to work under a context, or this is no more than likely
	Likely     bool // that the end of a context would matter is likely, not proved
	Doubted    bool // so little is lost that it is hardly worth a change
}

func (*chainFact) AFact() {}

// String returns the form in which fixtures assert the fact.
func (f *chainFact) String() string {
	return f.Hops.String() + ": " + f.What.In("")
}

// sureHops is the length up to which it is sure that somebody wants to change all
// functions of a chain.
const sureHops = 3

// exportFacts exports the chains of the package's functions.
func (c *checker) exportFacts() {
	for _, fn := range c.builder.SSA().Funcs {
		obj, ok := fn.Object().(*types.Func)
		if !ok || fn.Parent() != nil {
			continue
		}
		c.report.Guard(fn.Pos(), func() {
			if fact := c.chains.Get(fn); fact != nil {
				c.pass.ExportObjectFact(obj, fact)
			}
		})
	}
}

// newChains returns the solver for the chains that begin with functions of the package.
// A recursive call adds nothing to a function's own chain.
func (c *checker) newChains() *fixpoint.Solver[*ssa.Function, *chainFact] {
	return fixpoint.New(fixpoint.Problem[*ssa.Function, *chainFact]{
		Step:  c.findChain,
		Join:  worse,
		Equal: func(a, b *chainFact) bool { return a == b },
	})
}

// findChain is the Step of chains.
func (c *checker) findChain(fn *ssa.Function) *chainFact {
	if !c.reaching()[ssax.FuncOf(fn)] || !c.atHand.Lacks(fn) {
		return nil
	}
	var fact *chainFact
	for _, f := range c.atHand.Inline(fn) {
		for _, p := range c.in(f) {
			fact = worse(fact, c.ownChain(fn, p))
		}
		for _, b := range f.Blocks {
			for _, instr := range b.Instrs {
				if call, ok := instr.(*ssa.Call); ok {
					fact = worse(fact, c.calleesChain(fn, call))
				}
			}
		}
	}
	if fact != nil && c.prescribed.Of(fn).Fixed() {
		return nil
	}
	return fact
}

// reaching returns the functions of the package from which calls may lead to a wait under
// no context. Most are none of them, and have no chain.
func (c *checker) reaching() map[*types.Func]bool {
	if c.reach == nil {
		c.reach = ssax.Reaching(c.builder.SSA().Funcs, func(fn *ssa.Function) bool {
			return ssax.Any(fn, func(instr ssa.Instruction) bool { return c.pauseAt(instr) != nil || c.leaves(instr) })
		}, target)
	}
	return c.reach
}

// leaves reports whether an instruction calls a function of another package that has a
// chain.
func (c *checker) leaves(instr ssa.Instruction) bool {
	call, ok := instr.(*ssa.Call)
	if !ok {
		return false
	}
	obj := objectOf(&call.Call)
	return obj != nil && obj.Pkg() != c.pass.Pkg && c.chainOf(&call.Call) != nil
}

// ownChain returns the chain of a function that waits itself.
func (c *checker) ownChain(fn *ssa.Function, p *pause) *chainFact {
	if c.report.Silences(chain, p.instr.Pos()) {
		return nil
	}
	between := 0
	if p.remote && p.between != nil && p.between.Parent() == fn {
		between = 1 + slices.Index(fn.Params, p.between)
	}
	likely := p.likely && p.category == sleep || p.remote && between == 0 || p.alters || c.report.Generated(fn.Pos()) || words.SettlesUp(fn.Name()) || isStarter(fn) ||
		purpose.Mute(fn, p.instr) || c.writes(fn)
	at := c.places.Of(p.instr.Pos())
	return &chainFact{
		Module:     scope.Module(c.pass),
		Hops:       callpath.Path{{Func: c.symbol(fn), At: at}},
		What:       p.what,
		At:         at,
		Design:     c.designs.Of(fn),
		Conditions: conditions.At(p.instr),
		Between:    between,
		Likely:     likely,
		Doubted:    p.doubted,
	}
}

// writes reports whether a function changes what a database has: that, and what it reads
// for it, may be meant to be finished once it is begun.
func (c *checker) writes(fn *ssa.Function) bool {
	return slices.ContainsFunc(c.atHand.Inline(fn), func(f *ssa.Function) bool {
		return slices.ContainsFunc(c.in(f), func(p *pause) bool { return p.what.Path == "database/sql" && p.what.Name == "Exec" })
	})
}

// isStarter reports whether the name of a function says that it is called once, when the
// process starts. Its callers are out of sight.
func isStarter(fn *ssa.Function) bool {
	return fn.Object() != nil && fn.Object().Exported() && words.StartsUp(fn.Name())
}

// calleesChain returns the chain of a function that goes on with one of its calls.
func (c *checker) calleesChain(fn *ssa.Function, call *ssa.Call) *chainFact {
	next, why := c.chainOfCall(call)
	if next == nil || why != "" || len(next.Hops) >= callpath.Max || c.report.Silences(chain, call.Pos()) {
		return nil
	}
	fact := *next
	fact.Module = scope.Module(c.pass)
	fact.Hops = next.Hops.From(callpath.Hop{Func: c.symbol(fn), At: c.places.Of(call.Pos())})
	fact.Likely = fact.Likely || isStarter(fn) || purpose.Mute(fn, call)
	return &fact
}

// chainOfCall returns the chain of the function that a call runs, nil if it has none, or
// not with these arguments, or has a context in them. With a chain it also returns why it
// does not matter there, "" if it does.
func (c *checker) chainOfCall(call *ssa.Call) (*chainFact, decision.Reason) {
	if takesOne(&call.Call) {
		return nil, ""
	}
	fact := c.chainOf(&call.Call)
	if fact == nil {
		return nil, ""
	}
	conds, ok := conditions.Through(call, fact.Conditions)
	if !ok {
		return nil, ""
	}
	at := fact.given(call)
	at.Conditions = conds
	if !c.isLive(call, fact.What.Path == "time") {
		return at, athand.OverAtHand
	}
	return at, cmp.Or(c.purposes.Lasting(call), purpose.Compensation(call))
}

// target returns the function that a call is certain to run, nil if there may be others.
func target(call *ssa.CallCommon) *ssa.Function {
	fn := ssax.Static(call)
	if fn == nil && !call.IsInvoke() {
		fn = ssax.Origin(ssax.Target(call.Value))
	}
	return fn
}

// objectOf returns the declared function that a call is certain to run. It is nil for a
// literal, which counts as part of the function that makes it.
func objectOf(call *ssa.CallCommon) *types.Func {
	fn := target(call)
	if fn == nil {
		return nil
	}
	return ssax.FuncOf(fn)
}

func (c *checker) chainOf(call *ssa.CallCommon) *chainFact {
	obj := objectOf(call)
	switch {
	case obj == nil || obj.Pkg() == nil:
		return nil
	case c.forms.of(obj) != nil: // it is reported itself
		return nil
	case obj.Pkg() == c.pass.Pkg:
		if fn := c.builder.SSA().Pkg.Prog.FuncValue(obj.Origin()); fn != nil {
			return c.chains.Get(fn)
		}
		return nil
	}
	fact := new(chainFact)
	if c.pass.ImportObjectFact(obj.Origin(), fact) && scope.SameModule(c.pass, obj.Pkg(), fact.Module) {
		return fact
	}
	return nil
}

// doubts ranks what is not proved about a chain.
func (f *chainFact) doubts() int {
	switch {
	case f.Doubted, f.Design != nil:
		return 2
	case f.Likely, f.Between > 0:
		return 1
	}
	return 0
}

// worse returns the more serious of two chains: any rather than none, one that is proved
// rather than likely, and among these the one on fewer conditions, and with fewer
// functions. Of equals it is the first.
func worse(a, b *chainFact) *chainFact {
	switch {
	case a == nil:
		return b
	case b == nil:
		return a
	case a.doubts() != b.doubts():
		if a.doubts() > b.doubts() {
			return b
		}
	case cmp.Or(cmp.Compare(len(b.Conditions), len(a.Conditions)), cmp.Compare(len(b.Hops), len(a.Hops))) < 0:
		return b
	}
	return a
}

// chainEnd is the place where a chain waits, and the function that does.
type chainEnd struct {
	fn symbol.Func
	at string
}

// end returns where the chain ends: in a function that waits, or in a type of which all
// do.
func (f *chainFact) end() chainEnd {
	if f.Design != nil {
		return chainEnd{f.Design.Type, f.Design.At}
	}
	return chainEnd{f.Hops.Last(), f.At}
}

// chainCall is a call of a helper that takes no context, in a function that has one.
type chainCall struct {
	call *ssa.Call
	hand *athand.Context
	fact *chainFact
}

// chain notes a call that leads to a wait under no context.
func (f *findings) chain(call *ssa.Call, h *athand.Context) {
	c := f.c
	fact, why := c.chainOfCall(call)
	if fact == nil {
		return
	}
	if why == "" {
		if h = c.atHand.Nearest(h, call); h == nil {
			why = athand.Replaced
		}
	}
	if why != "" {
		c.silent(chain, call, why)
		return
	}
	end := fact.end()
	f.chains[end] = append(f.chains[end], &chainCall{call, h, fact})
}

// report reports the chains, each root once: at its nearest call that no comment
// silences.
func (f *findings) report() {
	groups := callpath.Groups(f.c.places, f.chains, func(cc *chainCall) callpath.Call {
		return callpath.Call{Caller: f.c.symbol(cc.call.Parent()).String(), Pos: cc.call.Pos(), Length: len(cc.fact.Hops)}
	})
	for _, calls := range groups {
		f.reportGroup(calls)
	}
}

// waitsItself reports whether a function that could be given a context waits without one,
// in its own body.
func (c *checker) waitsItself(fn *ssa.Function) bool {
	return c.atHand.Lacks(fn) && slices.ContainsFunc(c.atHand.Inline(fn), func(f *ssa.Function) bool { return len(c.in(f)) > 0 })
}

// reportGroup reports the calls of one root, of which the first is preferred.
func (f *findings) reportGroup(calls []*chainCall) {
	var all []diag.Finding
	for _, cc := range calls {
		c, fact := f.c, cc.fact
		found := diag.Finding{
			Diagnostic: f.chainDiagnostic(cc),
			Confidence: c.confidence(cc.call, cc.hand, fact.Hops, false, fact.doubts() > 0 || len(fact.Hops) > sureHops),
			Root:       &catalog.Root{Place: fact.end().at, Func: fact.end().fn.String(), Steps: len(fact.Hops)},
		}
		found.Doubt(cc.hand.Doubt())
		all = append(all, found)
	}
	f.c.report.ReportRoot(all)
}

// chainDiagnostic shows a call and the way from it to the wait.
func (f *findings) chainDiagnostic(cc *chainCall) analysis.Diagnostic {
	c, fact := f.c, cc.fact
	path := c.pass.Pkg.Path()
	remedy := "; give " + fact.Hops.Pronoun() + " a ctx parameter"
	if fact.Design != nil {
		remedy = fmt.Sprintf(", as do %d methods of %s; give them a ctx parameter", fact.Design.Methods, fact.Design.Type.In(path))
	}
	d := analysis.Diagnostic{
		Category: chain,
		Message: fmt.Sprintf("%s() → %s: %s at %s goes on after %s has ended%s",
			c.symbol(cc.call.Parent()).In(path), fact.Hops.Ends(path), fact.What.In(path), location.In(fact.At, path), cc.hand.Expr, remedy),
	}
	d.Pos, d.End = c.span(cc.call)
	var callee types.Object
	if fn := ssax.Callee(&cc.call.Call); fn != nil {
		callee = fn
	}
	d.Related = c.places.Steps(fact.Hops, "waits", cc.call.Pos(), callee)
	return d
}

// symbol names a function, or for a literal what is declared around it.
func (c *checker) symbol(fn *ssa.Function) symbol.Func {
	outer := ssax.Outermost(fn)
	if obj := ssax.FuncOf(outer); obj != nil {
		return symbol.Of(obj)
	}
	return symbol.Func{Path: c.pass.Pkg.Path(), Package: c.pass.Pkg.Name(), Name: outer.Name()}
}
