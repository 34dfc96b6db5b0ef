package missingctx

import (
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/athand"
	"github.com/ctxlint/ctxlint/internal/engine/ctxuse"
	"github.com/ctxlint/ctxlint/internal/engine/purpose"
	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxforms"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/pass/decision"
	"github.com/ctxlint/ctxlint/internal/pass/symbol"
)

// callAt returns the pause that a call of fn is: it waits, or makes what is waited for,
// and has a form that takes a context.
func (c *checker) callAt(instr *ssa.Call, fn *types.Func) *pause {
	like := c.forms.of(fn)
	if like == nil || !c.forms.waits(like) {
		return nil
	}
	if slices.ContainsFunc(instr.Call.Args, carries) {
		return c.none(call, instr, hasContext)
	}
	if ctxuse.IsDial(fn) && !ctxuse.Blocks(c.pass.TypesInfo, ssax.Origin(ssax.Outermost(instr.Parent())).Syntax()) {
		return c.none(call, instr, atOnce)
	}
	if like.other != nil && comesFromCarrier(instr) {
		return c.none(call, instr, session)
	}
	p := &pause{instr: instr, category: call, what: symbol.Of(fn), like: like, likely: like.likely}
	switch like.When {
	case ctxforms.Sent:
		if !c.isSent(instr) {
			return c.none(call, instr, notSent)
		}
		p.alters = asksForChange(instr)
		return p
	case ctxforms.Run:
		if why := notWaitedFor(instr); why != "" {
			return c.none(call, instr, why)
		}
		p.remote = true
		p.doubted = readsRequest(instr)
		p.likely = p.likely || p.doubted
		return p
	case ctxforms.Dials, ctxforms.Bounded:
		if isLocal(instr) {
			return c.none(call, instr, local)
		}
		bounded := like.When == ctxforms.Bounded || mayBeBounded(instr, fn)
		p.likely = p.likely || bounded
		p.remote = !ctxlib.IsMethod(fn, "crypto/tls", "Conn", "Handshake") // whose limit would be that of all the connection
		p.doubted = bounded && p.remote
		return p
	}
	p.doubted = isOfTransaction(instr, fn) || p.likely && !ctxuse.IsDial(fn) // what is inferred hardly ever waits
	p.likely = p.likely || p.doubted
	if like.other != nil && purpose.Outlives(instr) {
		return c.none(call, instr, c.purposes.Lasting(instr))
	}
	p.escapes = goesOn(instr)
	return p
}

// isOfTransaction reports whether a statement belongs to a transaction that may have begun
// under a context, whose end rolls it back: then at most this one statement goes on.
func isOfTransaction(call *ssa.Call, fn *types.Func) bool {
	if !ctxlib.IsMethod(fn, "database/sql", "Tx", fn.Name()) {
		return false
	}
	recv, _ := ssax.Receiver(&call.Call)
	tx, ok := recv.(*ssa.Extract)
	if !ok {
		return true
	}
	begun, ok := tx.Tuple.(*ssa.Call)
	return !ok || slices.ContainsFunc(begun.Call.Args, carriesOne)
}

// notWaitedFor returns why a command is not one that the function waits for and that the end
// of a context could end; "" if it is.
func notWaitedFor(command *ssa.Call) decision.Reason {
	switch {
	case !runsHere(command):
		return notRun
	case isInteractive(command):
		return interactive
	case endsItself(command.Parent()):
		return endsBeside
	}
	return ""
}

// comesFromCarrier reports whether what a method is called on was got, by calls of other
// methods, from an object that has a context or was given one: what a session of a
// database gives works under the context of the session.
func comesFromCarrier(call *ssa.Call) bool {
	for n := 0; n < maxCalls; n++ {
		recv, _ := ssax.Receiver(&call.Call)
		if recv == nil {
			return false
		}
		if carriesOne(recv) {
			return true
		}
		made, ok := outerOf(recv).(*ssa.Call)
		if !ok {
			return false
		}
		if _, args := ssax.Receiver(&made.Call); slices.ContainsFunc(args, carriesOne) {
			return true
		}
		call = made
	}
	return false
}

