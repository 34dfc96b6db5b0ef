package taint

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
)

// registers reports whether the function that reads v from the body of a request also keeps an
// object under it, or one that it makes with it, itself or in what it calls: then v names one of
// the things that the program has been told to look after, and there is a series for each of
// them.
func (w *walk) registers(v ssa.Value) bool {
	read, ok := v.(ssa.Instruction)
	return ok && w.keeps(v, asKey, read.Parent(), 0)
}

// A role is what a value is in a map that lives on.
type role int

const (
	asKey role = iota // of an object
	asObject
)

// keeps reports whether a function puts a value into a map that lives on, itself or, at a depth
// of calls, in what it calls. An object that is made with a key counts like one under it.
func (w *walk) keeps(v ssa.Value, as role, fn *ssa.Function, depth int) bool {
	return depth <= maxDepth && ssax.Any(fn, func(instr ssa.Instruction) bool {
		switch instr := instr.(type) {
		case *ssa.MapUpdate:
			if ssax.Place(ssax.LoadedFrom(instr.Map)) == nil {
				return false
			}
			return as == asObject && same(instr.Value, v) || as == asKey && isObject(instr.Value.Type()) && same(instr.Key, v)
		case *ssa.Call:
			body := w.inView(instr.Call.StaticCallee())
			if body == nil || body == fn {
				return false
			}
			for i, arg := range instr.Call.Args {
				if same(arg, v) && (w.keeps(body.Params[i], as, body, depth+1) ||
					as == asKey && isObject(instr.Type()) && w.keeps(instr, asObject, fn, depth)) {
					return true
				}
			}
		}
		return false
	})
}

// isObject reports whether t is a pointer to a type with methods, or an interface with some.
func isObject(t types.Type) bool {
	if types.IsInterface(t) {
		return t.Underlying().(*types.Interface).NumMethods() > 0
	}
	_, pointer := t.Underlying().(*types.Pointer)
	return pointer && types.NewMethodSet(t).Len() > 0
}
