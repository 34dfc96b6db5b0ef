package joining

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/fixpoint"
	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/model/web"
)

// hearing reports whether an instruction may wait for what somebody tells.
func (f *Finder) hearing(instr ssa.Instruction) bool {
	switch instr := instr.(type) {
	case *ssa.UnOp:
		return instr.Op == token.ARROW
	case *ssa.Select:
		return true
	case *ssa.Call:
		return IsWait(ssax.Callee(&instr.Call)) || f.inside(f.hears, &instr.Call)
	case *ssa.Defer:
		return IsWait(ssax.Callee(&instr.Call)) || f.inside(f.hears, &instr.Call)
	}
	return false
}

// telling reports whether an instruction may tell somebody something.
func (f *Finder) telling(instr ssa.Instruction) bool {
	switch instr := instr.(type) {
	case *ssa.Send:
		return true
	case *ssa.Select:
		return slices.ContainsFunc(instr.States, func(s *ssa.SelectState) bool { return s.Dir == types.SendOnly })
	case *ssa.Call:
		return f.callTells(&instr.Call)
	case *ssa.Defer:
		return f.callTells(&instr.Call)
	}
	return false
}

func (f *Finder) callTells(call *ssa.CallCommon) bool {
	if b, ok := call.Value.(*ssa.Builtin); ok {
		return b.Name() == "close"
	}
	fn := ssax.Callee(call)
	if fn == nil && ssax.Target(call.Value) == nil {
		return !ctxlib.IsCancelFunc(call.Value.Type()) // a callback
	}
	if fn != nil && fn.Pkg() != nil && (fn.Pkg().Path() == "sync" && isDirect(recvOf(fn))) {
		return true
	}
	return f.inside(f.tells, call)
}

func recvOf(fn *types.Func) types.Type {
	if recv := fn.Signature().Recv(); recv != nil {
		return recv.Type()
	}
	return types.Typ[types.Invalid]
}

// inside asks about the body of a call, if it is in view.
func (f *Finder) inside(answers *fixpoint.Solver[*ssa.Function, bool], call *ssa.CallCommon) bool {
	body := ssax.Body(ssax.Target(call.Value))
	if call.IsInvoke() || body == nil {
		return false
	}
	return answers.Get(body)
}

// isDirect reports whether t is itself something to tell by: a channel, a group.
func isDirect(t types.Type) bool {
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	if _, ok := t.Underlying().(*types.Chan); ok {
		return true
	}
	switch ctxlib.TypeName(t) {
	case "sync.WaitGroup", "sync.Cond", "golang.org/x/sync/errgroup.Group":
		return true
	}
	return false
}

// CanTell reports whether somebody who has a value of type t may learn by it that
// another goroutine has come to some point: it is, or holds, a channel, a group, a
// function, or an interface that may hide one.
func CanTell(t types.Type) bool { return canTell(t, make(map[types.Type]bool)) }

func canTell(t types.Type, seen map[types.Type]bool) bool {
	t = types.Unalias(t)
	if seen[t] || ctxlib.IsContextual(t) || ctxlib.IsError(t) || ctxlib.IsCancelFunc(t) {
		return false
	}
	seen[t] = true
	if f, ok := web.Of(t); ok && f.Kind != web.Stream {
		return false // what a server hands to its handlers tells nobody
	}
	switch ctxlib.TypeName(t) {
	case "time.Time", "log.Logger", "log/slog.Logger", "database/sql.DB", "net/http.Client", "google.golang.org/protobuf/internal/impl.MessageState":
		return false // whatever is in there, it says nothing about who uses it
	}
	switch u := t.Underlying().(type) {
	case *types.Chan, *types.Signature:
		return true
	case *types.Interface:
		return u.NumMethods() > 0
	case *types.Pointer:
		return canTell(u.Elem(), seen)
	case *types.Slice:
		return canTell(u.Elem(), seen)
	case *types.Array:
		return canTell(u.Elem(), seen)
	case *types.Map:
		return canTell(u.Elem(), seen)
	case *types.Struct:
		if isDirect(t) {
			return true
		}
		for v := range u.Fields() {
			if canTell(v.Type(), seen) {
				return true
			}
		}
	}
	return false
}
