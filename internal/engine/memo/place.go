package memo

import (
	"go/constant"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/model/words"
)

// A place is a field or package variable in which something is kept: in itself, or in
// the map that it holds.
type place struct {
	of      *types.Var
	owner   ssa.Value // the object whose field it is, nil for a package variable
	weak    bool      // it may as well be the state of one request, unless it is guarded
	atomic  bool      // it is of sync or sync/atomic
	claimed bool      // the test that found it empty has filled it
}

// guarded reports whether fn expects more than one goroutine at the place.
func (p place) guarded(fn *ssa.Function) bool {
	if p.owner == nil || p.atomic {
		return true
	}
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			call, ok := instr.(*ssa.Call)
			if !ok || !ctxlib.IsMutex(ssax.Callee(&call.Call), "Lock", "TryLock") {
				continue
			}
			if recv, _ := ssax.Receiver(&call.Call); rootOf(recv) != nil {
				return true
			}
		}
	}
	return false
}

// foundEmpty returns the place that is empty if the condition holds, or does not.
func foundEmpty(cond ssa.Value, holds bool) (p place, ok bool) {
	switch cond := cond.(type) {
	case *ssa.UnOp:
		if cond.Op == token.NOT {
			return foundEmpty(cond.X, !holds)
		}
		if p, ok = read(cond); ok && !holds {
			return p.asFlag()
		}
	case *ssa.BinOp:
		if cond.Op == token.EQL && holds || cond.Op == token.NEQ && !holds {
			return comparedWithEmpty(cond)
		}
	case *ssa.Extract: // _, ok := m[k]
		if cond.Index == 1 && !holds {
			return read(cond)
		}
	case *ssa.Call:
		switch p, ok = read(cond); {
		case ok && ssax.Callee(&cond.Call).Name() == "CompareAndSwap":
			if !holds || !isEmpty(ssax.Explicit(&cond.Call, len(cond.Call.Args)-3)) {
				return place{}, false
			}
			p.claimed = true
			return p.asFlag()
		case ok && !holds:
			return p.asFlag()
		}
	}
	return place{}, false
}

// asFlag returns the place as one that says only that something was done, unless that
// is an end: whoever ends something is given a context for it.
func (p place) asFlag() (place, bool) {
	p.weak = true
	return p, !words.Over.In(p.of.Name())
}

// comparedWithEmpty returns the place that a comparison with nil, "", 0 or a length of
// 0 is about.
func comparedWithEmpty(cmp *ssa.BinOp) (p place, ok bool) {
	x, y := cmp.X, cmp.Y
	if isEmpty(x) {
		x, y = y, x
	}
	if !isEmpty(y) {
		return place{}, false
	}
	if call, ok := x.(*ssa.Call); ok {
		if b, ok := call.Call.Value.(*ssa.Builtin); ok && b.Name() == "len" {
			x = call.Call.Args[0]
		}
	}
	return read(x)
}

// isEmpty reports whether v is the zero value of a type that has constants or nil.
func isEmpty(v ssa.Value) bool {
	k, ok := ssax.Strip(v).(*ssa.Const)
	if !ok {
		return false
	}
	switch {
	case k.Value == nil:
		return true
	case k.Value.Kind() == constant.Bool:
		return !constant.BoolVal(k.Value)
	case k.Value.Kind() == constant.String:
		return constant.StringVal(k.Value) == ""
	}
	return constant.Sign(k.Value) == 0
}

// read returns the place that v was read from: a field or package variable, the map
// or sync.Map in one, or an atomic value.
func read(v ssa.Value) (p place, ok bool) {
	switch v := ssax.Strip(v).(type) {
	case *ssa.UnOp:
		if v.Op == token.MUL {
			return placeAt(v.X)
		}
	case *ssa.Lookup:
		return read(v.X)
	case *ssa.Extract:
		switch tuple := v.Tuple.(type) {
		case *ssa.Lookup, *ssa.Call:
			return read(tuple)
		case *ssa.TypeAssert:
			return read(tuple.X)
		}
	case *ssa.Call:
		fn := ssax.Callee(&v.Call)
		if fn == nil || !isSynchronized(fn) {
			return place{}, false
		}
		switch fn.Name() {
		case "Load", "CompareAndSwap":
			return held(&v.Call)
		}
	}
	return place{}, false
}

