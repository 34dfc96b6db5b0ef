// Package ssax answers the questions about go/ssa that every engine and
// analyzer asks: which function a call names and runs, which field an address
// belongs to, what is stored there, whether two values are the same, where
// control can get to, what loops there are, who calls a function, how a finding
// names it.
//
// An answer is about one package's SSA. Each function says what it proves:
// "may" answers err on the side of yes, "must" answers on the side of no, and
// what is unknown gives the zero value. Unless a function says otherwise,
//
//   - an instance of a generic function, method or field counts as the declaration
//     that it is an instance of;
//   - phis are not looked through: which of their edges counts is up to the caller;
//   - memory is taken to keep what was stored until the next store that is seen.
//
// No question takes longer than a walk over one function. Questions about the
// whole package are answered by an [Index], which is made once.
package ssax

import (
	"go/token"

	"golang.org/x/tools/go/ssa"
)

// Origin returns the generic function that fn is an instance of, or fn itself.
// For nil it is nil.
func Origin(fn *ssa.Function) *ssa.Function {
	if fn != nil && fn.Origin() != nil {
		return fn.Origin()
	}
	return fn
}

// Outermost returns the declared function around the literal fn, at any depth,
// or fn itself.
func Outermost(fn *ssa.Function) *ssa.Function {
	for fn.Parent() != nil {
		fn = fn.Parent()
	}
	return fn
}

// Strip returns the value that v only gives another type: it removes changes
// between types with the same underlying type, conversions to interfaces, and
// type assertions (those that panic if they fail; the comma-ok form returns a
// tuple). Conversions that make another value, as between numbers or from bytes
// to strings, stay; and the nil pointer in an interface is not the nil
// interface.
func Strip(v ssa.Value) ssa.Value {
	for {
		switch x := v.(type) {
		case *ssa.ChangeType:
			v = x.X
		case *ssa.ChangeInterface:
			v = x.X
		case *ssa.MakeInterface:
			v = x.X
		case *ssa.TypeAssert:
			if x.CommaOk {
				return v
			}
			v = x.X
		default:
			return v
		}
	}
}

// IsNil reports whether v is the constant nil.
func IsNil(v ssa.Value) bool {
	k, ok := v.(*ssa.Const)
	return ok && k.IsNil()
}

// Returns returns the return statements of fn in the order of its blocks, or
// none for nil. The return after a recovered panic, which returns whatever the
// results are then, is not a statement.
func Returns(fn *ssa.Function) []*ssa.Return {
	if fn == nil {
		return nil
	}
	var found []*ssa.Return
	for _, b := range fn.Blocks {
		if len(b.Instrs) == 0 || b == fn.Recover {
			continue
		}
		if r, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return); ok {
			found = append(found, r)
		}
	}
	return found
}

// BranchOf returns the branch that ends b, or nil if none does.
func BranchOf(b *ssa.BasicBlock) *ssa.If {
	if len(b.Instrs) == 0 {
		return nil
	}
	branch, _ := b.Instrs[len(b.Instrs)-1].(*ssa.If)
	return branch
}

// NotNil returns the value that a condition compares with nil, and the index of the
// successor that a branch on the condition takes if it is not nil. It returns no value for
// other conditions.
func NotNil(cond ssa.Value) (v ssa.Value, succ int) {
	cmp, ok := cond.(*ssa.BinOp)
	if !ok || cmp.Op != token.NEQ && cmp.Op != token.EQL {
		return nil, 0
	}
	if cmp.Op == token.EQL {
		succ = 1
	}
	switch {
	case IsNil(cmp.Y):
		return cmp.X, succ
	case IsNil(cmp.X):
		return cmp.Y, succ
	}
	return nil, 0
}
