package ctxreset

import (
	"cmp"
	"fmt"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/athand"
	"github.com/ctxlint/ctxlint/internal/engine/ctxflow"
	"github.com/ctxlint/ctxlint/internal/engine/purpose"
	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/model/words"
	"github.com/ctxlint/ctxlint/internal/pass/callpath"
	"github.com/ctxlint/ctxlint/internal/pass/catalog"
	"github.com/ctxlint/ctxlint/internal/pass/decision"
	"github.com/ctxlint/ctxlint/internal/pass/diag"
	"github.com/ctxlint/ctxlint/internal/pass/location"
	"github.com/ctxlint/ctxlint/internal/pass/symbol"
)

// findings collects what a package does wrong, so that calls of one helper are
// reported together.
type findings struct {
	c      *checker
	chains map[chainEnd][]*chainCall
}

// chainEnd is the place where a fresh context is made, and the function that does it.
type chainEnd struct {
	fn symbol.Func
	at string
}

// end returns where a chain ends: for a type that was designed without contexts, that is
// the type.
func (f *chainFact) end() chainEnd {
	if f.Design != nil {
		return chainEnd{f.Design.Type, f.Design.At}
	}
	return chainEnd{f.Hops.Last(), f.At}
}

// chainCall is a call of a helper that takes no context, in a function that has
// one.
type chainCall struct {
	call ssa.CallInstruction
	hand *athand.Context
	fact *chainFact

	explained bool // comments say in plain words that it is meant
}

func newFindings(c *checker) *findings {
	return &findings{c: c, chains: make(map[chainEnd][]*chainCall)}
}

// check looks at one function or function literal.
func (f *findings) check(fn *ssa.Function) {
	c := f.c
	if fn.Syntax() == nil {
		return
	}
	if ssax.InTest(fn) {
		c.silentIn(fn, inTest)
		return
	}
	h := c.atHand.In(fn)
	if h == nil {
		c.silentIn(fn, c.withoutContext(fn))
		if c.report.Enabled(blank) && athand.IgnoresContext(fn) {
			f.checkBlank(fn)
		}
		return
	}
	f.checkUnused(fn)
	if h = c.atHand.Worthwhile(fn); h == nil || !c.fresh {
		c.silentIn(fn, worthless)
		return
	}
	how := c.atHand.Mode(fn, h.Func)
	if how > athand.Started {
		c.silentIn(fn, atAnotherTime(how))
		return
	}
	var cut []*reset
	for _, r := range c.resets(fn) {
		if h.Receiver && c.twin(fn, &r.work[0]) != "" {
			c.silent(r.seed, wraps) // Exec wraps ExecContext for those who have none
			continue
		}
		cut = append(cut, r)
	}
	for _, defect := range c.defects(cut) {
		c.reportDefect(defect, func(r *reset) (diag.Finding, bool) {
			found, ok := f.reset(fn, h, how, r)
			found.Doubt(h.Doubt())
			return found, ok
		})
	}
	if how == athand.Started {
		return // what a goroutine calls is its own affair
	}
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			if call := c.awaitedCall(instr); call != nil {
				f.chain(call, h)
			}
		}
	}
}

// reset returns the finding about one fresh context in a function that has another,
// and whether there is one.
func (f *findings) reset(fn *ssa.Function, h *athand.Context, how athand.Mode, r *reset) (diag.Finding, bool) {
	c := f.c
	first := r.work[0]
	if how == athand.Started || first.Kind == ctxflow.Started {
		return f.goroutine(fn, h, r)
	}
	if h = c.atHand.Nearest(h, r.instr); h == nil {
		c.silent(r.seed, athand.Replaced)
		return diag.Finding{}, false
	}
	if c.onlyAsks(h, r) {
		c.silent(r.seed, ownEnd)
		return diag.Finding{}, false
	}
	r.kept = h.Kept()
	r.alters = r.alters || purpose.SetsGoing(fn, nil)
	r.likely = r.likely || c.purposes.OutlivesContext(fn) || c.looksItself(h, r)
	category, loss := direct, ""
	if h.Request {
		category = handler
		if !r.explained { // then the comment is what the reader has to judge
			loss = ", so the request's end and values are lost"
		}
	}
	remedy := "pass " + h.Expr
	if hasDeadline(r.flow) {
		remedy = "derive the timeout from it"
	}
	return c.finding(r, analysis.Diagnostic{
		Category: category,
		Message:  fmt.Sprintf("%s %s%s; %s", c.rootName(r.seed), c.workOf(r.work, c.mainWork(r.work)).cutOff(c.pass.Pkg.Path(), h.Expr), loss, remedy),
	}, c.inheritFix(h, r)), true
}

