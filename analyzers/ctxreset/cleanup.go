package ctxreset

import (
	"go/token"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ctxflow"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/util/declname"
)

// isCleanupName reports whether a function's name says that it ends something
// that the program began: Close, Shutdown, Rollback, Unlock, closeConn. To
// release a payment or to stop a subscription is business like any other.
func isCleanupName(name string) bool {
	name = strings.ToLower(name)
	for _, when := range [...]string{"pre", "post"} { // preStop
		if rest, ok := strings.CutPrefix(name, when); ok {
			name = rest
		}
	}
	for _, verb := range [...]string{"close", "stop", "shutdown", "cleanup", "teardown", "rollback", "release", "unlock", "terminate", "kill", "disconnect", "gracefulstop", "gracefulshutdown", "deregister", "unregister", "dispose", "forceflush", "onstop", "onclose", "onshutdown"} {
		if rest, ok := strings.CutPrefix(name, verb); ok && (rest == "" || strings.HasPrefix(rest, "and") || slices.Contains(ownThings[:], rest)) {
			return true
		}
	}
	return false
}

// endsThings reports whether the name of a method says that it ends something,
// be it the business of the service: StopTask, destroyInstance. Where nothing but
// the receiver has a context, that is the receiver's life, and what is to end may
// have to be ended after it.
func endsThings(name string) bool {
	if isCleanupName(name) {
		return true
	}
	name = strings.ToLower(name)
	for _, verb := range [...]string{"stop", "kill", "destroy", "shutdown", "terminate", "teardown", "cleanup", "close"} {
		if strings.HasPrefix(name, verb) {
			return true
		}
	}
	return false
}

// ownThings are what a program opens and has to close.
var ownThings = [...]string{
	"all", "up", "context", "ctx", "withcontext", "conn", "conns", "connection", "connections", "client", "clients", "server", "servers",
	"tx", "transaction", "lock", "locks", "lease", "stream", "streams", "channel", "listener", "listeners", "pool", "worker", "workers",
	"resources", "resource", "temp", "tempfiles", "session", "sessions", "container", "containers", "sandbox", "locked", "now", "gracefully", "quietly",
	"idle", "idleconnections", "wait", "internal", "impl", "producer", "consumer", "watcher", "watchers", "db", "file", "files",
}

// compensates reports whether a call, to judge by its name, takes back what was
// done or tells of the failure, on a way that is only gone when something has
// failed: s.DeleteBucket(context.Background(), name) after err != nil. The failure
// may be that the context at hand has ended.
func compensates(instr ssa.Instruction) bool {
	call, ok := instr.(ssa.CallInstruction)
	if !ok {
		return false
	}
	name := ""
	if fn := ctxflow.Callee(call.Common()); fn != nil {
		name = fn.Name()
	} else {
		name = valueName(call.Common().Value)
	}
	words := declname.Words(name)
	takesBack := slices.Contains(undoing[:], words[0])
	tells := slices.ContainsFunc(words, func(w string) bool { return slices.Contains(failing[:], w) })
	return (takesBack || tells) && afterFailure(instr.Block())
}

var (
	undoing = [...]string{
		"delete", "remove", "rollback", "revert", "undo", "abort", "cancel", "clean", "cleanup", "release", "unlock", "discard", "destroy", "drop",
		"purge", "unregister", "deregister", "restore", "kill", "stop", "close", "detach", "revoke", "terminate", "requeue", "nack", "evict",
	}
	failing = [...]string{"fail", "failed", "failure", "err", "error", "errored"}
)

// afterFailure reports whether all ways to b go through a test that has found an
// error.
func afterFailure(b *ssa.BasicBlock) bool {
	for ; b != nil; b = b.Idom() {
		if len(b.Preds) != 1 {
			continue
		}
		pred := b.Preds[0]
		branch, ok := pred.Instrs[len(pred.Instrs)-1].(*ssa.If)
		if !ok {
			continue
		}
		cond, ok := branch.Cond.(*ssa.BinOp)
		if !ok || !ctxlib.IsError(cond.X.Type()) || !isNil(cond.X) && !isNil(cond.Y) {
			continue
		}
		if cond.Op == token.NEQ && pred.Succs[0] == b || cond.Op == token.EQL && pred.Succs[1] == b {
			return true
		}
	}
	return false
}

func isNil(v ssa.Value) bool {
	k, ok := v.(*ssa.Const)
	return ok && k.Value == nil
}
