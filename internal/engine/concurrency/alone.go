package concurrency

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
)

// alone reports whether fn, which makes all channels of ch, is the only one to have them
// when control is at an instruction: neither they nor the objects that hold them have been
// given to anybody. Whoever leaves there leaves nobody waiting.
func (p *Package) alone(ch *Channel, fn *ssa.Function, at ssa.Instruction) bool {
	for _, m := range ch.Makes {
		s := sharing{at: at, seen: make(map[ssa.Value]bool)}
		if m.Parent() != fn || s.follow(m) {
			return false
		}
	}
	return len(ch.Makes) > 0
}

// sharing is a search for an instruction that gives a value to others, on a path to
// another instruction. Uses that it does not know give it away.
type sharing struct {
	at   ssa.Instruction
	seen map[ssa.Value]bool
}

func (s *sharing) follow(v ssa.Value) bool {
	if s.seen[v] || v.Referrers() == nil {
		return false
	}
	s.seen[v] = true
	for _, ref := range *v.Referrers() {
		if s.shares(v, ref) {
			return true
		}
	}
	return false
}

// shares reports whether a use of v gives it away, itself or through where it puts it.
func (s *sharing) shares(v ssa.Value, ref ssa.Instruction) bool {
	switch ref := ref.(type) {
	case *ssa.DebugRef, *ssa.BinOp, *ssa.FieldAddr, *ssa.Select:
		return false // the fields that hold what is looked for are followed from the store
	case *ssa.ChangeType, *ssa.MakeInterface, *ssa.ChangeInterface, *ssa.Phi:
		return s.follow(ref.(ssa.Value))
	case *ssa.UnOp:
		if ref.Op == token.ARROW {
			return false
		}
		if _, object := types.Unalias(ref.Type()).Underlying().(*types.Struct); !object {
			return s.follow(ref)
		}
	case *ssa.Send:
		if ref.X != v {
			return false
		}
	case *ssa.Store:
		if ref.Addr == v {
			return false
		}
		if object := holder(ref.Addr); object != nil {
			return s.followFrom(ref.Addr, object)
		}
	case *ssa.Call:
		if _, builtin := ref.Call.Value.(*ssa.Builtin); builtin {
			return false // close, len, cap
		}
	}
	return ref == s.at || ssax.Reaches(ref, s.at)
}

// followFrom looks at the uses of a local variable or object in which a value has been
// stored at addr.
func (s *sharing) followFrom(addr ssa.Value, object *ssa.Alloc) bool {
	if field, ok := addr.(*ssa.FieldAddr); ok {
		for _, ref := range *object.Referrers() {
			if same, ok := ref.(*ssa.FieldAddr); ok && same.Field == field.Field && s.follow(same) {
				return true
			}
		}
	}
	return s.follow(object)
}

// holder returns the variable or object of the function that has the address, nil if it is
// another one.
func holder(addr ssa.Value) *ssa.Alloc {
	switch addr := addr.(type) {
	case *ssa.Alloc:
		return addr
	case *ssa.FieldAddr:
		object, _ := addr.X.(*ssa.Alloc)
		return object
	}
	return nil
}
