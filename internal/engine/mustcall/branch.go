package mustcall

import (
	"go/token"

	"golang.org/x/tools/go/ssa"
)

// A Key identifies what a condition tests. Conditions with equal keys agree as
// long as memory does not change. Keys are numbered in the order in which they
// are asked for.
type Key term

// A Branch is a branch condition in a form that can be compared with that of
// another branch.
type Branch struct {
	Key     Key
	Negated bool              // the branch is taken when what Key identifies is false
	Deps    []*ssa.BasicBlock // where the values in Key are computed
}

// Branches compares the conditions of the branches of one function.
type Branches struct {
	terms  *terms
	parsed map[ssa.Value]*condition
}

// NewBranches returns the branches of a function; each is computed when it is
// first asked for.
func NewBranches() *Branches {
	return &Branches{newTerms(), make(map[ssa.Value]*condition)}
}

// Of returns the condition of instr.
func (b *Branches) Of(instr *ssa.If) Branch {
	c := b.condition(instr.Cond)
	return Branch{Key(c.key), c.negated, b.terms.supportOf(c.key).blocks}
}

// KeyOf returns the key of the condition that v is true.
func (b *Branches) KeyOf(v ssa.Value) Key { return Key(b.terms.of(v)) }

// NilKeyOf returns the key of the condition that v is nil.
func (b *Branches) NilKeyOf(v ssa.Value) Key {
	x, y := b.terms.of(v), b.terms.of(ssa.NewConst(nil, v.Type()))
	return Key(b.terms.intern(termKey{op: opBinary, tok: token.EQL, x: x, y: y}, v))
}

// condition is a branch condition in normal form: not(key) if negated.
type condition struct {
	negated bool
	op      token.Token // EQL, LSS, GTR, or ILLEGAL for a plain boolean
	x, y    ssa.Value
	key     term
	subject term // the key of x if y is a constant and op is EQL, else 0: x can equal only one constant
	spent   bool // the condition is too large for others to be compared with it
}

// condition returns the normal form of a condition.
func (b *Branches) condition(v ssa.Value) *condition {
	c, ok := b.parsed[v]
	if !ok {
		c = b.parse(v)
		b.parsed[v] = c
	}
	return c
}

func (b *Branches) parse(v ssa.Value) *condition {
	c := &condition{op: token.ILLEGAL}
	for {
		u, ok := v.(*ssa.UnOp)
		if !ok || u.Op != token.NOT {
			break
		}
		c.negated = !c.negated
		v = u.X
	}
	c.x = v
	cmp, ok := v.(*ssa.BinOp)
	if !ok {
		c.key = b.terms.of(v)
		c.spent = b.terms.infos[c.key].spent
		return c
	}
	c.compare(cmp)
	x, y := b.terms.of(c.x), b.terms.of(c.y)
	c.key = b.terms.intern(termKey{op: opBinary, tok: c.op, x: x, y: y}, v)
	c.spent = b.terms.infos[c.key].spent
	if _, ok := c.y.(*ssa.Const); ok && c.op == token.EQL {
		c.subject = x
	}
	return c
}

// compare normalises a comparison: a constant comes to the right, and of each
// pair of opposite operators only one is left.
func (c *condition) compare(cmp *ssa.BinOp) {
	c.op, c.x, c.y = cmp.Op, cmp.X, cmp.Y
	switch cmp.Op {
	case token.NEQ:
		c.op, c.negated = token.EQL, !c.negated
	case token.GEQ:
		c.op, c.negated = token.LSS, !c.negated
	case token.LEQ:
		c.op, c.negated = token.GTR, !c.negated
	}
	if _, ok := c.x.(*ssa.Const); ok { // 0 < d is d > 0
		c.x, c.y = c.y, c.x
		switch c.op {
		case token.LSS:
			c.op = token.GTR
		case token.GTR:
			c.op = token.LSS
		}
	}
}
