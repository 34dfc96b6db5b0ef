package goroutineleak

import (
	"cmp"
	"fmt"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/concurrency"
	"github.com/ctxlint/ctxlint/internal/engine/fixpoint"
	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/pass/catalog"
	"github.com/ctxlint/ctxlint/internal/pass/location"
)

// A producer is a function that returns a channel on which goroutines send that it has
// started.
type producer struct {
	fn       *ssa.Function
	made     *ssa.MakeChan
	capacity int
	sends    int // how many sends there may be when it returns that nobody has received
	sender   sender
	site     ssa.Instruction // what starts the goroutine
	own      *delivery       // where the channel is made
	far      *production     // what is known instead of made, sender, site and own, if fn is in another package
}

// result is result i of a function.
type result struct {
	fn *ssa.Function
	i  int
}

// newProducers returns the solver that finds producers.
func (c *checker) newProducers() *fixpoint.Solver[result, *producer] {
	return fixpoint.New(fixpoint.Problem[result, *producer]{
		Step: c.findProducer,
		Equal: func(a, b *producer) bool {
			return a == b || a != nil && b != nil && a.made == b.made && a.sends == b.sends && a.site == b.site
		},
	})
}

// findProducer is the Step of checker.producers. The channel is one that the function
// makes, or one that another producer returns to it.
func (c *checker) findProducer(r result) *producer {
	origin := returned(r)
	var d *delivery
	switch origin := origin.(type) {
	case *ssa.MakeChan:
		d = c.deliveryOf(origin)
	case *ssa.Call:
		d = c.deliveryBy(origin, 0)
	case *ssa.Extract:
		d = c.deliveryBy(origin.Tuple.(*ssa.Call), origin.Index)
	}
	if d == nil || d.agreed {
		return nil
	}
	p := &producer{fn: r.fn, capacity: d.capacity}
	w := c.newWalk(d)
	w.leave = func(exit ssa.Instruction, s state) {
		ret, ok := exit.(*ssa.Return)
		if ok && s.count() > p.sends && d.Held.Is(ret.Results[r.i]) {
			p.sends, p.site = s.count(), w.sites[s.site()-1]
		}
	}
	if len(w.sites) >= 1<<siteBits || !w.run(d.made, w.start()) || p.sends == 0 {
		return nil
	}
	p.sender, p.own = d.bare[p.site], d
	if d.given != nil {
		p.site, p.own, p.made, p.far = d.given.site, d.given.own, d.given.made, d.given.far
		return p
	}
	p.made = d.root()
	return p
}

// deliveryOf returns what is known of a channel that a make makes, nil if that is not
// everything.
func (c *checker) deliveryOf(made *ssa.MakeChan) *delivery {
	capacity, ok := capacityOf(made)
	if !ok {
		return nil
	}
	return c.delivery(concurrency.Holder{Fn: made.Parent(), Held: c.pkg.Held(made)}, made, capacity, nil)
}

// deliveryBy returns what is known of the channel that a producer returns to the caller
// as result i, nil if that is not everything.
func (c *checker) deliveryBy(call *ssa.Call, i int) *delivery {
	var given *producer
	if callee := c.pkg.Callee(&call.Call); callee != nil {
		given = c.producers.Get(result{callee, i})
	} else {
		given = c.imported(ssax.Callee(&call.Call), i)
	}
	v := ssax.Result(call, i)
	if given == nil || v == nil {
		return nil
	}
	return c.delivery(concurrency.Holder{Fn: call.Parent(), Held: c.pkg.Held(v)}, call, given.capacity, given)
}

// imported returns what a fact says of result i of a function of another package, nil if
// there is none.
func (c *checker) imported(fn *types.Func, i int) *producer {
	fact := new(producerFact)
	if fn == nil || fn.Pkg() == c.pass.Pkg || !c.pass.ImportObjectFact(fn.Origin(), fact) {
		return nil
	}
	for _, r := range fact.Results {
		if r.Index == i {
			return &producer{capacity: r.Capacity, sends: r.Sends, far: &r}
		}
	}
	return nil
}

// checkImported reports calls of producers of other packages, as checkProducer reports
// those of this one.
func (c *checker) checkImported(fn *ssa.Function) {
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			call, ok := instr.(*ssa.Call)
			if !ok || call.Call.IsInvoke() || c.pkg.Callee(&call.Call) != nil || c.pkg.LivesOn(call) {
				continue
			}
			for i := range call.Call.Signature().Results().Len() {
				if !isChan(call.Call.Signature().Results().At(i).Type()) {
					continue
				}
				d := c.deliveryBy(call, i)
				if d == nil {
					continue
				}
				leak, why := c.abandoned(d)
				if leak == nil {
					c.silent(blockedSend, call, why)
					continue
				}
				c.reportFar(d, leak, ssax.Callee(&call.Call))
			}
		}
	}
}

