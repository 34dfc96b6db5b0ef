package labelcardinality

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/engine/taint"
	"github.com/ctxlint/ctxlint/internal/model/metriclib"
	"github.com/ctxlint/ctxlint/internal/model/words"
)

// reach says what becomes of a value that gets to some place.
type reach struct {
	Label     string   // the name of the label, "" if it is not known
	Labels    []string // names of the labels by index, nil if they are not known
	Metric    string   // what the user calls the vector or the metric, "" if unknown
	Name      bool     // it becomes part of the metric's name
	Index     int      // index of the label's value, -1 if unknown
	Retention metriclib.Retention
	Once      bool         // the sink usually runs once in a process
	Field     string       // the field of a struct that becomes the label, "" for the value itself
	Loose     bool         // the way goes through a field of any object of a type
	Vetted    bool         // the value is vetted on the way, see [taint.Origin]
	Steps     []taint.Step // from the place to the sink
}

// A use is a value that gets to a place that is known to lead to a sink.
type use struct {
	call  ssa.Instruction
	value ssa.Value
	param int // the number of the argument that the value is, -1 if it is none
	reach reach
}

// collect adds the uses in fn of sinks, and of functions of other packages that
// lead to sinks.
func (c *checker) collect(fn *ssa.Function) {
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			switch instr := instr.(type) {
			case ssa.CallInstruction:
				c.collectCall(instr)
			case *ssa.Store:
				c.collectStore(instr)
			}
		}
	}
}

func (c *checker) collectCall(call ssa.CallInstruction) {
	fn := ssax.Callee(call.Common())
	if fn == nil {
		return
	}
	c.checkDefaults(call, fn)
	sinks := metriclib.SinksOf(fn)
	if own := c.extra.sinks[symbol(fn)]; own != nil {
		sinks = append(slices.Clone(sinks), own...)
	}
	if len(sinks) > 0 {
		c.noteSink(call)
	}
	for _, s := range sinks {
		arg := ssax.Explicit(call.Common(), s.Param)
		switch {
		case arg == nil:
			continue
		case c.isTidy(call.Common()):
			c.report.Silent("", call.Pos(), seriesDeleted)
			continue
		case c.constrained(call.Common()):
			c.report.Silent("", call.Pos(), isConstrained)
			continue
		}
		metric, labels := c.metricOf(call.Common())
		r := reach{Metric: metric, Labels: labels, Name: s.Form == metriclib.Name, Index: -1, Retention: s.Retention, Once: metriclib.RunsOnce(s.Symbol)}
		if s.Form == metriclib.Value {
			if k, ok := ssax.Explicit(call.Common(), s.Param-1).(*ssa.Const); ok && s.Param > 0 {
				r.Label = constant(k)
			}
		}
		if s.Form == metriclib.Result {
			c.collectResult(call, arg, r)
			continue
		}
		c.work = append(c.work, use{call, arg, s.Param, r})
	}
	if len(sinks) > 0 {
		return
	}
	var fact sinkFact
	if c.pass.ImportObjectFact(fn, &fact) {
		for _, p := range fact.Params {
			if arg := ssax.Explicit(call.Common(), p.Param); arg != nil {
				c.work = append(c.work, use{call, arg, p.Param, p.reachFrom(fn)})
			}
		}
	}
}

// collectResult adds the results of a function that is passed to a sink.
func (c *checker) collectResult(call ssa.CallInstruction, arg ssa.Value, r reach) {
	fn := c.index.FuncOf(arg)
	if fn == nil {
		return
	}
	if k, ok := ssax.Explicit(call.Common(), 0).(*ssa.Const); ok {
		r.Label = constant(k)
	}
	for _, ret := range ssax.Returns(fn) {
		c.work = append(c.work, use{ret, ret.Results[0], -1, r})
	}
}

// collectStore adds a store to a field of a struct that describes a metric.
func (c *checker) collectStore(store *ssa.Store) {
	addr, ok := store.Addr.(*ssa.FieldAddr)
	if !ok {
		return
	}
	field, ok := metriclib.FieldOf(addr.X.Type(), addr.Field)
	if !ok {
		return
	}
	if s, ok := metriclib.StructSinkOf(field); ok {
		c.work = append(c.work, use{store, store.Val, -1, reach{Index: -1, Retention: s.Retention, Once: metriclib.RunsOnce(s.Symbol)}})
	}
}

// follow reports the sources of a use, and adds the callers of the functions
// whose parameters it comes from.
func (c *checker) follow(u use) {
	c.whys = nil
	origins := origins(c.tracer, u)
	c.silentUse(u, origins)
	for _, o := range origins {
		c.followOrigin(u, o)
	}
	if c.namer != nil && !namedThere(u) {
		c.followNames(u, origins)
		c.followUnknown(u, origins)
	}
}

func (c *checker) followOrigin(u use, o taint.Origin) {
	r := labelled(u.reach, o)
	r.Labels, r.Field = nil, ""
	r.Vetted = r.Vetted || o.Vetted
	if o.Source != nil {
		c.addSource(u, o, r)
		return
	}
	steps := slices.Clone(o.Steps)
	if len(u.reach.Steps) == 0 {
		steps = append(steps, taint.Step{Pos: u.call.Pos(), Event: becomes(r)})
	}
	r.Steps = append(steps, r.Steps...)
	r.Loose = r.Loose || o.Loose
	if o.Field != nil {
		c.addFieldParam(o.Param, o.Field.Name(), r)
		return
	}
	c.addParam(o.Param, r)
}

