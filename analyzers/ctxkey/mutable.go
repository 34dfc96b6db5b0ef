package ctxkey

import (
	"fmt"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/web"
)

// checkMutable reports a map, a slice or a pointer that a handler puts into a context
// and that a goroutine, or whoever reads it later, writes.
func (c *checker) checkMutable(s *site) {
	v := ssax.Strip(s.value)
	switch {
	case !isMutable(v.Type()):
		c.report.Silent(mutable, s.call.Pos(), immutable)
		return
	case !handles(ssax.Outermost(s.call.Parent())) && !handles(s.call.Parent()):
		c.report.Silent(mutable, s.call.Pos(), notServed)
		return
	}
	write := writtenBy(v, s.call.Parent())
	for _, other := range c.sites {
		if write == nil && !other.sets() && s.key.id != "" && other.key.id == s.key.id && !ssax.InTest(other.call.Parent()) {
			write = writtenAfter(other.call)
		}
	}
	if write == nil {
		c.report.Silent(mutable, s.call.Pos(), notWritten)
		return
	}
	d := analysis.Diagnostic{
		Category: mutable,
		Message:  fmt.Sprintf("this %s is shared by all that get the context, and is written without a lock; put in a copy, or a type with a mutex", kindOf(v.Type())),
		Related:  []analysis.RelatedInformation{{Pos: write.Pos(), Message: "it is written here"}},
	}
	d.Pos, d.End = c.span(s.call)
	c.report.Report(d)
}

func handles(fn *ssa.Function) bool {
	params := fn.Signature.Params()
	for v := range params.Variables() {
		if web.IsRequest(v, params) {
			return true
		}
	}
	return false
}

// isMutable reports whether values of the type share what they hold, and have no lock.
func isMutable(t types.Type) bool {
	switch u := t.Underlying().(type) {
	case *types.Map, *types.Slice:
		return true
	case *types.Pointer:
		st, ok := u.Elem().Underlying().(*types.Struct)
		if !ok {
			return false
		}
		for f := range st.Fields() {
			if named, ok := types.Unalias(f.Type()).(*types.Named); ok && named.Obj().Pkg() != nil && (named.Obj().Pkg().Path() == "sync" || named.Obj().Pkg().Path() == "sync/atomic") {
				return false
			}
		}
		return true
	}
	return false
}

func kindOf(t types.Type) string {
	switch t.Underlying().(type) {
	case *types.Map:
		return "map"
	case *types.Slice:
		return "slice"
	}
	return "struct"
}

// writtenBy returns the first write to what v refers to by a goroutine that fn starts.
func writtenBy(v ssa.Value, fn *ssa.Function) ssa.Instruction {
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			start, ok := instr.(*ssa.Go)
			if !ok {
				continue
			}
			if body := ssax.Target(start.Call.Value); body != nil {
				if w := writeIn(body, func(base ssa.Value) bool { return sameVariable(base, v) }); w != nil {
					return w
				}
			}
		}
	}
	return nil
}

// sameVariable reports whether base is loaded from the variable that v is kept in, or
// bound to v itself.
func sameVariable(base, v ssa.Value) bool {
	if fv, ok := base.(*ssa.FreeVar); ok {
		return ssax.Binding(fv) == v
	}
	from, at := ssax.LoadedFrom(base), ssax.LoadedFrom(v)
	if from == nil || at == nil {
		return false
	}
	a, ok1 := ssax.Variable(from)
	b, ok2 := ssax.Variable(at)
	return ok1 && ok2 && a == b
}

// writtenAfter returns the first write to the value that a call reads from a context.
func writtenAfter(call *ssa.Call) ssa.Instruction {
	for _, ref := range *call.Referrers() {
		assert, ok := ref.(*ssa.TypeAssert)
		if !ok {
			continue
		}
		value := ssa.Value(assert)
		if assert.CommaOk {
			for _, use := range *assert.Referrers() {
				if ext, ok := use.(*ssa.Extract); ok && ext.Index == 0 {
					value = ext
				}
			}
		}
		if w := writeIn(call.Parent(), func(base ssa.Value) bool { return base == value }); w != nil {
			return w
		}
	}
	return nil
}

// writeIn returns the first instruction of fn that writes an element or field of a value
// for which is holds.
func writeIn(fn *ssa.Function, is func(ssa.Value) bool) ssa.Instruction {
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			switch instr := instr.(type) {
			case *ssa.MapUpdate:
				if is(instr.Map) {
					return instr
				}
			case *ssa.Store:
				if base := baseOf(instr.Addr); base != nil && is(base) {
					return instr
				}
			}
		}
	}
	return nil
}

// baseOf returns the slice or pointer whose element or field addr is, or nil.
func baseOf(addr ssa.Value) ssa.Value {
	switch addr := addr.(type) {
	case *ssa.FieldAddr:
		return addr.X
	case *ssa.IndexAddr:
		return addr.X
	case *ssa.UnOp:
		if addr.Op == token.MUL {
			return addr.X
		}
	}
	return nil
}
