package purpose

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/model/words"
)

// Outlives reports whether a call gives something whose life goes on after the
// function, so that its context may be that of this life: a process that is started
// and not waited for, a client that is kept, a watch that the caller gets. What the
// function itself closes or uses up is work.
func Outlives(instr ssa.Instruction) bool {
	call, ok := instr.(*ssa.Call)
	if !ok {
		return false
	}
	if ctxlib.IsFunc(ssax.Callee(&call.Call), "os/exec", "CommandContext") {
		return startsProcess(call)
	}
	return slices.ContainsFunc(ssax.Results(call), func(v ssa.Value) bool {
		return lives(v) && (IsKept(v) || watches(call) && IsReturned(v)) && !isUsedUp(v)
	})
}

// lives reports whether v is an object, and no data: it can be ended, called, received
// from, or does something behind an interface.
func lives(v ssa.Value) bool {
	switch t := v.Type().Underlying().(type) {
	case *types.Chan, *types.Signature:
		return true
	case *types.Interface:
		return t.NumMethods() > 0 && !ctxlib.IsError(v.Type())
	}
	return isObject(v)
}

// isObject reports whether v has a method that ends its life.
func isObject(v ssa.Value) bool {
	t := v.Type()
	if _, ok := t.Underlying().(*types.Struct); ok {
		t = types.NewPointer(t)
	}
	ms := types.NewMethodSet(t)
	for i := range ms.Len() {
		if name := ms.At(i).Obj().Name(); ms.At(i).Obj().Exported() && endsLife(name) {
			return true
		}
	}
	return false
}

func endsLife(name string) bool { return words.Closes.Leads(name) || words.Leaves.Is(name) }

// IsKept reports whether v is put where the function does not end with it: a field, a
// package variable, a map, a channel.
func IsKept(v ssa.Value) bool {
	for _, ref := range *v.Referrers() {
		switch ref := ref.(type) {
		case *ssa.Store:
			if ref.Val == v && (ssax.Place(ref.Addr) != nil || slices.ContainsFunc(ssax.SlicesOf(ref), isAppended)) {
				return true
			}
		case *ssa.MapUpdate:
			made, local := ref.Map.(*ssa.MakeMap)
			if ref.Value == v && (!local || IsKept(made) || IsReturned(made)) {
				return true
			}
		case *ssa.Send, *ssa.Select:
			if isSent(ref, v) {
				return true
			}
		case *ssa.Call:
			if isStore(&ref.Call, v) {
				return true
			}
		case *ssa.MakeInterface, *ssa.ChangeInterface, *ssa.ChangeType:
			if IsKept(ref.(ssa.Value)) {
				return true
			}
		case *ssa.Phi:
			return false
		}
	}
	return false
}

// isSent reports whether a statement sends v on a channel that others have, too.
func isSent(instr ssa.Instruction, v ssa.Value) bool {
	switch instr := instr.(type) {
	case *ssa.Send:
		return instr.X == v && !isMadeHere(instr.Chan)
	case *ssa.Select:
		return slices.ContainsFunc(instr.States, func(st *ssa.SelectState) bool { return st.Send == v && !isMadeHere(st.Chan) })
	}
	return false
}

// isMadeHere reports whether a channel is made by the function, or by one around it,
// and kept in a variable of it: whoever receives from it is likely to be there.
func isMadeHere(ch ssa.Value) bool {
	if _, ok := ssax.Strip(ch).(*ssa.MakeChan); ok {
		return true
	}
	cell, ok := ssax.Variable(ssax.LoadedFrom(ch))
	return ok && slices.ContainsFunc(ssax.UsesOf(cell).Stores, func(st *ssa.Store) bool {
		_, made := ssax.Strip(st.Val).(*ssa.MakeChan)
		return made
	})
}

// isAppended reports whether a slice of variadic arguments is appended to one that is
// kept.
func isAppended(s *ssa.Slice) bool {
	for _, ref := range *s.Referrers() {
		if call, ok := ref.(*ssa.Call); ok {
			if b, ok := call.Call.Value.(*ssa.Builtin); ok && b.Name() == "append" && IsKept(call) {
				return true
			}
		}
	}
	return false
}

// isStore reports whether a call stores v in a sync.Map or an atomic value.
func isStore(call *ssa.CallCommon, v ssa.Value) bool {
	fn := ssax.Callee(call)
	if fn == nil || fn.Pkg() == nil || len(call.Args) == 0 || call.Args[len(call.Args)-1] != v {
		return false
	}
	return ctxlib.IsMethod(fn, "sync", "Map", "Store", "LoadOrStore", "Swap", "CompareAndSwap") || fn.Pkg().Path() == "sync/atomic"
}

// watches reports whether the name of a function that is out of sight says that it
// keeps its context for what it gives: Watch, Subscribe.
func watches(call *ssa.Call) bool {
	fn := ssax.Callee(&call.Call)
	return fn != nil && words.Retains.Leads(fn.Name()) && ssax.Body(call.Call.StaticCallee()) == nil
}

