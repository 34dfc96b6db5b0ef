package concurrency

import (
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
)

// Stopper returns the method of the receiver of fn, or of what a constructor
// around fn makes, that its owner calls when it is no longer wanted (Close, Stop,
// Shutdown), if it can be expected to end the loop: it ends other goroutines, by
// closing a channel or calling a cancel function, or closes something in a field
// that the loop uses. Nil if there is none.
func (p *Package) Stopper(fn *ssa.Function, loop *ssax.Loop) *types.Func {
	for fn.Parent() != nil {
		fn = fn.Parent()
	}
	var t types.Type
	if recv := fn.Signature.Recv(); recv != nil {
		t = recv.Type()
	} else if results := fn.Signature.Results(); results.Len() > 0 {
		t = results.At(0).Type()
	} else {
		return nil
	}
	if _, ok := t.Underlying().(*types.Pointer); !ok {
		t = types.NewPointer(t)
	}
	for sel := range types.NewMethodSet(t).Methods() {
		m, ok := sel.Obj().(*types.Func)
		if !ok || len(sel.Index()) > 1 {
			continue // an embedded type's
		}
		switch m.Name() {
		case "Close", "Stop", "Shutdown":
			body := p.SSA().Pkg.Prog.FuncValue(m.Origin())
			if body != nil && p.Runs(body, func(instr ssa.Instruction) bool { return ends(instr, loop) }) {
				return m
			}
		}
	}
	return nil
}

// ends reports whether the instruction tells goroutines to end, or closes
// something of which the loop is seen to make use.
func ends(instr ssa.Instruction, loop *ssax.Loop) bool {
	call, ok := instr.(ssa.CallInstruction)
	if !ok {
		return false
	}
	common := call.Common()
	if b, ok := common.Value.(*ssa.Builtin); ok {
		return b.Name() == "close"
	}
	if ctxlib.IsCancelFunc(common.Value.Type()) {
		return true
	}
	fn := ssax.Callee(common)
	if fn == nil || fn.Signature().Recv() == nil || !strings.HasPrefix(fn.Name(), "Close") && !strings.HasPrefix(fn.Name(), "Stop") {
		return false
	}
	recv, _ := ssax.Receiver(common)
	if addr := ssax.LoadedFrom(recv); addr != nil {
		recv = addr
	}
	f := ssax.FieldOf(recv)
	return f != nil && usesField(loop, f)
}

// usesField reports whether the loop itself reads the field.
func usesField(loop *ssax.Loop, f *types.Var) bool {
	uses := false
	loop.Instructions(func(instr ssa.Instruction) bool {
		if addr, ok := instr.(*ssa.FieldAddr); ok && ssax.FieldOf(addr) == f {
			uses = true
		}
		return !uses
	})
	return uses
}
