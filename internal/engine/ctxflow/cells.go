package ctxflow

import (
	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
)

// store follows a context into a variable, or ends the flow if the context is
// stored elsewhere.
func (f *follower) store(st *ssa.Store, steps []ssa.Instruction) {
	cell, ok := ssax.Variable(st.Addr)
	if !ok {
		f.use(Stored, st, 0, steps)
		return
	}
	acc := ssax.UsesOf(cell)
	if acc.Escapes {
		f.use(Stored, st, 0, steps)
		return
	}
	f.flow.Captured = append(f.flow.Captured, acc.Closures...)
	for _, load := range acc.Loads {
		if len(acc.Stores) == 1 || ssax.StoreReaches(st, load, acc.Stores) {
			f.value(load, steps)
		}
	}
}
