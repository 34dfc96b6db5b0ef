package mustcall

import (
	"go/constant"
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
)

// conditions understands the branches of a function well enough to rule out
// paths that are impossible for an obligation: the same test made twice, a nil
// check of the obligation, a flag set where it was made.
//
// Two loads of one variable or field, and two calls of one predicate with the
// same arguments, are assumed to agree unless there is a store in between: that
// may rule out a possible path, but never invents one.
type conditions struct {
	*graph
	o        *Obligation
	siblings []ssa.Value                  // the other results of the call that makes o
	held     func(*state, ssa.Value) bool // whether a value is the obligation, and so not nil
	slice    *slice
	relevant *relevance // the blocks that the slice is about
}

func newConditions(g *graph, f *Flow, values []ssa.Value, blocks []*ssa.BasicBlock) *conditions {
	g.index()
	c := &conditions{graph: g, o: f.o, siblings: f.o.siblings()}
	c.slice, c.relevant = f.sliceOf(g, c.siblings, values, blocks)
	return c
}

type truth uint8

const (
	isUnknown truth = iota
	isTrue
	isFalse
)

func truthOf(b bool) truth {
	if b {
		return isTrue
	}
	return isFalse
}

func (t truth) negatedIf(negated bool) truth {
	switch {
	case !negated || t == isUnknown:
		return t
	case t == isTrue:
		return isFalse
	}
	return isTrue
}

// eval decides a branch condition if what is known on the path allows it. tests
// are the tests that it is being evaluated for.
func (c *conditions) eval(cond *condition, st *state, tests ...ssa.Value) truth {
	if holds, ok := st.path.outcome(cond.key); ok {
		return truthOf(holds != cond.negated)
	}
	if cond.subject != 0 && slices.ContainsFunc(st.path.facts, func(f fact) bool { return f.holds && c.subjectOf(f.key) == cond.subject }) {
		return truthOf(cond.negated) // x == A rules out x == B
	}
	x := st.path.resolve(cond.x)
	if cond.op == token.ILLEGAL {
		return c.evalFlag(x, cond, st, tests)
	}
	y := st.path.resolve(cond.y)
	if cond.op == token.EQL && ssax.IsNil(y) {
		switch {
		case ssax.IsNil(x):
			return truthOf(!cond.negated)
		case c.held(st, cond.x) || c.held(st, x) || neverNil(x):
			return truthOf(cond.negated)
		}
		return isUnknown
	}
	xc, ok1 := x.(*ssa.Const)
	yc, ok2 := y.(*ssa.Const)
	if ok1 && ok2 && xc.Value != nil && yc.Value != nil && xc.Value.Kind() == yc.Value.Kind() && xc.Value.Kind() != constant.Unknown {
		return truthOf(constant.Compare(xc.Value, cond.op, yc.Value) != cond.negated)
	}
	return isUnknown
}

// evalFlag decides the condition that x is true. A flag may have been set to
// the outcome of a test.
func (c *conditions) evalFlag(x ssa.Value, cond *condition, st *state, tests []ssa.Value) truth {
	if v, ok := x.(*ssa.Const); ok && v.Value != nil && v.Value.Kind() == constant.Bool {
		return truthOf(constant.BoolVal(v.Value) != cond.negated)
	}
	// A test that depends on itself asks for the flag's value in a previous
	// iteration.
	if x == cond.x || !isTest(x) || slices.Contains(tests, x) {
		return isUnknown
	}
	return c.eval(c.branches.condition(x), st, append(tests, x)...).negatedIf(cond.negated)
}

// isTest reports whether v is a comparison or a negation.
func isTest(v ssa.Value) bool {
	switch v := v.(type) {
	case *ssa.UnOp:
		return v.Op == token.NOT
	case *ssa.BinOp:
		switch v.Op {
		case token.EQL, token.NEQ, token.LSS, token.GTR, token.LEQ, token.GEQ:
			return true
		}
	}
	return false
}

func neverNil(v ssa.Value) bool {
	switch v := v.(type) {
	case *ssa.Call:
		return ctxlib.MakesError(ssax.Callee(&v.Call))
	case *ssa.Alloc, *ssa.MakeClosure, *ssa.Function, *ssa.MakeMap, *ssa.MakeChan, *ssa.MakeSlice, *ssa.FieldAddr, *ssa.IndexAddr, *ssa.Global:
		return true
	}
	return false
}

