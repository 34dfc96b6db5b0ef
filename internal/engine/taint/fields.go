package taint

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/metriclib"
)

// field follows field i of x, a struct or a pointer to one; v is what reads it.
func (w *walk) field(v, x ssa.Value, i int, fr *frame, st state) {
	sym, named := metriclib.FieldOf(x.Type(), i)
	if named {
		if c, ok := metriclib.FieldSource(sym); ok {
			w.fieldSource(v, x, sym, c, fr, st)
			return
		}
		if metriclib.CarriesField(sym) {
			if st.outer == nil {
				st.outer = v
			}
			w.value(x, at(v.(ssa.Instruction)), fr, st)
			return
		}
	}
	f := ssax.Field(x.Type(), i)
	if f == nil {
		return
	}
	if w.Strict != nil && w.Strict(f.Name(), ssax.Struct(x.Type()).Field(i).Type()) {
		w.source(v, metriclib.Strict, st)
		return
	}
	if w.fromBody(x, i, fr) {
		st.author = Client
		if w.registers(v) {
			st.author = Outside
		}
		w.source(v, metriclib.Request, st)
		return
	}
	if (fr == nil || fr.callee != v.(ssa.Instruction).Parent()) && w.fromMessage(x, i) {
		st.author = Peer
		w.source(v, metriclib.Request, st)
		return
	}
	if !w.stores(x, f, i, fr, st) {
		w.unknown(v, f.Type(), st)
	}
}

// stores follows what is stored in field i of x, which is f. It reports whether anything is
// known to be.
func (w *walk) stores(x ssa.Value, f *types.Var, i int, fr *frame, st state) bool {
	if w.fieldOf(x, i, fr, st, 0) {
		return true
	}
	if p := StructParam(x); p != nil && (fr == nil || fr.callee != p.Parent()) {
		w.found(Origin{Param: p, Field: f}, st)
	}
	stores := w.fieldStores(f)
	if !w.soleStore(f, stores) {
		if st.loose {
			w.end(anyObject)
			return true
		}
		st.loose = true
	}
	for _, s := range stores {
		st := st.namedBy(s.Addr.(*ssa.FieldAddr).X)
		w.value(s.Val, at(s), nil, st.step(s.Pos(), Event{Kind: ToField, Name: f.Name()}))
	}
	return len(stores) > 0
}

// StructParam returns the parameter that x is, or that it is the variable of,
// or nil.
func StructParam(x ssa.Value) *ssa.Parameter {
	switch x := x.(type) {
	case *ssa.Parameter:
		return x
	case *ssa.UnOp:
		return StructParam(x.X)
	case *ssa.Alloc:
		if stores := ssax.StoresTo(x); len(stores) == 1 {
			p, _ := stores[0].Val.(*ssa.Parameter)
			return p
		}
	}
	return nil
}

// soleStore reports whether one place in the whole program stores into field f,
// so that whatever is read from it was stored there.
func (w *walk) soleStore(f *types.Var, stores []*ssa.Store) bool {
	return len(stores) == 1 && f.Pkg() == w.pkg.Pkg && !f.Exported()
}

// fieldOf follows field i of x if x is known to be one particular struct, and
// reports whether it is.
func (w *walk) fieldOf(x ssa.Value, i int, fr *frame, st state, depth int) bool {
	if depth > maxDepth {
		return false
	}
	switch x := x.(type) {
	case *ssa.UnOp:
		return w.fieldOf(x.X, i, fr, st, depth+1)
	case *ssa.Alloc:
		return w.fieldOfVariable(x, i, fr, st, depth)
	case *ssa.Parameter:
		if fr != nil && fr.callee == x.Parent() {
			if arg := ssax.Argument(fr.call.Common(), x); arg != nil {
				return w.fieldOf(arg, i, fr.parent, st.step(fr.call.Pos(), about(PassedTo, x.Parent())), depth+1)
			}
		}
	case *ssa.FreeVar:
		if b := w.Bindings(x); len(b) == 1 {
			return w.fieldOf(b[0], i, nil, st, depth+1)
		}
	case *ssa.Call:
		return w.fieldOfResult(x, 0, i, fr, st, depth)
	case *ssa.Extract:
		if call, ok := x.Tuple.(*ssa.Call); ok {
			return w.fieldOfResult(call, x.Index, i, fr, st, depth)
		}
	}
	return false
}

func (w *walk) fieldOfVariable(cell *ssa.Alloc, i int, fr *frame, st state, depth int) bool {
	found := false
	for _, r := range *cell.Referrers() {
		if fa, ok := r.(*ssa.FieldAddr); ok && fa.Field == i {
			for _, s := range ssax.StoresTo(fa) {
				found = true
				w.value(s.Val, at(s), fr, st.step(s.Pos(), Event{Kind: ToField, Name: ssax.FieldOf(fa).Name()}))
			}
			w.parts(fa, fr, st)
			w.column(fa, fa, st)
		}
	}
	whole := ssax.StoresTo(cell)
	for _, s := range whole {
		if w.fieldOf(s.Val, i, fr, st, depth+1) {
			found = true
		}
	}
	// If nothing is stored into the field of a variable, it holds its zero
	// value, unless other code got the address.
	return found || len(whole) == 0 && !escapes(cell)
}

// escapes reports whether the address of cell goes anywhere but to its parts.
func escapes(cell *ssa.Alloc) bool {
	for _, r := range *cell.Referrers() {
		switch r := r.(type) {
		case *ssa.FieldAddr, *ssa.IndexAddr, *ssa.UnOp, *ssa.DebugRef:
		case *ssa.Store:
			if r.Val == cell {
				return true
			}
		default:
			return true
		}
	}
	return false
}

func (w *walk) fieldOfResult(call *ssa.Call, result, i int, fr *frame, st state, depth int) bool {
	callee := w.inView(call.Call.StaticCallee())
	if callee == nil {
		return false
	}
	inner := w.enter(call, callee, fr)
	if inner == nil {
		return false
	}
	found := true
	for _, ret := range ssax.Returns(callee) {
		if result < len(ret.Results) {
			if _, isNil := ret.Results[result].(*ssa.Const); !isNil {
				found = w.fieldOf(ret.Results[result], i, inner, st, depth+1) && found
			}
		}
	}
	return found
}