// onlyAsks reports whether all that gets a fresh context are methods of the object whose
// context is at hand, with bodies out of view: they return when it ends.
func (c *checker) onlyAsks(h *athand.Context, r *reset) bool {
	return !slices.ContainsFunc(r.work, func(u ctxflow.Use) bool {
		call := u.Call()
		if call == nil {
			return true
		}
		recv, _ := ssax.Receiver(call)
		return recv == nil || c.body(call) != nil || !h.EndsWith(recv)
	})
}

// looksItself reports whether all that gets a fresh context are methods of the object that
// keeps the one at hand, which look at that one anyway: they may well return when it ends.
func (c *checker) looksItself(h *athand.Context, r *reset) bool {
	return h.Kept() && !slices.ContainsFunc(r.work, func(u ctxflow.Use) bool {
		call := u.Call()
		if call == nil {
			return true
		}
		recv, _ := ssax.Receiver(call)
		body := c.body(call)
		if recv == nil || body == nil {
			return true
		}
		field := h.KeptBy(recv)
		return field == nil || !c.readersOf(field)[ssax.FuncOf(body)]
	})
}

// readersOf returns the functions of the package from which calls may lead to a use of a
// field.
func (c *checker) readersOf(field *types.Var) map[*types.Func]bool {
	readers, known := c.readers[field]
	if !known {
		uses := func(instr ssa.Instruction) bool {
			v, ok := instr.(ssa.Value)
			return ok && ssax.FieldOf(v) == field
		}
		readers = ssax.Reaching(c.builder.SSA().Funcs, func(fn *ssa.Function) bool { return ssax.Any(fn, uses) }, c.target)
		c.readers[field] = readers
	}
	return readers
}

// finding completes the diagnostic about a fresh context.
func (c *checker) finding(r *reset, d analysis.Diagnostic, fix *analysis.SuggestedFix) diag.Finding {
	d.Related = c.steps(r)
	d.Pos, d.End = c.span(r.instr)
	if fix != nil {
		d.SuggestedFixes = []analysis.SuggestedFix{*fix}
	}
	found := diag.Finding{Diagnostic: d, Explained: r.explained, Confidence: r.confidence()}
	if d.Category == direct && r.root.meant() && c.staysInModule(r) {
		found.Confidence = catalog.Low
	}
	return found
}

// steps tells what happens to the fresh context on its way, and who gets it.
func (c *checker) steps(r *reset) []analysis.RelatedInformation {
	var steps []analysis.RelatedInformation
	seen := make(map[token.Pos]bool)
	line := location.Of(c.pass, r.instr.Pos())
	add := func(pos token.Pos, message string) {
		if pos.IsValid() && !seen[pos] && location.Of(c.pass, pos) != line { // a reader sees what is on the same line
			seen[pos] = true
			steps = append(steps, analysis.RelatedInformation{Pos: pos, Message: message})
		}
	}
	for _, u := range r.work {
		for _, step := range u.Steps {
			add(step.Pos(), "derives from it")
		}
		add(u.Instr.Pos(), c.workName(&u)+" gets it")
	}
	return steps
}

// chain notes a call that leads to a fresh context.
func (f *findings) chain(call ssa.CallInstruction, h *athand.Context) {
	c := f.c
	if ctxlib.Takes(call.Common().Signature()) {
		return
	}
	fact, why := c.chainOfCall(call)
	if fact == nil {
		return
	}
	if why = cmp.Or(why, f.callsOff(call), purpose.Compensation(call)); why == "" {
		if h = c.atHand.Nearest(h, call); h == nil {
			why = athand.Replaced
		}
	}
	if why != "" {
		c.report.Silent(chain, call.Pos(), why)
		return
	}
	if c.purposes.RunsAtStart(call) || fact.Timeout && purpose.IsPeriodic(call) {
		likely := *fact
		likely.Likely = true
		fact = &likely
	}
	end := fact.end()
	f.chains[end] = append(f.chains[end], &chainCall{call, h, fact, fact.Explained || c.comments.explains(call.Pos())})
}

// callsOff returns a reason if the call ends something: s.Close() in a function that
// has a context. What it does is cleanup.
func (f *findings) callsOff(call ssa.CallInstruction) decision.Reason {
	if fn := ssax.Callee(call.Common()); fn != nil && words.CleansUp(fn.Name()) {
		return cleanUp
	}
	return ""
}

