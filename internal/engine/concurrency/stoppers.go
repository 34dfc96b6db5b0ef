package concurrency

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/model/words"
)

// Stopper returns the method (Close, Stop, Shutdown) that the owner calls to
// end the receiver of fn, or to end what a constructor around fn makes, if it
// can be expected to end the loop: it ends other goroutines, by closing a
// channel or calling a cancel function, or it closes something in a field that
// the loop uses. It returns nil if there is none.
func (p *Package) Stopper(fn *ssa.Function, loop *ssax.Loop) *types.Func {
	fn = ssax.Outermost(fn)
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
			continue // promoted from an embedded type
		}
		if !m.Exported() || !words.Closes.Is(m.Name()) {
			continue
		}
		body := p.SSA().Pkg.Prog.FuncValue(m.Origin())
		if body != nil && p.Runs(body, func(instr ssa.Instruction) bool { return p.ends(instr, loop) }) {
			return m
		}
	}
	return nil
}

// ends reports whether the instruction tells goroutines to end, or closes
// something that the loop is seen to use.
func (p *Package) ends(instr ssa.Instruction, loop *ssax.Loop) bool {
	if tells(instr) {
		return true
	}
	call, ok := instr.(ssa.CallInstruction)
	if !ok || !closes(call.Common()) {
		return false
	}
	common := call.Common()
	if body := p.Callee(common); body != nil && !p.Runs(body, func(instr ssa.Instruction) bool { return p.closesAnything(instr) }) {
		return false // only its name says that it closes something
	}
	recv, _ := ssax.Receiver(common)
	if addr := ssax.LoadedFrom(recv); addr != nil {
		recv = addr
	}
	f := ssax.FieldOf(recv)
	return f != nil && usesField(loop, f)
}

// tells reports whether the instruction closes a channel or calls a cancel
// function.
func tells(instr ssa.Instruction) bool {
	call, ok := instr.(ssa.CallInstruction)
	if !ok {
		return false
	}
	b, builtin := call.Common().Value.(*ssa.Builtin)
	return builtin && b.Name() == "close" || ctxlib.IsCancelFunc(call.Common().Value.Type())
}

// closes reports whether the name of the called method says that it ends its
// receiver.
func closes(call *ssa.CallCommon) bool {
	fn := ssax.Callee(call)
	return fn != nil && fn.Signature().Recv() != nil && words.Closes.Leads(fn.Name())
}

// closesAnything reports whether the instruction tells goroutines to end, or
// calls a method out of view to close something.
func (p *Package) closesAnything(instr ssa.Instruction) bool {
	call, ok := instr.(ssa.CallInstruction)
	return ok && (tells(instr) || closes(call.Common()) && p.Callee(call.Common()) == nil)
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
