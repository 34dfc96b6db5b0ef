package taint

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
)

// load follows what is read from memory.
func (w *walk) load(v *ssa.UnOp, fr *frame, st state) {
	if isInteger(v.Type()) && w.counter(v.X, v, st) {
		return
	}
	switch addr := v.X.(type) {
	case *ssa.Alloc:
		w.variable(addr, v, fr, st)
	case *ssa.FreeVar:
		i := slices.Index(addr.Parent().FreeVars, addr)
		for _, mc := range w.Makers(addr.Parent()) {
			b := mc.Bindings[i]
			if cell, ok := b.(*ssa.Alloc); ok {
				w.captured(cell, mc, st)
			} else {
				w.value(b, at(mc), nil, st)
			}
		}
	case *ssa.Global:
		w.global(addr, st)
	case *ssa.FieldAddr:
		w.field(v, addr.X, addr.Field, fr, st)
	default:
		w.value(addr, at(v), fr, st)
	}
}

// variable follows a variable that lives in memory to the stores that reach the
// load.
func (w *walk) variable(cell *ssa.Alloc, load *ssa.UnOp, fr *frame, st state) {
	stores := ssax.StoresTo(cell)
	for _, s := range stores {
		if w.survives(s, stores, load) {
			w.value(s.Val, at(s), fr, st)
		}
	}
	if len(stores) == 0 || !isScalar(cell) {
		w.parts(cell, fr, st)
	}
	w.updatesThrough(cell, fr, st)
	w.column(cell, load, st)
	if len(stores) == 0 && isScalar(cell) && escapes(cell) {
		w.unknown(load, load.Type(), st)
	}
}

// captured follows a variable that a function literal reads.
func (w *walk) captured(cell *ssa.Alloc, mc *ssa.MakeClosure, st state) {
	stores := ssax.StoresTo(cell)
	for _, s := range stores {
		if s.Parent() != mc.Parent() || w.survivesUntil(s, stores, mc) {
			w.value(s.Val, at(s), nil, st)
		}
	}
	if len(stores) == 0 || !isScalar(cell) {
		w.parts(cell, nil, st)
	}
	w.updatesThrough(cell, nil, st)
}

// stored follows everything that is stored in a variable whose address
// something has, or in a part of it. Of the values of the variable itself, only
// those count that are there when the function returns, when a deferred call
// reads them.
func (w *walk) stored(cell *ssa.Alloc, fr *frame, st state) {
	stores := ssax.StoresTo(cell)
	for _, s := range stores {
		if !isScalar(cell) || w.survivesUntil(s, stores, nil) {
			w.value(s.Val, at(s), fr, st)
		}
	}
	w.parts(cell, fr, st)
	w.updatesThrough(cell, fr, st)
}

func isScalar(cell *ssa.Alloc) bool {
	switch cell.Type().(*types.Pointer).Elem().Underlying().(type) {
	case *types.Struct, *types.Array:
		return false
	}
	return true
}

// parts follows what is stored in fields and elements of what addr points to.
func (w *walk) parts(addr ssa.Value, fr *frame, st state) {
	refs := addr.Referrers()
	if refs == nil {
		return
	}
	named := st.namedBy(addr)
	for _, r := range *refs {
		switch r := r.(type) {
		case *ssa.FieldAddr:
			if r.X == addr && !isLabelName(r) {
				w.under(r, fr, named)
			}
		case *ssa.IndexAddr:
			if r.X == addr {
				w.under(r, fr, element(named, r))
			}
		}
	}
}

// namedBy returns the state with the name of the label that addr points to,
// according to its field Name or Key.
func (st state) namedBy(addr ssa.Value) state {
	refs := addr.Referrers()
	if refs == nil {
		return st
	}
	for _, r := range *refs {
		if fa, ok := r.(*ssa.FieldAddr); ok && isLabelName(fa) {
			for _, s := range ssax.StoresTo(fa) {
				if k, ok := s.Val.(*ssa.Const); ok && st.label == "" {
					st.label = stringOf(k)
				}
			}
		}
	}
	return st
}

// element returns the state for an element of a slice, whose index is known if
// it is a constant.
func element(st state, addr *ssa.IndexAddr) state {
	if k, ok := addr.Index.(*ssa.Const); ok && k.Value != nil && st.index < 0 && st.label == "" {
		st.index = int(k.Int64())
	}
	return st
}

func isLabelName(fa *ssa.FieldAddr) bool {
	s := ssax.Struct(fa.X.Type())
	if s == nil {
		return false
	}
	name := s.Field(fa.Field).Name()
	return (name == "Name" || name == "Key") && s.NumFields() == 2
}

// under follows what is stored at an address and below it.
func (w *walk) under(addr ssa.Value, fr *frame, st state) {
	for _, s := range ssax.StoresTo(addr) {
		w.value(s.Val, at(s), fr, st)
	}
	w.parts(addr, fr, st)
}

// updates follows what is stored in the elements of a map or a slice through v,
// here or in functions in view that get v as an argument.
func (w *walk) updates(v ssa.Value, fr *frame, st state) {
	refs := v.Referrers()
	if refs == nil {
		return
	}
	for _, r := range *refs {
		switch r := r.(type) {
		case *ssa.MapUpdate:
			if r.Map != v {
				continue
			}
			st := st
			if k, ok := r.Key.(*ssa.Const); ok {
				if st.label == "" {
					st.label = stringOf(k)
				}
			} else if isText(r.Key.Type()) {
				w.value(r.Key, at(r), fr, st)
			}
			w.value(r.Value, at(r), fr, st)
		case *ssa.IndexAddr:
			if r.X == v {
				w.under(r, fr, element(st, r))
			}
		case *ssa.ChangeType:
			w.updates(r, fr, st)
		case ssa.CallInstruction:
			w.updatesIn(r, v, fr, st)
		}
	}
}

// updatesIn follows what the functions that call calls store in the elements of
// v, an argument.
func (w *walk) updatesIn(call ssa.CallInstruction, v ssa.Value, fr *frame, st state) {
	callee := w.inView(call.Common().StaticCallee())
	if callee == nil {
		return
	}
	for i, arg := range call.Common().Args {
		if arg != v || i >= len(callee.Params) {
			continue
		}
		if inner := w.enter(call, callee, fr); inner != nil {
			key := visit{callee.Params[i], inner, st.label, -2, st.loose, st.vet} // its updates, but not its value
			if !w.seen[key] {
				w.seen[key] = true
				w.updates(callee.Params[i], inner, st.step(call.Pos(), about(Filled, callee)))
			}
		}
	}
}

// updatesThrough follows what is stored in elements through loads of a variable.
func (w *walk) updatesThrough(cell ssa.Value, fr *frame, st state) {
	switch cell.Type().(*types.Pointer).Elem().Underlying().(type) {
	case *types.Map, *types.Slice:
	default:
		return
	}
	if refs := cell.Referrers(); refs != nil {
		for _, r := range *refs {
			if u, ok := r.(*ssa.UnOp); ok && u.X == cell {
				w.updates(u, fr, st)
			}
		}
	}
}

func isText(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&types.IsString != 0
}

// global follows a package-level variable. What is stored when the package is
// initialised, or by main, is one value for the whole life of the process.
func (w *walk) global(g *ssa.Global, st state) {
	for _, s := range w.globalStores(g) {
		if fn := s.Parent(); ssax.IsInit(fn) || fn.Name() == "main" {
			w.end(oneValue)
			continue
		}
		w.value(s.Val, at(s), nil, st.step(s.Pos(), Event{Kind: ToVariable, Name: g.Name()}))
	}
}
