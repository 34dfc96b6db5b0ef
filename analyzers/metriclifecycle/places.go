package metriclifecycle

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/typename"
)

// placeIndex knows the fields and package variables of a package.
type placeIndex struct {
	owner   map[*types.Var]*types.TypeName // of a field: the struct type
	stores  map[*types.Var][]ssa.Value     // of a field: what is put there
	escapes map[*types.Var]bool            // what is there gets to code that may do anything with it
}

func (c *checker) indexPlaces() *placeIndex {
	x := &placeIndex{make(map[*types.Var]*types.TypeName), make(map[*types.Var][]ssa.Value), make(map[*types.Var]bool)}
	for _, f := range c.index.Fields() {
		for _, addr := range c.index.FieldAddrs(f) {
			c.indexField(x, f, addr)
		}
	}
	for _, g := range c.index.Globals() {
		if v := ssax.Place(g); v != nil {
			x.escapes[v] = slices.ContainsFunc(c.index.Global(g).Loads, func(load *ssa.UnOp) bool { return c.valueEscapes(load) })
		}
	}
	return x
}

func (c *checker) indexField(x *placeIndex, f *types.Var, addr *ssa.FieldAddr) {
	if named := typename.Of(addr.X.Type()); named != nil {
		x.owner[f] = named.Origin().Obj()
	}
	for _, ref := range *addr.Referrers() {
		switch ref := ref.(type) {
		case *ssa.Store:
			if ref.Addr == addr {
				x.stores[f] = append(x.stores[f], ref.Val)
				continue
			}
		case *ssa.UnOp:
			if !c.valueEscapes(ref) {
				continue
			}
		case *ssa.FieldAddr, *ssa.IndexAddr, *ssa.DebugRef, ssa.CallInstruction:
			continue
		}
		x.escapes[f] = true
	}
}

// valueEscapes reports whether a collector gets elsewhere than to its own methods
// and to registries: to a helper that may delete or unregister it, or into a list
// that a loop may range over.
func (c *checker) valueEscapes(v ssa.Value) bool {
	for _, ref := range *v.Referrers() {
		switch ref := ref.(type) {
		case *ssa.MakeInterface:
			if c.valueEscapes(ref) {
				return true
			}
		case *ssa.ChangeInterface:
			if c.valueEscapes(ref) {
				return true
			}
		case *ssa.Store:
			if ref.Val == v && !c.toRegistry(ref) {
				return true
			}
		case ssa.CallInstruction:
			recv, args := ssax.Receiver(ref.Common())
			if recv == v || len(args) == 0 {
				continue
			}
			if _, _, out := unregistrationOf(ref.Common()); out {
				continue
			}
			if _, in := c.registrationOf(ref); !in {
				return true
			}
		case *ssa.Return, *ssa.MapUpdate, *ssa.Send, *ssa.Phi, *ssa.MakeClosure:
			return true
		}
	}
	return false
}

// toRegistry reports whether a store fills the variadic arguments of a call that
// registers collectors.
func (c *checker) toRegistry(s *ssa.Store) bool {
	args := ssax.SlicesOf(s)
	for _, slice := range args {
		for _, use := range *slice.Referrers() {
			call, ok := use.(ssa.CallInstruction)
			if !ok {
				return false
			}
			if _, ok := c.registrationOf(call); !ok {
				return false
			}
		}
	}
	return len(args) > 0
}
