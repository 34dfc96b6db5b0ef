package athand

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/web"
	"github.com/ctxlint/ctxlint/internal/model/words"
)

// EndsWith reports whether the context is that of the object v itself, such as a connection:
// its end is the context's, and what its methods wait for is over then. The context of a
// request, a command or a message is that of somebody else, which it carries.
func (h *Context) EndsWith(v ssa.Value) bool {
	if h.field != nil || h.Request || h.Expr == h.Root || ssax.Only(v) != ssa.Value(h.param) {
		return false
	}
	t := h.param.Type()
	if _, framework := web.Of(t); framework {
		return false
	}
	if _, command := web.CommandOf(t); command {
		return false
	}
	methods := types.NewMethodSet(t)
	for i := range methods.Len() {
		if words.Cleans.Leads(methods.At(i).Obj().Name()) {
			return true
		}
	}
	return false
}

// KeptBy returns the field of the object v in which the context is, nil if it is in none.
func (h *Context) KeptBy(v ssa.Value) *types.Var {
	if ssax.Only(v) != ssa.Value(h.param) {
		return nil
	}
	return h.field
}
