package selectdefault

import (
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
)

// renewed reports whether the loop may put another channel in place of this one,
// or nil.
func (c *checker) renewed(v ssa.Value, loop *ssax.Loop) bool {
	switch v := v.(type) {
	case *ssa.Phi:
		return true
	case *ssa.ChangeType:
		return c.renewed(v.X, loop)
	case *ssa.Call:
		// The Done channel of a context that each iteration makes is a new one.
		for _, op := range v.Operands(nil) {
			if c.renewed(*op, loop) {
				return true
			}
		}
		return false
	case *ssa.UnOp:
		return v.Op != token.MUL || c.stored(v.X, loop)
	case *ssa.Extract:
		instr, ok := v.Tuple.(ssa.Instruction)
		return ok && loop.Contains(instr)
	case ssa.Instruction:
		return loop.Contains(v)
	}
	return false
}

// stored reports whether the variable or field at addr may change in the loop. A
// captured variable, or a field, that only calls could change counts as constant
// unless the package stores to it elsewhere than where it is made.
func (c *checker) stored(addr ssa.Value, loop *ssax.Loop) bool {
	switch addr := addr.(type) {
	case *ssa.FieldAddr:
		changes := false
		loop.Instructions(func(instr ssa.Instruction) bool {
			if st, ok := instr.(*ssa.Store); ok && ssax.FieldOf(st.Addr) == ssax.FieldOf(addr) {
				changes = true
			}
			return !changes
		})
		return changes || c.another(addr.X, loop)
	case *ssa.Alloc, *ssa.FreeVar:
		return slices.ContainsFunc(ssax.StoresTo(addr), func(st *ssa.Store) bool { return loop.Contains(st) })
	case *ssa.Global:
		return false
	}
	return true
}

// another reports whether each iteration may have another struct at addr: the one that it
// has received, or ranges over.
func (c *checker) another(addr ssa.Value, loop *ssax.Loop) bool {
	switch addr := addr.(type) {
	case *ssa.Alloc:
		return loop.Contains(addr) || c.stored(addr, loop)
	case *ssa.FreeVar, *ssa.FieldAddr:
		return c.stored(addr, loop)
	}
	return c.renewed(addr, loop)
}