// IsReturned reports whether the function returns v.
func IsReturned(v ssa.Value) bool {
	for _, ref := range *v.Referrers() {
		switch ref := ref.(type) {
		case *ssa.Return:
			return true
		case *ssa.MakeInterface, *ssa.ChangeInterface, *ssa.ChangeType:
			if IsReturned(ref.(ssa.Value)) {
				return true
			}
		}
	}
	return false
}

// isUsedUp reports whether the function ends the life of v, or receives from it.
func isUsedUp(v ssa.Value) bool {
	fn := v.(ssa.Instruction).Parent()
	for _, alias := range Aliases(v) {
		for _, ref := range *alias.Referrers() {
			if usesUp(ref, alias) && !RunsLater(ref, fn) {
				return true
			}
		}
	}
	return false
}

// usesUp reports whether an instruction ends the life of v, or receives from it. A call
// where v is not kept after all does not count: after a failure, or where a select
// statement has not sent it.
func usesUp(instr ssa.Instruction, v ssa.Value) bool {
	switch instr := instr.(type) {
	case *ssa.UnOp:
		return instr.Op == token.ARROW
	case *ssa.Select:
		return slices.ContainsFunc(instr.States, func(st *ssa.SelectState) bool { return st.Dir == types.RecvOnly && st.Chan == v })
	case ssa.CallInstruction:
		recv, _ := ssax.Receiver(instr.Common())
		fn := ssax.Callee(instr.Common())
		if recv != v || fn == nil || !endsLife(fn.Name()) {
			return false
		}
		if _, deferred := instr.(*ssa.Defer); deferred {
			return true
		}
		offered := slices.ContainsFunc(*v.Referrers(), func(ref ssa.Instruction) bool {
			_, ok := ref.(*ssa.Select)
			return ok && isSent(ref, v)
		})
		return !offered && !AfterFailure(instr.Block())
	}
	return false
}

// RunsLater reports whether an instruction is a go statement, or in a literal of fn
// that is not called or deferred where it is made, such as that of a go statement.
func RunsLater(instr ssa.Instruction, fn *ssa.Function) bool {
	if _, ok := instr.(*ssa.Go); ok {
		return true
	}
	for lit := instr.Parent(); lit != fn && lit != nil; lit = lit.Parent() {
		for _, ref := range ssax.References(lit) {
			switch ref.(type) {
			case *ssa.Call, *ssa.Defer:
			default:
				return true
			}
		}
	}
	return false
}

// Aliases returns v, and what the function reads from the variables, fields and
// package variables in which it puts v.
func Aliases(v ssa.Value) []ssa.Value {
	out := []ssa.Value{v}
	for i := 0; i < len(out); i++ {
		for _, ref := range *out[i].Referrers() {
			switch ref := ref.(type) {
			case *ssa.MakeInterface, *ssa.ChangeInterface, *ssa.ChangeType:
				out = appendNew(out, ref.(ssa.Value))
			case *ssa.Store:
				if ref.Val != out[i] {
					continue
				}
				for _, load := range loadsOf(ref) {
					out = appendNew(out, load)
				}
			}
		}
	}
	return out
}

func appendNew(values []ssa.Value, v ssa.Value) []ssa.Value {
	if slices.Contains(values, v) {
		return values
	}
	return append(values, v)
}

// loadsOf returns the loads from the variable, in all literals, or of the field or
// package variable, in the function, that a store fills.
func loadsOf(st *ssa.Store) []*ssa.UnOp {
	if cell, ok := ssax.Variable(st.Addr); ok {
		return ssax.UsesOf(cell).Loads
	}
	place := ssax.Place(st.Addr)
	if place == nil {
		return nil
	}
	var loads []*ssa.UnOp
	for _, b := range st.Parent().Blocks {
		for _, instr := range b.Instrs {
			if load, ok := instr.(*ssa.UnOp); ok && ssax.Place(ssax.LoadedFrom(load)) == place {
				loads = append(loads, load)
			}
		}
	}
	return loads
}

// startsProcess reports whether a command is started, or kept, and not waited for: its
// context is the life of the process.
func startsProcess(command *ssa.Call) bool {
	started := IsKept(command)
	for _, alias := range Aliases(command) {
		for _, ref := range *alias.Referrers() {
			call, ok := ref.(ssa.CallInstruction)
			fn := (*types.Func)(nil)
			if ok {
				fn = ssax.Callee(call.Common())
			}
			switch {
			case ctxlib.IsMethod(fn, "os/exec", "Cmd", "Start"):
				started = true
			case ctxlib.IsMethod(fn, "os/exec", "Cmd", "Run", "Output", "CombinedOutput", "Wait") && !RunsLater(call, command.Parent()):
				return false
			}
		}
	}
	return started
}