// outerOf returns the object of which v is an embedded part, which the source calls the
// method on, or the call that gives it among others.
func outerOf(v ssa.Value) ssa.Value {
	v = ssax.Strip(v)
	if addr, ok := ssax.LoadedFrom(v).(*ssa.FieldAddr); ok && ssax.FieldOf(addr).Embedded() {
		return outerOf(addr.X)
	}
	switch v := v.(type) {
	case *ssa.FieldAddr:
		if ssax.FieldOf(v).Embedded() {
			return outerOf(v.X)
		}
	case *ssa.Extract:
		return v.Tuple
	}
	return v
}

// maxCalls is how many calls of methods, one on the result of the other, are followed back.
const maxCalls = 20

// carries reports whether an argument has a context of its own: one, or an object with
// a field or method for it.
func carries(arg ssa.Value) bool {
	if ctxlib.IsContextual(arg.Type()) {
		return true
	}
	st := ssax.Struct(arg.Type())
	if p, ok := arg.Type().Underlying().(*types.Pointer); ok {
		st = ssax.Struct(p.Elem())
	}
	if st == nil {
		return false
	}
	for f := range st.Fields() {
		if f.Exported() && ctxlib.IsContext(f.Type()) {
			return true
		}
	}
	return false
}

// goesOn reports whether what a call gives is kept or returned, and would be ended with
// the context that the call gets.
func goesOn(call *ssa.Call) bool {
	return slices.ContainsFunc(ssax.Results(call), func(v ssa.Value) bool {
		switch v.Type().Underlying().(type) {
		case *types.Pointer, *types.Interface:
			return !ctxlib.IsError(v.Type()) && (purpose.IsKept(v) || purpose.IsReturned(v))
		}
		return false // data
	})
}

// isLocal reports whether a dial names a network without a connection to wait for: that
// of datagrams, and sockets of the same machine.
func isLocal(call *ssa.Call) bool {
	_, args := ssax.Receiver(&call.Call)
	return anyText(args, func(network string) bool {
		return strings.HasPrefix(network, "udp") || strings.HasPrefix(network, "ip:") || strings.HasPrefix(network, "unix")
	})
}

// mayBeBounded reports whether a dialer may have a time limit of its own: unless the
// function makes it without one, that is not known.
func mayBeBounded(call *ssa.Call, fn *types.Func) bool {
	if fn.Signature().Recv() == nil {
		return false
	}
	recv, _ := ssax.Receiver(&call.Call)
	cell, ok := recv.(*ssa.Alloc)
	if !ok {
		return true
	}
	return slices.ContainsFunc(*cell.Referrers(), func(ref ssa.Instruction) bool {
		addr, ok := ref.(*ssa.FieldAddr)
		return ok && slices.Contains([]string{"Timeout", "Deadline"}, ssax.FieldOf(addr).Name()) && len(ssax.StoresTo(addr)) > 0
	})
}

// runsHere reports whether the function runs the command that a call makes, and waits
// for it.
func runsHere(command *ssa.Call) bool {
	return slices.ContainsFunc(purpose.Aliases(command), func(alias ssa.Value) bool {
		return slices.ContainsFunc(*alias.Referrers(), func(ref ssa.Instruction) bool {
			call, ok := ref.(*ssa.Call)
			return ok && ctxlib.IsMethod(ssax.Callee(&call.Call), "os/exec", "Cmd", "Run", "Output", "CombinedOutput", "Wait") &&
				!purpose.RunsLater(call, command.Parent())
		})
	})
}

// endsItself reports whether a literal of fn waits for the end of a context, or the like,
// beside the command: it ends what the function has started, perhaps more gently than
// CommandContext would.
func endsItself(fn *ssa.Function) bool {
	return slices.ContainsFunc(fn.AnonFuncs, func(lit *ssa.Function) bool { return athand.AwaitsEnd(lit) || endsItself(lit) })
}
