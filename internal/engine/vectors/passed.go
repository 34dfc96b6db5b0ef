package vectors

import (
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/fixpoint"
	"github.com/ctxlint/ctxlint/internal/engine/ssax"
)

// A Passed is a use that a call brings about in the function that it runs, where
// the arguments decide which vector is used or how many values it gets.
type Passed struct {
	Use
	Pos    token.Pos // of the call of the vector's method, or of the other package's function
	Vector Vector
	Values []string // with "" for those that are not constant
}

// demand is a use of a vector in a function, in terms of its parameters.
type demand struct {
	use    Use
	pos    token.Pos // of the use, or of the other package's function
	vector template
	values template
}

// maxDemands bounds the demands that are kept for one function. A helper has one or
// two.
const maxDemands = 10

// newDemands returns the solver for the demands that every call of a function makes
// of its arguments. A recursive call adds none.
func (r *Resolver) newDemands() *fixpoint.Solver[*ssa.Function, []demand] {
	return fixpoint.New(fixpoint.Problem[*ssa.Function, []demand]{
		Step:  r.findDemands,
		Join:  addDemands,
		Equal: func(a, b []demand) bool { return len(a) == len(b) }, // they only grow
	})
}

// addDemands returns all and those of more whose use is not among them.
func addDemands(all, more []demand) []demand {
	all = slices.Clip(all)
	for _, d := range more {
		if len(all) < maxDemands && !slices.ContainsFunc(all, func(o demand) bool { return o.same(d) }) {
			all = append(all, d)
		}
	}
	return all
}

func (d demand) same(o demand) bool {
	return d.pos == o.pos && d.use.Method == o.use.Method && d.vector.param == o.vector.param &&
		slices.Equal(d.vector.labels, o.vector.labels) && slices.Equal(d.values.labels, o.values.labels)
}

// findDemands is the Step of demands. In a function literal, a parameter may be that
// of a function around it, so literals have no demands.
func (r *Resolver) findDemands(fn *ssa.Function) []demand {
	if fn.Parent() != nil || !mayDemand(fn) {
		return nil
	}
	var out []demand
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			call, ok := instr.(ssa.CallInstruction)
			if !ok {
				continue
			}
			found := r.demandsAt(call)
			if d, ok := r.demandOf(call); ok {
				found = append(found, d)
			}
			found = slices.DeleteFunc(slices.Clone(found), func(d demand) bool { return !d.open() || !r.unconditional(call, d) })
			out = addDemands(out, found)
		}
	}
	return out
}

// mayDemand reports whether a function has a parameter that its demands can be about.
func mayDemand(fn *ssa.Function) bool {
	return slices.ContainsFunc(fn.Params, func(p *ssa.Parameter) bool { return IsVector(p.Type()) || isStrings(p.Type()) })
}

// demandOf returns the demand of a call that uses a vector itself.
func (r *Resolver) demandOf(call ssa.CallInstruction) (demand, bool) {
	use, ok := UseOf(call.Common())
	if !ok || use.ByName {
		return demand{}, false
	}
	r.steps = 0
	d := demand{use: use, pos: call.Pos(), vector: r.follow(use.Vector), values: r.asList(use.Labels)}
	return d, d.known()
}

// demandsAt returns the demands of the function that a call runs, with the arguments
// of the call in place of the parameters.
func (r *Resolver) demandsAt(call ssa.CallInstruction) []demand {
	var out []demand
	for _, d := range r.calleeDemands(call.Common()) {
		r.steps = 0
		d.vector, d.values = r.apply(d.vector, call.Common()), r.apply(d.values, call.Common())
		if d.known() {
			out = append(out, d)
		}
	}
	return out
}

// calleeDemands returns the demands of the function that a call runs, of this package
// or, by its fact, of another.
func (r *Resolver) calleeDemands(call *ssa.CallCommon) []demand {
	if fn := ssax.Body(call.StaticCallee()); fn != nil {
		if !mayDemand(fn) {
			return nil
		}
		return r.demands.Get(fn)
	}
	fn, fact := ssax.Callee(call), new(Fact)
	if fn == nil || call.IsInvoke() || fn.Pkg() == r.pass.Pkg || !r.pass.ImportObjectFact(fn.Origin(), fact) {
		return nil
	}
	var out []demand
	for _, u := range fact.Uses {
		use := Use{Method: u.Method, Consequence: u.Consequence, Deletes: deletes(u.Method)}
		out = append(out, demand{use, fn.Pos(), u.Vector.template(fn.Pos()), u.Values.template(fn.Pos())})
	}
	return out
}

func (d demand) known() bool {
	return (d.vector.kind == vectorKind || d.vector.kind == argumentKind) && d.values.kind == listKind
}

// open reports whether the callers decide which labels there are, or how many values.
func (d demand) open() bool {
	isParam := func(p Part) bool { return p.Param > 0 }
	isSpread := func(p Part) bool { return p.Spread }
	return d.vector.kind == argumentKind || slices.ContainsFunc(d.vector.labels, isParam) || slices.ContainsFunc(d.values.labels, isSpread)
}

// unconditional reports whether nothing but a nil check of the vector decides whether
// a call is reached. Any other condition may be what makes the labels fit.
func (r *Resolver) unconditional(call ssa.CallInstruction, d demand) bool {
	for branch := range ssax.Guards(call.Block(), nil) {
		if !r.checksVector(branch.Cond, d) {
			return false
		}
	}
	return true
}

// checksVector reports whether a condition compares the vector with nil.
func (r *Resolver) checksVector(cond ssa.Value, d demand) bool {
	cmp, ok := cond.(*ssa.BinOp)
	if !ok || cmp.Op != token.EQL && cmp.Op != token.NEQ || !ssax.IsNil(cmp.Y) || !IsVector(cmp.X.Type()) {
		return false
	}
	return r.follow(cmp.X).equal(d.vector)
}

// Passed returns the uses that a call brings about in the function that it runs, as
// far as that is a function whose parameters say which vector is used or how many
// values it gets, of this package or of one that makes vectors. Uses that depend on a condition are left out.
func (r *Resolver) Passed(call ssa.CallInstruction) []Passed {
	defer r.begin()()
	var out []Passed
	for _, d := range r.demandsAt(call) {
		if d.vector.kind != vectorKind {
			continue
		}
		v, ok := d.vector.vector()
		values, counted := texts(d.values.labels)
		if ok && counted {
			out = append(out, Passed{d.use, d.pos, v, values})
		}
	}
	return out
}
