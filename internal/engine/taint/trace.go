package taint

import (
	"go/constant"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/model/metriclib"
)

// use is where a value is used: in a block, or on an edge from it.
type use struct {
	block *ssa.BasicBlock
	to    *ssa.BasicBlock // nil, or the block of the phi that takes the value
}

// value follows v, which is used at u.
func (w *walk) value(v ssa.Value, u use, fr *frame, st state) {
	key := visit{v, fr, st.label, st.index, st.loose, st.vet}
	if w.seen[key] {
		return
	}
	if len(w.seen) > maxVisits {
		w.end(tooFarToTell)
		return
	}
	if why := w.bounded(v, u); why != "" {
		w.end(why)
		return // elsewhere, the same value may not be
	}
	w.seen[key] = true
	st.vet = st.vet || w.vetted(v, u)
	if metriclib.IsUID(v.Type()) {
		if _, ok := v.(*ssa.Parameter); !ok || fr == nil {
			w.source(v, metriclib.K8s, st)
			return
		}
	}
	switch v := v.(type) {
	case *ssa.Parameter:
		w.param(v, fr, st)
	case *ssa.FreeVar:
		i := slices.Index(v.Parent().FreeVars, v)
		for _, mc := range w.Makers(v.Parent()) {
			w.value(mc.Bindings[i], at(mc), nil, st)
		}
	case *ssa.Phi:
		if w.sequence(v, st) {
			return
		}
		for i, e := range v.Edges {
			w.value(e, use{v.Block().Preds[i], v.Block()}, fr, st)
		}
	case *ssa.UnOp:
		switch v.Op {
		case token.MUL:
			w.load(v, fr, st)
		case token.SUB:
			w.value(v.X, at(v), fr, st)
		case token.ARROW:
			w.unknown(v, v.Type(), st)
		}
	case *ssa.BinOp:
		switch v.Op {
		case token.ADD:
			if k, ok := v.X.(*ssa.Const); ok && st.label == "" {
				st.label = tagName(k)
			}
			w.value(v.X, at(v), fr, st)
			w.value(v.Y, at(v), fr, st)
		case token.SUB, token.MUL, token.QUO, token.OR, token.XOR, token.SHL, token.SHR:
			w.value(v.X, at(v), fr, st)
			w.value(v.Y, at(v), fr, st)
		}
	case *ssa.Convert:
		w.value(v.X, at(v), fr, st)
	case *ssa.MultiConvert:
		w.value(v.X, at(v), fr, st)
	case *ssa.ChangeType:
		w.value(v.X, at(v), fr, st)
	case *ssa.ChangeInterface:
		w.boxed(v, v.X, fr, st)
	case *ssa.MakeInterface:
		w.boxed(v, v.X, fr, st)
	case *ssa.TypeAssert:
		w.value(v.X, at(v), fr, st)
	case *ssa.SliceToArrayPointer:
		w.value(v.X, at(v), fr, st)
	case *ssa.Slice:
		w.value(v.X, at(v), fr, st)
		w.updates(v, fr, st)
	case *ssa.Alloc:
		w.stored(v, fr, st)
	case *ssa.MakeSlice, *ssa.MakeMap:
		w.updates(v, fr, st)
	case *ssa.Index:
		w.value(v.X, at(v), fr, st)
	case *ssa.IndexAddr:
		w.value(v.X, at(v), fr, st)
	case *ssa.Lookup:
		w.lookup(v, fr, st)
	case *ssa.Field:
		w.field(v, v.X, v.Field, fr, st)
	case *ssa.FieldAddr:
		w.field(v, v.X, v.Field, fr, st)
	case *ssa.Extract:
		w.extract(v, fr, st)
	case *ssa.Call:
		w.call(v, 0, fr, st)
	}
}

func at(v ssa.Instruction) use { return use{block: v.Block()} }

// lookup follows the element of a map. The key does not matter: only values
// that are in the map can come out.
func (w *walk) lookup(v *ssa.Lookup, fr *frame, st state) {
	if st.label == "" {
		if k, ok := v.Index.(*ssa.Const); ok {
			st.label = stringOf(k)
		}
	}
	if st.outer == nil {
		st.outer = v
	}
	w.value(v.X, at(v), fr, st)
}

// extract follows one value of several.
func (w *walk) extract(v *ssa.Extract, fr *frame, st state) {
	switch tuple := v.Tuple.(type) {
	case *ssa.Call:
		w.call(tuple, v.Index, fr, st)
	case *ssa.Lookup:
		if v.Index == 0 {
			w.lookup(tuple, fr, st)
		}
	case *ssa.TypeAssert:
		if v.Index == 0 {
			w.value(tuple.X, at(tuple), fr, st)
		}
	case *ssa.UnOp, *ssa.Select: // a receive
		w.unknown(v, v.Type(), st)
	case *ssa.Next:
		switch r, ok := tuple.Iter.(*ssa.Range); {
		case ok && v.Index == 1:
			w.keys(r.X, st)
		case ok && v.Index == 2:
			w.value(r.X, at(r), fr, st)
		}
	}
}