// reportFar reports the call of a function of another package whose goroutine blocks.
func (c *checker) reportFar(d *delivery, leak *abandonment, callee *types.Func) {
	what := "leaves without receiving"
	if leak.most > 1 {
		what = "leaves before receiving everything"
	}
	far := d.given.far
	advice := "receive the rest, or buffer the channel"
	if ctx := namedContext(callee); ctx != "" {
		advice = fmt.Sprintf("let it select on %s.Done() too", ctx)
	}
	related := append([]analysis.RelatedInformation{{Pos: d.made.Pos(), Message: fmt.Sprintf("%s makes the channel at %s%s", callee.Name(), location.In(far.Made, c.pass.Pkg.Path()), capacityText(d.capacity))}},
		chosenStory(leak)...)
	c.foundWith(graded(d.capacity <= maxRoom || leak.most < many, catalog.High), analysis.Diagnostic{
		Pos: d.made.Pos(), Category: blockedSend,
		Message: fmt.Sprintf("the goroutine of %s blocks forever at %s when %s %s; %s",
			callee.Name(), location.In(far.Send, c.pass.Pkg.Path()), functionName(d.Fn), what, advice),
		Related: append(related, analysis.RelatedInformation{Pos: ssax.ExitPos(leak.exit), Message: "this path " + what}),
	})
}

// namedContext returns the name of the context that a function is given, "" if it has none.
func namedContext(fn *types.Func) string {
	for p := range fn.Signature().Params().Variables() {
		if ctxlib.IsContext(p.Type()) && p.Name() != "_" {
			return p.Name()
		}
	}
	return ""
}

// returned returns where a result comes from: the make or call of the first return that
// returns a channel, nil if that is something else.
func returned(r result) ssa.Value {
	for _, ret := range ssax.Returns(r.fn) {
		v, seen := ret.Results[r.i], make(map[ssa.Value]bool)
		for v != nil && !seen[v] {
			seen[v] = true
			switch x := v.(type) {
			case *ssa.MakeChan, *ssa.Call:
				return x
			case *ssa.Extract:
				if _, ok := x.Tuple.(*ssa.Call); ok {
					return x
				}
			}
			v = before(v)
		}
	}
	return nil
}

// before returns a value that v has been assigned, nil if it has been assigned none.
func before(v ssa.Value) ssa.Value {
	switch v := v.(type) {
	case *ssa.ChangeType:
		return v.X
	case *ssa.Phi:
		for _, e := range v.Edges {
			if !ssax.IsNil(e) {
				return e
			}
		}
	case *ssa.UnOp:
		cell, ok := ssax.Variable(v.X)
		if v.Op != token.MUL || !ok {
			return nil
		}
		for _, st := range ssax.UsesOf(cell).Stores {
			if !ssax.IsNil(st.Val) {
				return st.Val
			}
		}
	}
	return nil
}

// checkProducer reports a producer whose channel some caller leaves while a goroutine
// still has to send:
//
//	func async() <-chan T {
//		ch := make(chan T)
//		go func() { ch <- work() }()
//		return ch
//	}
//
// The caller is held to what is said of a function that makes the channel itself.
func (c *checker) checkProducer(fn *ssa.Function) {
	results := fn.Signature.Results()
	for i := range results.Len() {
		if !isChan(results.At(i).Type()) || len(fn.Blocks) == 0 {
			continue
		}
		if p := c.producers.Get(result{fn, i}); p != nil && p.far == nil {
			c.checkCallers(p, i)
		}
	}
}

func (c *checker) checkCallers(p *producer, i int) {
	calls := slices.Clone(c.pkg.CallsOf(p.fn))
	slices.SortStableFunc(calls, func(a, b ssa.CallInstruction) int {
		return cmp.Or(cmp.Compare(a.Parent().String(), b.Parent().String()), cmp.Compare(a.Pos(), b.Pos()))
	})
	for _, site := range calls {
		call, ok := site.(*ssa.Call)
		if !ok || c.pkg.LivesOn(call) {
			continue
		}
		d := c.deliveryBy(call, i)
		if d == nil {
			continue
		}
		leak, why := c.abandoned(d)
		if leak != nil {
			c.reportSend(d, leak)
			return
		}
		c.silent(blockedSend, call, why)
	}
}

// refused reports whether an edge is for a producer that returns no channel: its error,
// or another result that says so, is tested.
func (p *producer) refused(e ssax.Edge, call ssa.Instruction) bool {
	branch := ssax.BranchOf(e.From)
	if branch == nil {
		return false
	}
	of := func(v ssa.Value) bool {
		x, ok := v.(*ssa.Extract)
		return ok && x.Tuple == call.(ssa.Value) || v == call.(ssa.Value)
	}
	cmp, ok := branch.Cond.(*ssa.BinOp)
	if !ok {
		return of(branch.Cond) && e.Succ == 1
	}
	if !of(cmp.X) || !ssax.IsNil(cmp.Y) {
		return of(cmp.X) || of(cmp.Y)
	}
	return (cmp.Op == token.EQL) == (e.Succ == 0) == isChan(cmp.X.Type())
}
