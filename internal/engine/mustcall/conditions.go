package mustcall

import (
	"go/constant"
	"go/token"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
)

// conditions understands the branches of one function well enough to rule out
// paths that cannot be taken: the same test made twice, a nil check of the
// obligation, a flag set where it was made.
//
// Two loads of one variable or field, and two calls of one predicate with the
// same arguments, are taken to agree unless a store in between says otherwise:
// that may rule out a possible path, never invent one.
type conditions struct {
	o       *Obligation
	fn      *ssa.Function
	parsed  map[*ssa.If]*condition
	users   map[string][]*ssa.BasicBlock    // condition key -> blocks that branch on it
	bearing map[ssa.Value][]*ssa.BasicBlock // phi or cell -> blocks whose branch depends on it
	reach   *ssax.BlockReach
}

// condition is a branch condition in normal form: not(key) if negated.
type condition struct {
	negated bool
	op      token.Token // EQL, LSS, GTR, or ILLEGAL for a plain boolean
	x, y    ssa.Value
	key     string
	subject string            // key of x if y is a constant and op is EQL: x can equal only one
	deps    []*ssa.BasicBlock // where the registers in key are defined
	memory  bool              // key reads memory
}

func newConditions(o *Obligation, fn *ssa.Function) *conditions {
	c := &conditions{
		o: o, fn: fn,
		parsed:  make(map[*ssa.If]*condition),
		users:   make(map[string][]*ssa.BasicBlock),
		bearing: make(map[ssa.Value][]*ssa.BasicBlock),
		reach:   ssax.NewBlockReach(fn),
	}
	for _, b := range fn.Blocks {
		if instr := ssax.BranchOf(b); instr != nil {
			cond := parse(instr.Cond)
			c.parsed[instr] = cond
			c.users[cond.key] = append(c.users[cond.key], b)
			if cond.subject != "" {
				c.users[cond.subject] = append(c.users[cond.subject], b)
			}
			c.bear(instr.Cond, b, make(map[ssa.Value]bool))
		}
	}
	return c
}

// bear records the phis and cells on which the branch at the end of b depends.
func (c *conditions) bear(v ssa.Value, b *ssa.BasicBlock, seen map[ssa.Value]bool) {
	if seen[v] || len(seen) > 50 {
		return
	}
	seen[v] = true
	switch v := v.(type) {
	case *ssa.Phi:
		c.bearing[v] = append(c.bearing[v], b)
		for _, e := range v.Edges {
			c.bear(e, b, seen)
		}
	case *ssa.UnOp:
		if cell, ok := v.X.(*ssa.Alloc); ok && v.Op == token.MUL {
			c.bearing[cell] = append(c.bearing[cell], b)
			for _, s := range ssax.StoresTo(cell) {
				c.bear(s.Val, b, seen)
			}
			return
		}
		c.bear(v.X, b, seen)
	case *ssa.BinOp:
		c.bear(v.X, b, seen)
		c.bear(v.Y, b, seen)
	case *ssa.ChangeType:
		c.bear(v.X, b, seen)
	case *ssa.MakeInterface:
		c.bear(v.X, b, seen)
	}
}

func (c *conditions) of(instr *ssa.If) *condition { return c.parsed[instr] }

// parse brings a condition into normal form.
func parse(v ssa.Value) *condition {
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
	n := &namer{}
	if b, ok := v.(*ssa.BinOp); ok {
		c.op, c.x, c.y = b.Op, b.X, b.Y
		switch b.Op {
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
		x, y := n.name(c.x), n.name(c.y)
		c.key = c.op.String() + " " + x + " " + y
		if _, ok := c.y.(*ssa.Const); ok && c.op == token.EQL {
			c.subject = "subject " + x
		}
	} else {
		c.key = n.name(v)
	}
	c.deps, c.memory = n.deps, n.memory
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

// eval decides the branch condition c if what is known on the path allows it.
// held reports whether a value is the obligation itself, which is not nil.
func (c *conditions) eval(cond *condition, k *knowledge, held func(ssa.Value) bool) truth {
	if b, ok := k.conds[cond.key]; ok {
		return truthOf(b != cond.negated)
	}
	if cond.subject != "" {
		// x == A rules out x == B.
		if known, ok := k.conds[cond.subject+" "+cond.y.String()]; ok {
			return truthOf(known != cond.negated)
		}
		for key, is := range k.conds {
			if is && strings.HasPrefix(key, cond.subject+" ") {
				return truthOf(cond.negated)
			}
		}
	}
	x := k.resolve(cond.x)
	if cond.op == token.ILLEGAL {
		if v, ok := x.(*ssa.Const); ok && v.Value != nil && v.Value.Kind() == constant.Bool {
			return truthOf(constant.BoolVal(v.Value) != cond.negated)
		}
		if x != cond.x && isTest(x) {
			inner := parse(x) // a flag that was set to the outcome of a test
			inner.negated = inner.negated != cond.negated
			return c.eval(inner, k, held)
		}
		return isUnknown
	}
	y := k.resolve(cond.y)
	if cond.op == token.EQL && ssax.IsNil(y) {
		switch {
		case ssax.IsNil(x):
			return truthOf(!cond.negated)
		case held(cond.x) || held(x) || neverNil(x):
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

// dominating returns what holds at the start of b because every path to it took
// one side of a branch.
func (c *conditions) dominating(b *ssa.BasicBlock) knowledge {
	var k knowledge
	for d := b.Idom(); d != nil; d = d.Idom() {
		instr := ssax.BranchOf(d)
		if instr == nil {
			continue
		}
		for i := range d.Succs {
			if ssax.OnlyBy(b, instr, i) {
				c.learn(c.of(instr), i == 0, &k)
			}
		}
	}
	return k
}
