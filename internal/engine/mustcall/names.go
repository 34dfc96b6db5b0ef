package mustcall

import (
	"fmt"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// namer gives values names such that equal names mean equal values on one path
// as long as memory does not change and predicates are pure. It notes on what
// the name depends.
type namer struct {
	deps   []*ssa.BasicBlock
	memory bool
	depth  int
}

func (n *namer) name(v ssa.Value) string {
	if n.depth++; n.depth > 40 {
		return n.register(v)
	}
	switch v := v.(type) {
	case *ssa.Const:
		return v.String()
	case *ssa.Parameter, *ssa.FreeVar, *ssa.Global, *ssa.Function, *ssa.Builtin:
		return v.Name()
	case *ssa.UnOp:
		switch v.Op {
		case token.MUL:
			n.memory = true
			return "*(" + n.name(v.X) + ")"
		case token.ARROW:
			return n.register(v)
		}
		return v.Op.String() + n.name(v.X)
	case *ssa.FieldAddr:
		return fmt.Sprintf("%s.%d", n.name(v.X), v.Field)
	case *ssa.Field:
		return fmt.Sprintf("%s.%d", n.name(v.X), v.Field)
	case *ssa.IndexAddr:
		return n.name(v.X) + "[" + n.name(v.Index) + "]"
	case *ssa.BinOp:
		return "(" + n.name(v.X) + v.Op.String() + n.name(v.Y) + ")"
	case *ssa.ChangeType:
		return n.name(v.X)
	case *ssa.ChangeInterface:
		return n.name(v.X)
	case *ssa.MakeInterface:
		return n.name(v.X)
	case *ssa.Convert:
		return v.Type().String() + "(" + n.name(v.X) + ")"
	case *ssa.TypeAssert:
		return n.name(v.X) + ".(" + v.AssertedType.String() + ")"
	case *ssa.Extract:
		return fmt.Sprintf("%s#%d", n.name(v.Tuple), v.Index)
	case *ssa.Call:
		if isPredicate(v) {
			return n.call(v)
		}
	}
	return n.register(v)
}

// register names a value by its place in the function.
func (n *namer) register(v ssa.Value) string {
	if instr, ok := v.(ssa.Instruction); ok && !slices.Contains(n.deps, instr.Block()) {
		n.deps = append(n.deps, instr.Block())
	}
	return v.Name()
}

// isPredicate reports whether a call is of the kind that is asked twice and
// answers the same: it has one basic result (a bool, a length, a duration).
func isPredicate(call *ssa.Call) bool {
	_, basic := call.Type().Underlying().(*types.Basic)
	return basic
}

func (n *namer) call(call *ssa.Call) string {
	n.memory = true
	var b strings.Builder
	if call.Call.IsInvoke() {
		b.WriteString(n.name(call.Call.Value) + "." + call.Call.Method.Name())
	} else {
		b.WriteString(n.name(call.Call.Value))
	}
	b.WriteByte('(')
	for i, arg := range call.Call.Args {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(n.name(arg))
	}
	b.WriteByte(')')
	return b.String()
}
