package mustcall

import (
	"go/token"
	"maps"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// knowledge is what holds on a path.
type knowledge struct {
	conds map[string]bool         // outcomes of conditions, by key
	vals  map[ssa.Value]ssa.Value // what phis and cells hold
}

func (k knowledge) clone() knowledge {
	return knowledge{maps.Clone(k.conds), maps.Clone(k.vals)}
}

// resolve replaces a phi or the load of a cell by the value it has on this path.
func (k knowledge) resolve(v ssa.Value) ssa.Value {
	for range 8 {
		var next ssa.Value
		switch x := v.(type) {
		case *ssa.Phi:
			next = k.vals[x]
		case *ssa.UnOp:
			if x.Op == token.MUL {
				next = k.vals[x.X]
			}
		case *ssa.ChangeType:
			next = x.X
		case *ssa.ChangeInterface:
			next = x.X
		case *ssa.MakeInterface:
			next = x.X
		}
		if next == nil || next == v {
			return v
		}
		v = next
	}
	return v
}

// learn records the outcome of a branch where some later branch can use it.
func (c *conditions) learn(cond *condition, outcome bool, k *knowledge) {
	if len(c.users[cond.key]) > 1 {
		set(&k.conds, cond.key, outcome != cond.negated)
	}
	// That x is not A only matters to another test for A.
	if is := outcome != cond.negated; cond.subject != "" && (is && len(c.users[cond.subject]) > 1 || len(c.users[cond.key]) > 1) {
		set(&k.conds, cond.subject+" "+cond.y.String(), outcome != cond.negated)
	}
}

func set(m *map[string]bool, key string, v bool) {
	if *m == nil {
		*m = make(map[string]bool)
	}
	(*m)[key] = v
}

// bind records the value that a phi or a cell has on the path.
func (c *conditions) bind(k *knowledge, holder, val ssa.Value) {
	if len(c.bearing[holder]) == 0 {
		return
	}
	if k.vals == nil {
		k.vals = make(map[ssa.Value]ssa.Value)
	}
	k.vals[holder] = val
}

// store takes note of a store: of the value of a cell, and that conditions that
// read the address no longer hold.
func (c *conditions) store(k *knowledge, s *ssa.Store) {
	if cell, ok := s.Addr.(*ssa.Alloc); ok {
		c.bind(k, cell, k.resolve(s.Val))
	}
	if len(k.conds) == 0 {
		return
	}
	addr := (&namer{}).name(s.Addr)
	for key := range k.conds {
		if strings.Contains(key, "*("+addr+")") {
			delete(k.conds, key)
		}
	}
}

// forgetLoop drops what is known of values that a new turn of the loop with the
// given header computes again.
func (c *conditions) forgetLoop(k *knowledge, header *ssa.BasicBlock) {
	for key := range k.conds {
		if c.changesIn(key, header) {
			delete(k.conds, key)
		}
	}
	for v := range k.vals {
		if phi, ok := v.(*ssa.Phi); ok && phi.Block() != header && header.Dominates(phi.Block()) {
			delete(k.vals, v)
		}
	}
}

func (c *conditions) changesIn(key string, header *ssa.BasicBlock) bool {
	for _, cond := range c.parsed {
		if cond.key != key && (cond.subject == "" || !strings.HasPrefix(key, cond.subject+" ")) {
			continue
		}
		return cond.memory || slices.ContainsFunc(cond.deps, header.Dominates)
	}
	return true
}

// forgetUnused drops what no branch that can still be reached from b asks for,
// so that paths that differ in nothing else meet again.
func (c *conditions) forgetUnused(k *knowledge, b *ssa.BasicBlock) {
	for key := range k.conds {
		users := c.users[key]
		if i := strings.LastIndexByte(key, ' '); users == nil && i > 0 {
			users = c.users[key[:i]]
		}
		if !slices.ContainsFunc(users, func(u *ssa.BasicBlock) bool { return u == b || c.reach.Reaches(b, u) }) {
			delete(k.conds, key)
		}
	}
	for v := range k.vals {
		if !slices.ContainsFunc(c.bearing[v], func(u *ssa.BasicBlock) bool { return u == b || c.reach.Reaches(b, u) }) {
			delete(k.vals, v)
		}
	}
}