// labelled returns what becomes of a value that comes from o, with the name of the label.
func labelled(r reach, o taint.Origin) reach {
	if r.Label == "" && r.Index < 0 {
		r.Label, r.Index = o.Label, o.Index
	}
	if r.Label == "" && r.Index >= 0 && r.Index < len(r.Labels) {
		r.Label = r.Labels[r.Index]
	}
	return r
}

// followNames reports what is named like an identifier and becomes a label for which
// no source is known. What is proved does not depend on whether guesses are wanted.
func (c *checker) followNames(u use, known []taint.Origin) {
	for _, o := range origins(c.namer, u) {
		same := func(k taint.Origin) bool { return k.Source != nil && k.Label == o.Label && k.Index == o.Index }
		if o.Source != nil && o.Source.Category == metriclib.Strict && !slices.ContainsFunc(known, same) {
			c.followOrigin(u, o)
		}
	}
}

// followUnknown reports what becomes a label that is named like an identifier, if nothing is
// known of it: neither a source nor a bound, nor that its own name is that of an identifier.
func (c *checker) followUnknown(u use, known []taint.Origin) {
	if u.reach.Once || u.reach.Name || u.reach.Retention == metriclib.Rebuilt || !mayBePerUser(u.reach) {
		return
	}
	known = append(slices.Clone(known), origins(c.namer, u)...)
	for _, o := range origins(c.prober, u) {
		same := func(k taint.Origin) bool { return k.Source != nil && k.Label == o.Label && k.Index == o.Index }
		if o.Source != nil && o.Source.Category == metriclib.Strict && words.PerUser.Trails(labelled(u.reach, o).Label) && !slices.ContainsFunc(known, same) {
			c.followOrigin(u, o)
			known = append(known, o)
		}
	}
}

// mayBePerUser reports whether the label that a value becomes is named like an identifier, or
// its name is not known yet.
func mayBePerUser(r reach) bool {
	if r.Label == "" {
		return r.Labels == nil || slices.ContainsFunc(r.Labels, words.PerUser.Trails)
	}
	return words.PerUser.Trails(r.Label)
}

// namedThere reports whether the value of a use is passed to a parameter that is named
// like an identifier, about which the function that has it is told.
func namedThere(u use) bool {
	call, ok := u.call.(ssa.CallInstruction)
	if !ok || len(u.reach.Steps) == 0 || u.param < 0 {
		return false
	}
	params := call.Common().Signature().Params()
	if u.param >= params.Len() {
		return false
	}
	p := params.At(u.param)
	return namedLikeID(p.Name(), p.Type())
}

// origins traces the value of a use, or the field of it that matters.
func origins(t *taint.Tracer, u use) []taint.Origin {
	if field := u.reach.Field; field != "" {
		return t.TraceField(u.value, field, u.call, u.reach.Loose)
	}
	return t.Trace(u.value, u.call, u.reach.Loose)
}

// maxReaches bounds how many labels are remembered for one parameter.
const maxReaches = 3

// maxFields bounds them for a parameter that is a struct of labels.
const maxFields = 10

// addParam notes that values of p become a label, and adds its callers.
func (c *checker) addParam(p *ssa.Parameter, r reach) {
	for _, known := range c.params[p] {
		if known.Label == r.Label && known.Metric == r.Metric && known.Name == r.Name && (r.Loose || !known.Loose) && (r.Vetted || !known.Vetted) || len(c.params[p]) >= maxReaches {
			return
		}
	}
	if c.params[p] == nil {
		c.order = append(c.order, p)
	}
	c.params[p] = append(c.params[p], r)
	for _, call := range c.index.Callers(p.Parent()) {
		if arg := ssax.Argument(call.Common(), p); arg != nil {
			next := r
			next.Steps = append([]taint.Step{{Pos: p.Pos(), Event: taint.Taken(taint.TakenAs, p)}}, r.Steps...)
			c.work = append(c.work, use{call, arg, paramOf(p.Parent(), p), next})
		}
	}
}

// addFieldParam notes that a field of p, a struct, becomes a label. What this
// package stores in the field is followed elsewhere, so that only functions that
// other packages call matter here.
func (c *checker) addFieldParam(p *ssa.Parameter, field string, r reach) {
	r.Field = field
	for _, known := range c.params[p] {
		if known.Label == r.Label && known.Metric == r.Metric && known.Field == field || len(c.params[p]) >= maxFields {
			return
		}
	}
	if c.params[p] == nil {
		c.order = append(c.order, p)
	}
	c.params[p] = append(c.params[p], r)
	for _, call := range c.index.Callers(p.Parent()) {
		q := taint.StructParam(ssax.Argument(call.Common(), p))
		if q == nil {
			continue
		}
		next := r
		next.Steps = append([]taint.Step{{Pos: p.Pos(), Event: taint.Taken(taint.TakenIn, p)}}, r.Steps...)
		c.addFieldParam(q, field, next)
	}
}
