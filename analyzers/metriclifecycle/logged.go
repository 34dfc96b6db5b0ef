package metriclifecycle

import (
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/model/loglib"
)

// fate follows an error to everything that is made of it.
type fate struct {
	pkg  *ssa.Package
	err  ssa.Value // as the call returns it
	seen map[ssa.Value]bool
}

// onlyLogged reports whether v, the error or what was made of it, is compared with
// nil and goes to loggers, and nowhere else: libraries that log, and functions in
// view that only log it. Anything else that gets it may handle it, whatever its
// name says: errs.Add(err) may be all that it takes to return it.
func (f *fate) onlyLogged(v ssa.Value) bool {
	if f.seen[v] {
		return true
	}
	if f.seen == nil {
		f.seen = make(map[ssa.Value]bool)
	}
	f.seen[v] = true
	for _, ref := range *v.Referrers() {
		if !f.logs(ref, v) {
			return false
		}
	}
	return true
}

// logs reports whether one use of v is a comparison or on the way to a logger.
func (f *fate) logs(use ssa.Instruction, v ssa.Value) bool {
	switch use := use.(type) {
	case *ssa.DebugRef:
		return true
	case *ssa.BinOp:
		return v != f.err || goesOnAfter(use)
	case *ssa.ChangeInterface:
		return f.onlyLogged(use)
	case *ssa.MakeInterface:
		return f.onlyLogged(use)
	case *ssa.Call:
		return f.isLog(use, v)
	case *ssa.Store:
		args := ssax.SlicesOf(use)
		return len(args) > 0 && f.onlyLogged(args[0])
	}
	return false
}

// isLog reports whether a call only logs v, or returns it in a form that is only
// logged.
func (f *fate) isLog(call *ssa.Call, v ssa.Value) bool {
	if b, ok := call.Call.Value.(*ssa.Builtin); ok {
		return b.Name() == "print" || b.Name() == "println"
	}
	fn := ssax.Callee(&call.Call)
	switch {
	case loglib.Takes(fn), loglib.Formats(fn), isText(&call.Call, v):
		return f.onlyLogged(call)
	case loglib.Prints(fn):
		return isTerminal(call.Call.Args[0])
	}
	body := call.Call.StaticCallee()
	if body == nil || body.Pkg != f.pkg || len(body.Blocks) == 0 || call.Referrers() != nil && !unused(call) {
		return false
	}
	for i, arg := range call.Call.Args {
		if arg == v && !f.onlyLogged(body.Params[i]) {
			return false
		}
	}
	return true
}

// isText reports whether a call is err.Error().
func isText(call *ssa.CallCommon, err ssa.Value) bool {
	return call.IsInvoke() && call.Value == err && call.Method.Name() == "Error" && ctxlib.IsError(err.Type())
}

// isTerminal reports whether v is the standard output or error of the process.
func isTerminal(v ssa.Value) bool {
	load, ok := ssax.Strip(v).(*ssa.UnOp)
	if !ok {
		return false
	}
	g, ok := load.X.(*ssa.Global)
	return ok && g.Pkg.Pkg.Path() == "os" && (g.Name() == "Stdout" || g.Name() == "Stderr")
}

// goesOnAfter reports whether a function goes on where the comparison of an
// error with nil says that there is one.
func goesOnAfter(cmp *ssa.BinOp) bool {
	side := 0
	if cmp.Op == token.EQL {
		side = 1
	}
	for _, ref := range *cmp.Referrers() {
		branch, ok := ref.(*ssa.If)
		if ok && slices.ContainsFunc(cmp.Parent().Blocks, func(b *ssa.BasicBlock) bool {
			return len(b.Succs) == 0 && ssax.OnlyBy(b, branch, side) // it returns or panics
		}) {
			return false
		}
	}
	return true
}
