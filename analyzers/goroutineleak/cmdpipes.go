package goroutineleak

import (
	"go/token"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/pass/catalog"
)

// checkCommandPipe reports what is done with the pipe of a command before the command is
// started: a write blocks as soon as the pipe is full, and a read to the end for ever,
// because both ends are the process's own until then.
func (c *checker) checkCommandPipe(call *ssa.Call) {
	fn := ssax.Callee(&call.Call)
	if !ctxlib.IsMethod(fn, "os/exec", "Cmd", "StdinPipe", "StdoutPipe", "StderrPipe") || ssax.InTest(call.Parent()) {
		return
	}
	end := ssax.Result(call, 0)
	starts, ok := startsOfCommand(call)
	if end == nil || !ok || len(starts) == 0 {
		return
	}
	for _, use := range usesOfPipe(end) {
		if slices.ContainsFunc(starts, func(start *ssa.Call) bool { return !ssax.Dominates(use, start) }) {
			continue
		}
		related := []analysis.RelatedInformation{{Pos: call.Pos(), Message: "the pipe is made here"}, {Pos: starts[0].Pos(), Message: "the command is started here"}}
		callee := ssax.Callee(&use.Call)
		switch {
		case fn.Name() == "StdinPipe" && writesMuch(use):
			c.foundWith(catalog.Medium, analysis.Diagnostic{
				Pos: use.Pos(), Category: blockedSend, Related: related,
				Message: "this write blocks forever when the pipe is full, because the command that reads from it starts only afterwards; start it first, or set its Stdin",
			})
		case fn.Name() != "StdinPipe" && (ctxlib.IsFunc(callee, "io", "ReadAll") || ctxlib.IsFunc(callee, "io", "Copy")):
			c.found(analysis.Diagnostic{
				Pos: use.Pos(), Category: blockedRecv, Related: related,
				Message: callee.Name() + " waits forever for the end of the pipe, because the command that writes to it starts only afterwards; start it first",
			})
		}
	}
}

// startsOfCommand returns the calls that start the command of a pipe; ok is false if the
// command may also be started elsewhere.
func startsOfCommand(pipe *ssa.Call) (starts []*ssa.Call, ok bool) {
	cmd := pipe.Call.Args[0]
	if cmd.Referrers() == nil || cmd.Parent() != pipe.Parent() {
		return nil, false
	}
	for _, ref := range *cmd.Referrers() {
		switch ref := ref.(type) {
		case *ssa.DebugRef, *ssa.FieldAddr:
		case *ssa.Call:
			fn := ssax.Callee(&ref.Call)
			switch {
			case ctxlib.IsMethod(fn, "os/exec", "Cmd", "Start", "Run", "Output", "CombinedOutput"):
				starts = append(starts, ref)
			case !ctxlib.IsMethod(fn, "os/exec", "Cmd", "StdinPipe", "StdoutPipe", "StderrPipe", "Wait", "String", "Environ"):
				return nil, false
			}
		case *ssa.Defer:
			if !ctxlib.IsMethod(ssax.Callee(&ref.Call), "os/exec", "Cmd", "Wait") {
				return nil, false
			}
		default:
			return nil, false
		}
	}
	_, made := cmd.(*ssa.Call)
	return starts, made
}

// usesOfPipe returns the calls that read from or write to a pipe in the function that has it.
func usesOfPipe(end ssa.Value) (uses []*ssa.Call) {
	work := ssax.NewWork(end)
	for v := range work.All() {
		for _, ref := range *v.Referrers() {
			switch ref := ref.(type) {
			case *ssa.ChangeInterface:
				work.Add(ref)
			case *ssa.Call:
				uses = append(uses, ref)
			}
		}
	}
	return uses
}

// writesMuch reports whether a call writes to a pipe what may be more than that holds: no
// constant text.
func writesMuch(use *ssa.Call) bool {
	args := use.Call.Args
	if use.Call.IsInvoke() {
		return use.Call.Method.Name() == "Write" && !isConstantText(args[0])
	}
	fn := ssax.Callee(&use.Call)
	return ctxlib.IsFunc(fn, "io", "Copy") || ctxlib.IsFunc(fn, "io", "WriteString") && !isConstantText(args[1])
}

func isConstantText(v ssa.Value) bool {
	if conv, ok := v.(*ssa.Convert); ok {
		v = conv.X
	}
	if sum, ok := v.(*ssa.BinOp); ok && sum.Op == token.ADD {
		return isConstantText(sum.X) || isConstantText(sum.Y) // a line that somebody answers
	}
	_, ok := v.(*ssa.Const)
	return ok
}
