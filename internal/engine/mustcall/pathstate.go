package mustcall

import (
	"cmp"
	"encoding/binary"
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// pathState is what is known on a path. It is immutable: each change makes
// another, which shares what is the same.
type pathState struct {
	facts []fact    // sorted by key
	vals  []binding // sorted by id
}

// fact is the outcome of a condition.
type fact struct {
	key   term
	holds bool
}

// binding is the value that a phi or a variable has.
type binding struct {
	holder, val ssa.Value
	id, valID   term // the terms of holder and val
}

// size measures what it costs to carry the state along.
func (p *pathState) size() int { return len(p.facts) + len(p.vals) }

// outcome returns whether the condition with the given key holds, if that is known.
func (p *pathState) outcome(key term) (holds, ok bool) {
	i, ok := slices.BinarySearchFunc(p.facts, key, func(f fact, key term) int { return cmp.Compare(f.key, key) })
	return ok && p.facts[i].holds, ok
}

func (p *pathState) value(holder ssa.Value) (ssa.Value, bool) {
	for i := range p.vals {
		if p.vals[i].holder == holder {
			return p.vals[i].val, true
		}
	}
	return nil, false
}

func (p *pathState) learn(f fact) {
	p.facts = put(p.facts, f, func(a, b fact) int { return cmp.Compare(a.key, b.key) })
}

func (p *pathState) bind(b binding) {
	p.vals = put(p.vals, b, func(a, b binding) int { return cmp.Compare(a.id, b.id) })
}

// put returns the sorted list with x in it, replacing an element that compares
// equal to x.
func put[T any](list []T, x T, compare func(a, b T) int) []T {
	i, found := slices.BinarySearchFunc(list, x, compare)
	if found {
		list = slices.Clone(list)
		list[i] = x
		return list
	}
	return slices.Insert(slices.Clip(list), i, x)
}

// keep returns the elements for which f holds.
func keep[T any](list []T, f func(T) bool) []T {
	i := slices.IndexFunc(list, func(x T) bool { return !f(x) })
	if i < 0 {
		return list
	}
	out := slices.Clone(list[:i])
	for _, x := range list[i+1:] {
		if f(x) {
			out = append(out, x)
		}
	}
	return out
}

// resolve replaces a phi, or the load of a variable, by the value that it has
// on this path, and a converted value by its operand.
func (p *pathState) resolve(v ssa.Value) ssa.Value {
	// With more steps than there are holders, it can only go in circles.
	for left := len(p.vals); ; {
		var holder ssa.Value
		switch x := v.(type) {
		case *ssa.ChangeType:
			v = x.X
			continue
		case *ssa.ChangeInterface:
			v = x.X
			continue
		case *ssa.MakeInterface:
			v = x.X
			continue
		case *ssa.Phi:
			holder = x
		case *ssa.UnOp:
			if x.Op == token.MUL {
				holder = x.X
			}
		}
		if holder == nil || left == 0 {
			return v
		}
		next, ok := p.value(holder)
		if !ok {
			return v
		}
		v = next
		left--
	}
}

// stateKey identifies a state at the start of a block.
type stateKey struct {
	block                           int
	holders, atExit, covered, bound bits
	ending                          ending
	path                            string // the terms of its facts and bindings, which are sorted
}

func (st *state) key(b *ssa.BasicBlock) stateKey {
	var path []byte
	for _, f := range st.path.facts {
		path = binary.AppendUvarint(path, uint64(f.key))
		if f.holds {
			path = append(path, 1)
		} else {
			path = append(path, 0)
		}
	}
	path = append(path, 0) // which is not a term
	for _, b := range st.path.vals {
		path = binary.AppendUvarint(path, uint64(b.id))
		path = binary.AppendUvarint(path, uint64(b.valID))
	}
	return stateKey{b.Index, st.holders, st.atExit, st.covered, st.bound, st.ending, string(path)}
}