// learn adds to what is known on the path that a branch was taken, or not.
func (c *conditions) learn(cond *condition, taken bool, p *pathState) {
	if f, ok := c.useful(cond, taken); ok && c.slice.wants(f, cond.subject) {
		p.learn(f)
	}
}

// bind adds the value that a phi or a variable has on the path, or forgets it if val
// is nil.
func (c *conditions) bind(p *pathState, holder, val ssa.Value) {
	u := c.usersOf(holder)
	switch {
	case u == nil || len(u.blocks) == 0 || !c.slice.follows(holder):
	case val == nil:
		p.vals = keep(p.vals, func(b binding) bool { return b.holder != holder })
	default:
		t := c.branches.terms
		p.bind(binding{holder, val, t.self(holder), t.self(val)})
	}
}

// outcome returns the constant that a test gives in a state, if that is known, and
// any other value as it is.
func (c *conditions) outcome(v ssa.Value, st *state) ssa.Value {
	if isTest(v) {
		if is := c.eval(c.branches.condition(v), st); is != isUnknown {
			return ssa.NewConst(constant.MakeBool(is == isTrue), v.Type())
		}
	}
	return v
}

// passing reports whether what is known about v may change after v was
// computed: it is resolved by what a phi or a variable holds at the time.
func (c *conditions) passing(v ssa.Value) bool {
	switch v := v.(type) {
	case *ssa.Phi:
		return true
	case *ssa.UnOp:
		return v.Op == token.MUL || v.Op == token.NOT
	}
	return isTest(v)
}

// computedIn reports whether an iteration of the loop with the given header computes
// v again, or may change the memory that it is read from.
func (c *conditions) computedIn(v ssa.Value, header *ssa.BasicBlock) bool {
	return c.restsOn(c.branches.terms.of(v), header)
}

func (c *conditions) restsOn(t term, header *ssa.BasicBlock) bool {
	s := c.branches.terms.supportOf(t)
	return s.memory || slices.ContainsFunc(s.blocks, header.Dominates)
}

// store records a store: the new value of a variable, and that what is known
// about values loaded from the same address need not hold any longer. A store
// to a part of what is there, or to the whole that it is a part of, is ignored:
// that, too, may rule out a possible path.
func (c *conditions) store(st *state, s *ssa.Store) {
	p, t := &st.path, c.branches.terms
	var val ssa.Value
	cell, variable := s.Addr.(*ssa.Alloc)
	if variable {
		val = c.outcome(p.resolve(s.Val), st)
	}
	if p.size() > 0 {
		addr := t.of(s.Addr)
		kept := func(id term) bool { return !slices.Contains(t.supportOf(id).loads, addr) }
		p.facts = keep(p.facts, func(f fact) bool { return kept(f.key) })
		p.vals = keep(p.vals, func(b binding) bool { return !c.passing(b.val) || kept(t.of(b.val)) })
	}
	if variable {
		if c.passing(val) && slices.Contains(t.supportOf(t.of(val)).loads, t.of(cell)) {
			val = nil // what it held before
		}
		c.bind(p, cell, val)
	}
}

// forgetLoop drops what is known about values that the next iteration of the
// loop with the given header computes again.
func (c *conditions) forgetLoop(p *pathState, header *ssa.BasicBlock) {
	p.facts = keep(p.facts, func(f fact) bool { return !c.restsOn(f.key, header) })
	p.vals = keep(p.vals, func(b binding) bool {
		phi, ok := b.holder.(*ssa.Phi)
		if ok && phi.Block() != header && header.Dominates(phi.Block()) {
			return false
		}
		return !c.passing(b.val) || !c.computedIn(b.val, header)
	})
}

// forgetUnused drops what no branch that can be reached from the start of b
// asks for, so that paths that differ in nothing else become one again.
func (c *conditions) forgetUnused(p *pathState, b *ssa.BasicBlock) {
	p.facts = keep(p.facts, func(f fact) bool { return c.mayUse(f, b) })
	p.vals = keep(p.vals, func(v binding) bool { return c.mayAsk(c.usersOf(v.holder), b) })
}

// dominating returns what holds at the start of b on every path.
func (c *conditions) dominating(b *ssa.BasicBlock) pathState {
	var p pathState
	for f := c.facts(b); f != nil; f = f.outer {
		if _, known := p.outcome(f.key); !known && c.slice.wants(f.fact, c.subjectOf(f.key)) && c.mayUse(f.fact, b) {
			p.learn(f.fact)
		}
	}
	return p
}