// held returns the place of the sync.Map or atomic value that is the receiver of a
// call.
func held(call *ssa.CallCommon) (p place, ok bool) {
	recv, _ := ssax.Receiver(call)
	if recv == nil {
		return place{}, false
	}
	if p, ok = placeAt(recv); !ok {
		p, ok = read(recv) // a pointer to one
	}
	p.atomic = true
	return p, ok
}

// isSynchronized reports whether fn is a method of sync.Map or of an atomic value.
func isSynchronized(fn *types.Func) bool {
	if fn.Pkg() == nil || fn.Signature().Recv() == nil {
		return false
	}
	return fn.Pkg().Path() == "sync/atomic" || fn.Pkg().Path() == "sync" && ctxlib.ReceiverName(fn) == "Map"
}

// placeAt returns the place at an address, if others can read it.
func placeAt(addr ssa.Value) (p place, ok bool) {
	of, root := ssax.Place(addr), rootOf(addr)
	if of == nil || root == nil || ctxlib.IsError(of.Type()) {
		return place{}, false // an error that is kept stops work, and is nothing that work is for
	}
	p.of = of
	if fa, ok := addr.(*ssa.FieldAddr); ok {
		p.owner = fa.X
	}
	if param, ok := root.(*ssa.Parameter); ok {
		fn := param.Parent()
		p.weak = fn.Signature.Recv() == nil || fn.Params[0] != param
	}
	return p, true
}

// storedIn returns what an instruction stores in a place.
func storedIn(instr ssa.Instruction, p place) (v ssa.Value, ok bool) {
	switch instr := instr.(type) {
	case *ssa.Store:
		return instr.Val, ssax.Place(instr.Addr) == p.of
	case *ssa.MapUpdate:
		return instr.Value, ssax.Place(ssax.LoadedFrom(instr.Map)) == p.of
	case *ssa.Call:
		fn := ssax.Callee(&instr.Call)
		if fn == nil || !isSynchronized(fn) || len(instr.Call.Args) < 2 {
			return nil, false
		}
		switch fn.Name() {
		case "Store", "LoadOrStore", "Swap", "CompareAndSwap":
			at, ok := held(&instr.Call)
			return instr.Call.Args[len(instr.Call.Args)-1], ok && at.of == p.of
		}
	}
	return nil, false
}

// asksAbout reports whether a condition reads a place, or a field of the same object.
func asksAbout(cond ssa.Value, p place) bool {
	work := ssax.NewWork(cond)
	for v := range work.All() {
		if v == nil {
			continue
		}
		if of := ssax.Place(v); of != nil {
			if fa, ok := v.(*ssa.FieldAddr); of == p.of || ok && p.owner != nil && ssax.Same(fa.X, p.owner, nil) {
				return true
			}
		}
		if instr, ok := v.(ssa.Instruction); ok {
			work.Add(appendOperands(nil, instr)...)
		}
	}
	return false
}

// rootOf returns the package variable or parameter from which an address or object is
// reached, nil for what the function has made or got from a call: as far as can be
// seen, that belongs to it alone.
func rootOf(v ssa.Value) ssa.Value {
	for range maxSteps {
		switch x := v.(type) {
		case *ssa.Global, *ssa.Parameter:
			return x
		case *ssa.FieldAddr:
			v = x.X
		case *ssa.Field:
			v = x.X
		case *ssa.IndexAddr:
			v = x.X
		case *ssa.Lookup:
			v = x.X
		case *ssa.Extract:
			v = x.Tuple
		case *ssa.TypeAssert:
			v = x.X
		case *ssa.UnOp:
			if x.Op != token.MUL {
				return nil
			}
			v = x.X
			if cell, ok := ssax.Variable(x.X); ok { // a parameter that a literal captures
				if v, ok = ssax.UsesOf(cell).Only(); !ok {
					return nil
				}
			}
		default:
			return nil
		}
	}
	return nil
}

// maxSteps bounds the way from a place to the variable that it is reached from. Nobody
// writes more selectors in a row.
const maxSteps = 16
