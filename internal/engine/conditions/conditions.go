// Package conditions finds the tests of parameters on which control gets to a place, so
// that callers which pass a constant with another outcome are known to have nothing to
// do with it.
//
// A Condition is a must-answer: without it, control does not get there. Tests that are
// not understood give none. Dominators are walked once, through the literals around.
package conditions

import (
	"go/constant"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
)

// A Condition is a test of a parameter without which a chain is not taken: callers that
// pass a constant with the other outcome have nothing to do with it.
type Condition struct {
	Param int      // its index, without the receiver
	Is    []string // it is one of these constants, as [valueOf] writes them,
	Not   string   // or, if there are none, it is not this one
}

// isNilValue stands for nil, and for a slice without elements.
const isNilValue = "nil"

// isSomething stands for all that is not nil.
const isSomething = "not nil"

// allows reports whether the condition may hold of a value, "" for one that is unknown.
func (c Condition) allows(value string) bool {
	switch {
	case value == "":
		return true
	case len(c.Is) > 0:
		return slices.Contains(c.Is, value) || value == isSomething && slices.ContainsFunc(c.Is, func(is string) bool { return is != isNilValue })
	}
	return value != c.Not
}

// contradict reports whether two conditions about a parameter exclude each other.
func contradict(a, b Condition) bool {
	if a.Param != b.Param {
		return false
	}
	excludes := func(a, b Condition) bool {
		return len(a.Is) > 0 && !slices.ContainsFunc(a.Is, b.allows)
	}
	return excludes(a, b) || excludes(b, a)
}

// At returns the conditions about parameters of the declared function around
// it on which control gets to an instruction.
func At(instr ssa.Instruction) []Condition {
	var found []Condition
	for instr != nil {
		for b := instr.Block(); b != nil; b = b.Idom() {
			if cond, ok := conditionInto(b); ok {
				found = append(found, cond)
			}
		}
		maker := ssax.MakerOf(instr.Parent())
		if maker == nil {
			break
		}
		instr = maker
	}
	return found
}

// conditionInto returns the condition on which control gets to a block: that of the only
// edge to it, or of several edges of which each finds the same parameter equal to a
// constant.
func conditionInto(b *ssa.BasicBlock) (all Condition, ok bool) {
	for i, pred := range b.Preds {
		branch := ssax.BranchOf(pred)
		if branch == nil || pred.Succs[0] == pred.Succs[1] {
			return Condition{}, false
		}
		cond, ok := outcome(branch.Cond, pred.Succs[0] == b)
		switch {
		case !ok, i > 0 && (len(cond.Is) == 0 || cond.Param != all.Param):
			return Condition{}, false
		case i == 0:
			all = cond
		case len(all.Is) == 0:
			return Condition{}, false
		default:
			all.Is = append(all.Is, cond.Is...)
		}
	}
	return all, len(b.Preds) > 0
}

// outcome returns what is known of a parameter when a test has come out as holds.
func outcome(test ssa.Value, holds bool) (_ Condition, ok bool) {
	if not, ok := test.(*ssa.UnOp); ok && not.Op == token.NOT {
		return outcome(not.X, !holds)
	}
	if i := parameterOf(test); i >= 0 {
		return Condition{Param: i, Is: []string{constant.MakeBool(holds).ExactString()}}, true
	}
	cmp, ok := test.(*ssa.BinOp)
	if !ok {
		return Condition{}, false
	}
	if _, swap := cmp.X.(*ssa.Const); swap && (cmp.Op == token.EQL || cmp.Op == token.NEQ) {
		return comparison(cmp.Y, cmp.X, (cmp.Op == token.EQL) == holds)
	}
	switch cmp.Op {
	case token.EQL, token.NEQ:
		return comparison(cmp.X, cmp.Y, (cmp.Op == token.EQL) == holds)
	case token.GTR:
		return comparison(cmp.X, cmp.Y, !holds) // of a length with 0
	case token.LSS:
		if length := lengthOf(cmp.Y); length != nil && holds {
			return comparison(cmp.Y, zero, false) // an index
		}
	}
	return Condition{}, false
}

var zero = ssa.NewConst(constant.MakeInt64(0), types.Typ[types.Int])

// comparison returns what is known when x has been found equal to a constant, or unequal.
// A length is only compared with 0.
func comparison(x, y ssa.Value, equal bool) (_ Condition, ok bool) {
	value := valueOf(y)
	if length := lengthOf(x); length != nil {
		if value != zero.Value.ExactString() {
			return Condition{}, false
		}
		x, value = length, isNilValue
	}
	i := parameterOf(x)
	switch {
	case i < 0 || value == "" || value == isSomething:
		return Condition{}, false
	case equal:
		return Condition{Param: i, Is: []string{value}}, true
	}
	return Condition{Param: i, Not: value}, true
}

// lengthOf returns the value of which v is the length, nil if it is none.
func lengthOf(v ssa.Value) ssa.Value {
	call, ok := v.(*ssa.Call)
	if !ok {
		return nil
	}
	if b, ok := call.Call.Value.(*ssa.Builtin); ok && b.Name() == "len" {
		return call.Call.Args[0]
	}
	return nil
}

// parameterOf returns the index, without the receiver, of the parameter of the declared
// function around v that v is, be it captured; -1 if it is none, or one that is assigned.
func parameterOf(v ssa.Value) int {
	if cell, ok := ssax.Variable(ssax.LoadedFrom(v)); ok {
		uses := ssax.UsesOf(cell)
		if len(uses.Stores) != 1 || uses.Escapes {
			return -1
		}
		v = uses.Stores[0].Val
	}
	p, ok := v.(*ssa.Parameter)
	if !ok || p.Parent().Parent() != nil {
		return -1
	}
	i := slices.Index(p.Parent().Params, p)
	if p.Parent().Signature.Recv() != nil {
		i--
	}
	return i
}

// valueOf returns what is known of a value: the constant that it is, that it is nil, or
// that it is not. It is "" if nothing is known.
func valueOf(v ssa.Value) string {
	switch v := v.(type) {
	case *ssa.Const:
		switch {
		case v.Value != nil:
			return v.Value.ExactString()
		case v.IsNil():
			return isNilValue
		}
	case *ssa.MakeClosure, *ssa.Function, *ssa.Alloc, *ssa.FieldAddr, *ssa.MakeChan, *ssa.MakeMap, *ssa.MakeInterface:
		return isSomething
	}
	return ""
}

// Through returns the conditions about parameters of the calling function on which what
// has the conditions of its callee is reached by a call. It is not if the arguments, or
// what leads to the call, exclude it.
func Through(call ssa.CallInstruction, ofCallee []Condition) (all []Condition, ok bool) {
	all = At(call)
	_, args := ssax.Receiver(call.Common())
	for _, cond := range ofCallee {
		if cond.Param >= len(args) || len(args) != call.Common().Signature().Params().Len() {
			continue // a method expression, which has the receiver among them
		}
		value := valueOf(args[cond.Param])
		if !cond.allows(value) {
			return nil, false
		}
		if i := parameterOf(args[cond.Param]); i >= 0 {
			cond.Param = i
			all = append(all, cond)
		}
	}
	for i, a := range all {
		for _, b := range all[:i] {
			if contradict(a, b) {
				return nil, false
			}
		}
	}
	return all, true
}
