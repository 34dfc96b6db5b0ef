package mustcall

import (
	"go/constant"
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
)

// conditions understands the branches of a function well enough to rule out paths
// that cannot be taken by an obligation: the same test made twice, a nil check of
// the obligation, a flag set where it was made.
//
// Two loads of one variable or field, and two calls of one predicate with the
// same arguments, are taken to agree unless a store in between says otherwise:
// that may rule out a possible path, never invent one.
type conditions struct {
	*graph
	o        *Obligation
	siblings []ssa.Value                  // the other results of the call that makes o
	held     func(*state, ssa.Value) bool // whether a value is the obligation, which is not nil
}

func newConditions(g *graph, o *Obligation) *conditions {
	g.index()
	return &conditions{graph: g, o: o, siblings: o.siblings()}
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

// eval decides a branch condition if what is known on the path allows it. Tests are
// those that it is asked on behalf of.
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

// evalFlag decides a condition that asks whether x is true. A flag may have been set
// to the outcome of a test.
func (c *conditions) evalFlag(x ssa.Value, cond *condition, st *state, tests []ssa.Value) truth {
	if v, ok := x.(*ssa.Const); ok && v.Value != nil && v.Value.Kind() == constant.Bool {
		return truthOf(constant.BoolVal(v.Value) != cond.negated)
	}
	// A test that depends on itself asks for what the flag was in an iteration before.
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
	switch v.(type) {
	case *ssa.Alloc, *ssa.MakeClosure, *ssa.Function, *ssa.MakeMap, *ssa.MakeChan, *ssa.MakeSlice, *ssa.FieldAddr, *ssa.IndexAddr, *ssa.Global:
		return true
	}
	return false
}

// learn adds to what is known on the path that a branch was taken or not.
func (c *conditions) learn(cond *condition, taken bool, p *pathState) {
	if f, ok := c.useful(cond, taken); ok {
		p.learn(f)
	}
}

// bind adds the value that a phi or a variable has on the path.
func (c *conditions) bind(p *pathState, holder, val ssa.Value) {
	if u := c.usersOf(holder); u != nil && len(u.blocks) > 0 {
		t := c.branches.terms
		p.bind(binding{holder, val, t.self(holder), t.self(val)})
	}
}

// store takes note of a store: of the value of a variable, and that conditions for
// which the same address is loaded need not hold any longer. A store to a part of
// what they load, or to the whole of which they load a part, is not taken for one:
// that may rule out a possible path, too.
func (c *conditions) store(p *pathState, s *ssa.Store) {
	if cell, ok := s.Addr.(*ssa.Alloc); ok {
		c.bind(p, cell, p.resolve(s.Val))
	}
	if len(p.facts) == 0 {
		return
	}
	t := c.branches.terms
	addr := t.of(s.Addr)
	p.facts = keep(p.facts, func(f fact) bool { return !slices.Contains(t.supportOf(f.key).loads, addr) })
}

// forgetLoop drops what is known of values that a new iteration of the loop with
// the given header computes again.
func (c *conditions) forgetLoop(p *pathState, header *ssa.BasicBlock) {
	p.facts = keep(p.facts, func(f fact) bool {
		s := c.branches.terms.supportOf(f.key)
		return !s.memory && !slices.ContainsFunc(s.blocks, header.Dominates)
	})
	p.vals = keep(p.vals, func(b binding) bool {
		phi, ok := b.holder.(*ssa.Phi)
		return !ok || phi.Block() == header || !header.Dominates(phi.Block())
	})
}

// forgetUnused drops what no branch that can still be reached from the start of b
// asks for, so that paths that differ in nothing else meet again.
func (c *conditions) forgetUnused(p *pathState, b *ssa.BasicBlock) {
	p.facts = keep(p.facts, func(f fact) bool { return c.mayUse(f, b) })
	p.vals = keep(p.vals, func(v binding) bool { return c.mayAsk(c.usersOf(v.holder), b) })
}

// dominating returns what holds at the start of b on every path.
func (c *conditions) dominating(b *ssa.BasicBlock) pathState {
	var p pathState
	for f := c.facts(b); f != nil; f = f.outer {
		if _, known := p.outcome(f.key); !known && c.mayUse(f.fact, b) {
			p.learn(f.fact)
		}
	}
	return p
}
