package goroutineleak

import (
	"go/token"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
)

// rejects reports whether a loop is left by an edge with a new error because of a value
// that has been received: whoever sends the values does not know that this one is refused.
//
//	for line := range lines {
//		if line == "" {
//			return errEmpty
//		}
//	}
func rejects(e ssax.Edge) bool {
	branch := ssax.BranchOf(e.From)
	return branch != nil && !ssax.IsDispatch(branch) && ofReceived(branch.Cond) && endsInError(e.To())
}

// ofReceived reports whether a condition is about a value that has been received, and
// neither about the end of the channel nor about what the loop counts.
func ofReceived(cond ssa.Value) (received bool) {
	work := ssax.NewWork(cond)
	for v := range work.All() {
		switch v := v.(type) {
		case *ssa.Phi:
			return false
		case *ssa.UnOp:
			if v.Op == token.ARROW {
				received = true
				continue
			}
			if cell, ok := v.X.(*ssa.Alloc); ok && v.Op == token.MUL {
				for _, st := range ssax.StoresTo(cell) {
					work.Add(st.Val)
				}
				continue
			}
			work.Add(v.X)
		case *ssa.Extract:
			recv, ok := v.Tuple.(*ssa.UnOp)
			_, chosen := v.Tuple.(*ssa.Select)
			switch {
			case (ok || chosen) && v.Index == 1:
				return false // whether the channel is closed
			case ok || chosen && v.Index > 1:
				received = received || chosen || recv.Op == token.ARROW
			default:
				work.Add(v.Tuple)
			}
		case *ssa.BinOp, *ssa.Call, *ssa.Field, *ssa.FieldAddr, *ssa.Convert, *ssa.ChangeType, *ssa.Slice, *ssa.Lookup, *ssa.Index, *ssa.IndexAddr:
			for _, op := range v.(ssa.Instruction).Operands(nil) {
				if *op != nil {
					work.Add(*op)
				}
			}
		case *ssa.Alloc:
			for _, st := range ssax.StoresTo(v) {
				work.Add(st.Val)
			}
		}
	}
	return received
}

// maxTail bounds the blocks between the end of a loop and a return.
const maxTail = 5

// endsInError reports whether control comes from a block straight to a return with an error
// that is made there, or sends one on the way.
func endsInError(b *ssa.BasicBlock) bool {
	stored := make(map[ssa.Value]ssa.Value)
	for range maxTail {
		for _, instr := range b.Instrs {
			switch instr := instr.(type) {
			case *ssa.Store:
				stored[instr.Addr] = instr.Val
			case *ssa.Send:
				if isNewError(instr.X) {
					return true
				}
			case *ssa.Return:
				if len(instr.Results) == 0 {
					return false
				}
				last := instr.Results[len(instr.Results)-1]
				if val := stored[ssax.LoadedFrom(last)]; val != nil {
					last = val
				}
				return isNewError(last)
			}
		}
		if len(b.Succs) != 1 {
			return false
		}
		b = b.Succs[0]
	}
	return false
}

// isNewError reports whether v is an error that is made there, or one of a package; io.EOF
// says that all is well.
func isNewError(v ssa.Value) bool {
	if !ctxlib.IsError(v.Type()) {
		return false
	}
	switch v := v.(type) {
	case *ssa.MakeInterface:
		return true
	case *ssa.Call:
		fn := ssax.Callee(&v.Call)
		return ctxlib.IsFunc(fn, "errors", "New") || ctxlib.IsFunc(fn, "fmt", "Errorf")
	}
	g, ok := ssax.LoadedFrom(v).(*ssa.Global)
	return ok && !(g.Pkg.Pkg.Path() == "io" && g.Name() == "EOF")
}
