package goroutineleak

import (
	"go/token"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/concurrency"
	"github.com/ctxlint/ctxlint/internal/engine/ssax"
)

// checkNil reports operations on channels that nothing makes:
//
//	var done chan error
//	go func() { done <- work() }()
//	return <-done
//
// In a select statement, that is how a case is switched off; code that asks whether the
// channel is nil knows that it may be; and who only receives may want to block.
func (c *checker) checkNil(ops []concurrency.Op) {
	bare := func(op concurrency.Op) bool { return op.Bare() && !asked(operand(op)) }
	tells := slices.ContainsFunc(ops, func(op concurrency.Op) bool { return op.Kind != concurrency.Recv })
	for _, op := range ops {
		switch {
		case !bare(op) || op.Kind == concurrency.Close:
		case op.Kind == concurrency.Send:
			c.found(analysis.Diagnostic{
				Pos: op.Pos(), End: op.Pos() + token.Pos(len("<-")), Category: blockedSend,
				Message: "this send blocks forever: nothing makes the channel, so it is nil; make it before it is used",
				Related: []analysis.RelatedInformation{unset(op)},
			})
		case tells:
			c.reportReceive(op, "this receive blocks forever: nothing makes the channel, so it is nil; make it before it is used", unset(op))
		}
	}
}

// nilSends returns the sends of fn on a variable that has not been assigned anything.
func nilSends(fn *ssa.Function) (ops []concurrency.Op) {
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			if send, ok := instr.(*ssa.Send); ok && ssax.IsNil(send.Chan) {
				ops = append(ops, concurrency.Op{Kind: concurrency.Send, Instr: send, State: -1})
			}
		}
	}
	return ops
}

// operand returns the channel of an operation.
func operand(op concurrency.Op) ssa.Value {
	switch instr := op.Instr.(type) {
	case *ssa.Select:
		return instr.States[op.State].Chan
	case *ssa.Send:
		return instr.Chan
	case *ssa.UnOp:
		return instr.X
	case ssa.CallInstruction:
		return instr.Common().Args[0]
	}
	return nil
}

// unset says where the channel of an operation should come from.
func unset(op concurrency.Op) analysis.RelatedInformation {
	v := operand(op)
	if cell, ok := ssax.Variable(ssax.LoadedFrom(v)); ok {
		return analysis.RelatedInformation{Pos: cell.Pos(), Message: "nothing assigns a channel to this variable"}
	}
	if param, ok := v.(*ssa.Parameter); ok {
		return analysis.RelatedInformation{Pos: param.Pos(), Message: "no call gives a channel for this parameter"}
	}
	return analysis.RelatedInformation{Pos: op.Fn().Pos(), Message: "nothing in this function assigns it a channel"}
}

// asked reports whether the variable that v comes from is compared with anything.
func asked(v ssa.Value) bool {
	values := []ssa.Value{v}
	if cell, ok := ssax.Variable(ssax.LoadedFrom(v)); ok {
		for _, load := range ssax.UsesOf(cell).Loads {
			values = append(values, load)
		}
	}
	return slices.ContainsFunc(values, func(v ssa.Value) bool {
		return v.Referrers() != nil && slices.ContainsFunc(*v.Referrers(), func(ref ssa.Instruction) bool {
			_, compared := ref.(*ssa.BinOp)
			return compared
		})
	})
}
