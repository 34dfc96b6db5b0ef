package cancelleak

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
)

// renewals knows which fields are read only by what puts another cancel function into
// their place: nothing calls the last one.
//
//	if w.cancel != nil {
//		w.cancel()
//	}
//	ctx, w.cancel = context.WithCancel(ctx)
type renewals struct {
	index *ssax.Index
	known map[*types.Var]bool
}

func (c *checker) renewals() *renewals {
	if c.renewed == nil {
		c.renewed = &renewals{index: ssax.NewIndex(c.builder.SSA().Funcs), known: make(map[*types.Var]bool)}
	}
	return c.renewed
}

// only reports whether every call of the field is followed, on all paths to the end of
// its function, by a store of another function, and nothing else reads the field.
func (r *renewals) only(field *types.Var) bool {
	if !field.IsField() || !isFunc(field.Type()) {
		return false
	}
	only, ok := r.known[field]
	if !ok {
		addrs := r.index.FieldAddrs(field)
		only = slices.ContainsFunc(addrs, calls) && !slices.ContainsFunc(addrs, func(addr *ssa.FieldAddr) bool {
			_, global := addr.X.(*ssa.Global) // which lives as long as the process
			return global || !renews(field, addr)
		})
		r.known[field] = only
	}
	return only
}

// renews reports whether addr, the address of a field, is used only to store to it, to
// compare what is there with nil, and to call that before something else is stored.
func renews(field *types.Var, addr *ssa.FieldAddr) bool {
	for _, ref := range *addr.Referrers() {
		switch ref := ref.(type) {
		case *ssa.DebugRef:
		case *ssa.Store:
			if ref.Addr != ssa.Value(addr) {
				return false
			}
		case *ssa.UnOp:
			if !replacedAfter(field, ref) {
				return false
			}
		default:
			return false
		}
	}
	return true
}

func replacedAfter(field *types.Var, load *ssa.UnOp) bool {
	for _, ref := range *load.Referrers() {
		switch ref := ref.(type) {
		case *ssa.DebugRef, *ssa.BinOp:
		case *ssa.Call:
			ends := ssax.Search{
				Goal: func(instr ssa.Instruction) bool { _, ok := instr.(*ssa.Return); return ok },
				Barrier: func(instr ssa.Instruction) bool {
					st, ok := instr.(*ssa.Store)
					return ok && ssax.FieldOf(st.Addr) == field && !ssax.IsNil(st.Val)
				},
			}
			if ref.Call.Value != ssa.Value(load) || ends.After(ref) {
				return false
			}
		default:
			return false
		}
	}
	return true
}

// calls reports whether what is at addr is called or deferred.
func calls(addr *ssa.FieldAddr) bool {
	for _, ref := range *addr.Referrers() {
		load, ok := ref.(*ssa.UnOp)
		if ok && slices.ContainsFunc(*load.Referrers(), func(use ssa.Instruction) bool {
			call, ok := use.(ssa.CallInstruction)
			return ok && call.Common().Value == ssa.Value(load)
		}) {
			return true
		}
	}
	return false
}
