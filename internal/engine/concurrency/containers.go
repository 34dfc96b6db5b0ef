package concurrency

import (
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// chanOf returns the channel type that t is, or whose channels a value of type t
// leads to: a pointer to a channel, or a slice, array or map of channels, or a
// pointer to one of those. It is nil if there is none. A container and all that is
// in it are one class.
func chanOf(t types.Type) *types.Chan {
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	if ch, ok := t.Underlying().(*types.Chan); ok {
		return ch
	}
	return inContainer(t)
}

// inContainer returns the channel type of the elements or keys of t, nil if t is no
// container of channels.
func inContainer(t types.Type) *types.Chan {
	var ch *types.Chan
	switch t := t.Underlying().(type) {
	case *types.Slice:
		ch, _ = t.Elem().Underlying().(*types.Chan)
	case *types.Array:
		ch, _ = t.Elem().Underlying().(*types.Chan)
	case *types.Map:
		if ch, _ = t.Elem().Underlying().(*types.Chan); ch == nil {
			ch, _ = t.Key().Underlying().(*types.Chan)
		}
	}
	return ch
}

// isContainer reports whether t is a container of channels, or points to one.
func isContainer(t types.Type) bool {
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	return inContainer(t) != nil
}

// container joins a container with what an instruction puts in or takes out. It
// reports whether the instruction does nothing else.
func (c *channels) container(instr ssa.Instruction) bool {
	var in ssa.Value
	switch instr := instr.(type) {
	case *ssa.IndexAddr:
		in = instr.X
	case *ssa.Index:
		in = instr.X
	case *ssa.Slice:
		in = instr.X
	case *ssa.Lookup:
		in = instr.X
		if m, ok := in.Type().Underlying().(*types.Map); ok && inContainer(m) != nil {
			c.join(c.node(instr.Index), c.node(in)) // nil unless the key is a channel
		}
		if instr.CommaOk {
			return true // by the Extract
		}
	case *ssa.MapUpdate:
		if isContainer(instr.Map.Type()) {
			c.join(c.node(instr.Map), c.node(instr.Key))
			c.join(c.node(instr.Map), c.node(instr.Value))
			return true
		}
		return false
	default:
		return false
	}
	if !isContainer(in.Type()) {
		return false
	}
	c.join(c.node(instr.(ssa.Value)), c.node(in))
	return true
}

// takenOut returns the container that a component of a tuple is an element or key
// of: the tuple is that of a look-up, or of a step of a range over a map.
func takenOut(x *ssa.Extract) (in ssa.Value, ok bool) {
	switch tuple := x.Tuple.(type) {
	case *ssa.Lookup:
		in = tuple.X
	case *ssa.Next:
		r, isRange := tuple.Iter.(*ssa.Range)
		if !isRange {
			return nil, false
		}
		in = r.X
	default:
		return nil, false
	}
	return in, isContainer(in.Type())
}