// report reports the chains, each root once: at its nearest call that no comment
// silences.
func (f *findings) report() {
	groups := callpath.Groups(f.c.places, f.chains, func(cc *chainCall) callpath.Call {
		return callpath.Call{Caller: f.c.funcName(cc.call.Parent()), Pos: cc.call.Pos(), Length: len(cc.fact.Hops)}
	})
	for _, calls := range groups {
		f.reportGroup(calls)
	}
}

// reportGroup reports the calls of one root, of which the first is preferred.
func (f *findings) reportGroup(calls []*chainCall) {
	var all []diag.Finding
	for _, cc := range calls {
		end := cc.fact.end()
		found := diag.Finding{
			Diagnostic: f.chainDiagnostic(cc),
			Explained:  cc.explained,
			Confidence: f.confidence(cc),
			Root:       &catalog.Root{Place: end.at, Func: end.fn.String(), Steps: len(cc.fact.Hops)},
		}
		found.Doubt(cc.hand.Doubt())
		all = append(all, found)
	}
	f.c.report.ReportRoot(all)
}

// confidence says how much of a chain is proved, and that somebody wants to change all of
// its functions.
func (f *findings) confidence(cc *chainCall) catalog.Confidence {
	fact, caller := cc.fact, cc.call.Parent()
	alters := fact.Alters || purpose.SetsGoing(caller, fact.Hops)
	switch {
	case fact.Likely, fact.Root.meant(), fact.Design != nil, alters, cc.hand.Kept(), settlesUp(caller), f.c.purposes.OutlivesContext(caller):
		return catalog.Low
	}
	return catalog.High
}

// chainDiagnostic shows a call and the way from it to the fresh context: its ends in
// the message, each step in the related information.
func (f *findings) chainDiagnostic(cc *chainCall) analysis.Diagnostic {
	c, fact := f.c, cc.fact
	caller := c.callerName(cc.call.Parent())
	remedy := fmt.Sprintf("; give %s a ctx parameter", fact.Hops.Pronoun())
	switch {
	case fact.Design != nil:
		remedy = fmt.Sprintf(", as do %d methods of %s; give them a ctx parameter", fact.Design.Methods, fact.Design.Type.In(c.pass.Pkg.Path()))
	case fact.Twin != "":
		remedy = fmt.Sprintf("; call %s with %s", fact.Twin, cc.hand.Expr)
	case fact.Last != "":
		remedy = fmt.Sprintf("; give %s a ctx parameter and call %s", fact.Hops[:len(fact.Hops)-1].Pronoun(), fact.Last)
	case fact.Timeout && !cc.explained:
		remedy += " to derive the timeout from"
	}
	d := analysis.Diagnostic{
		Category: chain,
		Message: fmt.Sprintf("%s → %s: %s at %s %s%s",
			caller, fact.Hops.Ends(c.pass.Pkg.Path()), fact.Root.in(c.pass.Pkg.Path()), location.In(fact.At, c.pass.Pkg.Path()), fact.Work.cutOff(c.pass.Pkg.Path(), cc.hand.Expr), remedy),
	}
	d.Pos, d.End = c.span(cc.call)
	d.Related = c.places.Steps(fact.Hops, "makes the fresh context", cc.call.Pos(), c.callee(cc.call))
	return d
}

// callee returns the function or the method of an interface that is called, nil
// if that is neither.
func (c *checker) callee(call ssa.CallInstruction) types.Object {
	if call.Common().IsInvoke() {
		return call.Common().Method
	}
	if target := c.target(call.Common()); target != nil {
		return target.Object()
	}
	return nil
}

// checkBlank reports a function that does not name its context and makes a fresh
// one for its work.
func (f *findings) checkBlank(fn *ssa.Function) {
	c := f.c
	for _, g := range c.atHand.Inline(fn) {
		for _, defect := range c.defects(c.resets(g)) {
			c.reportDefect(defect, func(r *reset) (diag.Finding, bool) {
				// The category is likely and no more, without another step that is.
				return c.finding(r, analysis.Diagnostic{
					Category: blank,
					Message:  fmt.Sprintf("%s gives %s to %s although its caller passes a context; name the parameter and pass it", c.funcName(fn), c.rootName(r.seed), c.allWork(r)),
				}, nil), !r.likely
			})
		}
	}
}
