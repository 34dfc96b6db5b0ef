package ssax

import (
	"go/constant"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// maxSame bounds how deep [Same] compares operands of operands. Expressions
// that occur twice in the source are hardly ever deeper.
const maxSame = 10

// maxCompared bounds the pairs of values that [Same] compares, since calls have
// several arguments.
const maxCompared = 1000

// Same reports whether a and b, values in one run of a function, are certain to
// be equal as long as memory does not change between them: they are, apart from
// what [Strip] takes off, one value, equal constants, or the same operation (a
// load, the address or value of a field, a conversion, a call) on the same
// operands. A call counts if pure holds for its callee; a nil pure holds for
// none. Elements, arithmetic, receives and operands that are nested too deep
// are not compared: the answer is false.
func Same(a, b ssa.Value, pure func(*types.Func) bool) bool {
	return (&comparison{pure, maxCompared}).same(a, b, maxSame)
}

type comparison struct {
	pure func(*types.Func) bool
	left int // pairs left of maxCompared
}

func (c *comparison) same(a, b ssa.Value, depth int) bool {
	a, b = Strip(a), Strip(b)
	if a == b {
		return true
	}
	if depth == 0 || c.left == 0 {
		return false
	}
	c.left--
	switch a := a.(type) {
	case *ssa.Const:
		b, ok := b.(*ssa.Const)
		return ok && sameConst(a, b)
	case *ssa.UnOp:
		b, ok := b.(*ssa.UnOp)
		return ok && a.Op == b.Op && a.Op != token.ARROW && c.same(a.X, b.X, depth-1)
	case *ssa.FieldAddr:
		b, ok := b.(*ssa.FieldAddr)
		return ok && a.Field == b.Field && c.same(a.X, b.X, depth-1)
	case *ssa.Field:
		b, ok := b.(*ssa.Field)
		return ok && a.Field == b.Field && c.same(a.X, b.X, depth-1)
	case *ssa.Convert:
		b, ok := b.(*ssa.Convert)
		return ok && types.Identical(a.Type(), b.Type()) && c.same(a.X, b.X, depth-1)
	case *ssa.Call:
		b, ok := b.(*ssa.Call)
		return ok && c.sameCall(&a.Call, &b.Call, depth-1)
	}
	return false
}

func sameConst(a, b *ssa.Const) bool {
	if a.Value == nil || b.Value == nil {
		return a.Value == b.Value && types.Identical(a.Type(), b.Type())
	}
	return a.Value.Kind() == b.Value.Kind() && constant.Compare(a.Value, token.EQL, b.Value)
}

func (c *comparison) sameCall(a, b *ssa.CallCommon, depth int) bool {
	fn := Callee(a)
	if fn == nil || c.pure == nil || fn != Callee(b) || len(a.Args) != len(b.Args) || !c.pure(fn) {
		return false
	}
	if a.IsInvoke() && !c.same(a.Value, b.Value, depth) {
		return false
	}
	for i := range a.Args {
		if !c.same(a.Args[i], b.Args[i], depth) {
			return false
		}
	}
	return true
}