// keys follows the keys of the map m, which a range gives: those under which the package puts
// values into the field, or the variable, that the map is in.
func (w *walk) keys(m ssa.Value, st state) {
	var puts []*ssa.MapUpdate
	switch addr := ssax.LoadedFrom(m).(type) {
	case *ssa.FieldAddr:
		if st.loose {
			w.end(anyObject)
			return
		}
		st.loose = true
		puts = w.puts[ssax.FieldOf(addr)]
	case nil:
		if made, ok := m.(*ssa.MakeMap); ok {
			for _, ref := range *made.Referrers() {
				if put, ok := ref.(*ssa.MapUpdate); ok {
					puts = append(puts, put)
				}
			}
		}
	}
	for _, put := range puts {
		w.value(put.Key, at(put), nil, st.step(put.Pos(), Event{Kind: ToKey, Name: nameOf(m)}))
	}
}

// nameOf returns what the map m is called: the name of its field, or "the map".
func nameOf(m ssa.Value) string {
	if fa, ok := ssax.LoadedFrom(m).(*ssa.FieldAddr); ok {
		return ssax.FieldOf(fa).Name()
	}
	return "the map"
}

// param follows a parameter to the argument of the call that the walk came
// through, or records it.
func (w *walk) param(p *ssa.Parameter, fr *frame, st state) {
	if fr == nil || fr.callee != p.Parent() {
		if w.Strict != nil && w.Strict(p.Name(), p.Type()) {
			w.source(p, metriclib.Strict, st)
			return
		}
		w.found(Origin{Param: p}, st)
		if w.uncalled(p.Parent()) {
			w.unknown(p, p.Type(), st)
		}
		return
	}
	if arg := ssax.Argument(fr.call.Common(), p); arg != nil {
		w.value(arg, use{block: fr.call.Block()}, fr.parent, st.step(fr.call.Pos(), about(PassedTo, p.Parent())))
	}
}

// boxed follows a value that becomes an interface. How it is printed is then up
// to its type.
func (w *walk) boxed(v, x ssa.Value, fr *frame, st state) {
	t := x.Type()
	if ctxlib.IsError(t) {
		if w.fixedError(x, use{block: v.(ssa.Instruction).Block()}, fr, make(map[ssa.Value]bool)) {
			w.end(fewTexts)
			return
		}
		w.source(x, metriclib.Error, st)
		return
	}
	if fn := stringMethod(t); fn != nil {
		if w.stringer(v, x, fn, fr, st) {
			return
		}
	}
	w.value(x, use{block: v.(ssa.Instruction).Block()}, fr, st)
}

// stringer follows what the String method of x, whose type is not an interface,
// returns. It reports whether nothing else remains to be followed.
func (w *walk) stringer(v, x ssa.Value, fn *types.Func, fr *frame, st state) bool {
	if c, ok := w.sourceOf(fn); ok {
		if fixed(x) {
			w.end(oneValue)
			return true
		}
		w.source(x, c, st)
		return true
	}
	if params, ok := metriclib.Carries(fn); ok {
		return len(params) == 0
	}
	if fn.Pkg() != nil {
		w.end(ownFormat)
		return true
	}
	return false
}

func isBool(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&types.IsBoolean != 0
}

// IsEnum reports whether t is a named type of integers or strings that is
// declared along with constants of its own.
func IsEnum(t types.Type) bool {
	named, ok := types.Unalias(t).(*types.Named)
	if !ok || named.Obj().Pkg() == nil {
		return false
	}
	b, ok := named.Underlying().(*types.Basic)
	if !ok || b.Info()&(types.IsInteger|types.IsString) == 0 {
		return false
	}
	if named.Obj().Pkg().Path() == "time" && named.Obj().Name() == "Duration" {
		return false // its constants are units
	}
	scope := named.Obj().Pkg().Scope()
	n := 0
	for _, name := range scope.Names() {
		if c, ok := scope.Lookup(name).(*types.Const); ok && types.Identical(c.Type(), t) {
			if n++; n == 2 {
				return true
			}
		}
	}
	return false
}

// stringMethod returns the String or Error method of t, which is not an
// interface, or nil if it has none.
func stringMethod(t types.Type) *types.Func {
	if types.IsInterface(t) {
		return nil
	}
	for _, name := range [...]string{"Error", "String"} {
		if obj, _, _ := types.LookupFieldOrMethod(t, false, nil, name); obj != nil {
			if fn, ok := obj.(*types.Func); ok && fn.Signature().Params().Len() == 0 {
				return fn
			}
		}
	}
	return nil
}

// stringOf returns the string that k is, or "" if it is not a string.
func stringOf(k *ssa.Const) string {
	if k.Value != nil && k.Value.Kind() == constant.String {
		return constant.StringVal(k.Value)
	}
	return ""
}

// tagName returns the name of the tag if k is the beginning of one: "path:".
func tagName(k *ssa.Const) string {
	s := stringOf(k)
	if n := len(s); n > 1 && (s[n-1] == ':' || s[n-1] == '=') {
		return s[:n-1]
	}
	return ""
}
