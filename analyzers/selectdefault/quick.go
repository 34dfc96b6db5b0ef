package selectdefault

import (
	"go/token"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
)

// quick reports whether an instruction neither waits nor has an effect that another
// goroutine, or a later iteration, could wait for.
func (c *checker) quick(instr ssa.Instruction) bool {
	switch instr := instr.(type) {
	case *ssa.Select:
		return !instr.Blocking
	case *ssa.UnOp:
		return instr.Op != token.ARROW
	case *ssa.Call:
		return quickCall(&instr.Call) || c.asks(&instr.Call)
	case *ssa.Phi, *ssa.BinOp, *ssa.If, *ssa.Jump, *ssa.Extract, *ssa.FieldAddr, *ssa.Field, *ssa.IndexAddr, *ssa.Index,
		*ssa.DebugRef, *ssa.ChangeType, *ssa.Convert, *ssa.MakeInterface, *ssa.ChangeInterface, *ssa.TypeAssert, *ssa.Slice, *ssa.Alloc:
		return true
	case *ssa.Store:
		_, local := instr.Addr.(*ssa.IndexAddr) // of the arguments of a variadic call
		return local
	}
	return false
}

// quickCall reports whether a call is known to return at once: reading a clock, a
// context, an atomic or a length, deriving and cancelling a context, and printing.
func quickCall(call *ssa.CallCommon) bool {
	if b, ok := call.Value.(*ssa.Builtin); ok {
		return b.Name() == "len" || b.Name() == "cap"
	}
	if ctxlib.IsCancelFunc(call.Value.Type()) {
		return true
	}
	fn := ssax.Callee(call)
	if fn == nil || fn.Pkg() == nil {
		return false
	}
	switch fn.Pkg().Path() {
	case "time":
		return fn.Name() == "Now" || fn.Name() == "Since" || fn.Name() == "Until"
	case "fmt":
		return fn.Name() == "Println" || fn.Name() == "Printf" || fn.Name() == "Print"
	}
	return asksLibrary(call) || ctxlib.DerivesFrom(fn) >= 0
}

// asksLibrary reports whether a call asks for what only others change: whether a
// context is done, or the value of an atomic.
func asksLibrary(call *ssa.CallCommon) bool {
	fn := ssax.Callee(call)
	if fn == nil || fn.Pkg() == nil {
		return false
	}
	switch fn.Pkg().Path() {
	case "context":
		return fn.Name() == "Done" || fn.Name() == "Err" || fn.Name() == "Cause"
	case "sync/atomic":
		return len(fn.Name()) >= 4 && fn.Name()[:4] == "Load"
	}
	return false
}

// asks reports whether a call runs a function of the package that only looks
// something up, perhaps under a lock, and returns it.
func (c *checker) asks(call *ssa.CallCommon) bool {
	fn := c.pkg.Callee(call)
	if fn == nil || fn.Signature.Results().Len() == 0 {
		return false
	}
	asks, ok := c.asking[fn]
	if !ok {
		asks = c.onlyAsks(fn)
		c.asking[fn] = asks
	}
	return asks
}

func (c *checker) onlyAsks(fn *ssa.Function) bool {
	return !c.pkg.Runs(fn, func(instr ssa.Instruction) bool {
		if len(c.pkg.Loops(instr.Parent()).All) > 0 {
			return true
		}
		switch instr := instr.(type) {
		case *ssa.Return, *ssa.RunDefers, *ssa.Lookup:
			return false
		case *ssa.Go, *ssa.MapUpdate, *ssa.Send:
			return true
		case *ssa.Store:
			_, own := instr.Addr.(*ssa.Alloc) // such as a result that a defer could change
			return !own
		case ssa.CallInstruction:
			return !locks(instr.Common()) && !asksLibrary(instr.Common()) && c.pkg.Callee(instr.Common()) == nil
		}
		return !c.quick(instr)
	})
}

// locks reports whether a call locks or unlocks a mutex, as those do that look
// something up.
func locks(call *ssa.CallCommon) bool {
	return ctxlib.IsMutex(ssax.Callee(call), "Lock", "Unlock", "RLock", "RUnlock")
}

// askedOfOthers reports whether a condition depends on nothing but constants and on
// what only others can change: what calls look up, fields and package variables. The
// iteration that tests it has no part in it.
func (c *checker) askedOfOthers(cond ssa.Value) bool {
	asked := false
	work := ssax.NewWork(cond)
	for v := range work.All() {
		switch v := v.(type) {
		case *ssa.Const:
		case *ssa.BinOp:
			work.Add(v.X, v.Y)
		case *ssa.UnOp:
			switch {
			case v.Op == token.NOT || v.Op == token.SUB:
				work.Add(v.X)
			case v.Op == token.MUL && sharedPlace(v.X):
				asked = true
			default:
				return false
			}
		case *ssa.Call:
			if !asksLibrary(&v.Call) && !c.asks(&v.Call) {
				return false
			}
			asked = true
		default:
			return false
		}
	}
	return asked
}

// sharedPlace reports whether other functions can store to the address.
func sharedPlace(addr ssa.Value) bool {
	switch addr.(type) {
	case *ssa.FieldAddr, *ssa.Global:
		return true
	}
	return false
}

// isLog reports whether an instruction is a call that logs.
func isLog(instr ssa.Instruction) bool {
	call, ok := instr.(*ssa.Call)
	if !ok {
		return false
	}
	fn := ssax.Callee(&call.Call)
	if fn == nil || fn.Pkg() == nil {
		return false
	}
	switch fn.Pkg().Path() {
	case "log", "log/slog", "fmt":
		return true
	}
	return false
}
