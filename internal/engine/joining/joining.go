// Package joining answers whether anybody may wait for a goroutine: the function
// that starts it, or whoever gets something by which the goroutine can tell that it
// has ended.
//
// [Finder.Unjoined] is a must-answer: nobody waits. Whatever is not understood may be
// a wait. It is found out from what the goroutine shares with its function: only by
// a channel, a group, a function or something that holds one can it tell anything.
package joining

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/fixpoint"
	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/model/waits"
	"github.com/ctxlint/ctxlint/internal/model/web"
	"github.com/ctxlint/ctxlint/internal/model/words"
)

// A Finder answers for the functions of one package. It is not safe for concurrent
// use.
type Finder struct {
	hears *fixpoint.Solver[*ssa.Function, bool] // whether a function may wait for something that is told
	tells *fixpoint.Solver[*ssa.Function, bool] // whether it may tell something
}

// New returns a finder.
func New() *Finder {
	f := new(Finder)
	f.hears = fixpoint.NewBool(false, true, func(fn *ssa.Function) bool { return f.some(fn, f.hearing) })
	f.tells = fixpoint.NewBool(false, true, func(fn *ssa.Function) bool { return f.some(fn, f.telling) })
	return f
}

func (f *Finder) some(fn *ssa.Function, want func(ssa.Instruction) bool) bool {
	return slices.ContainsFunc(fn.Blocks, func(b *ssa.BasicBlock) bool { return slices.ContainsFunc(b.Instrs, want) })
}

// Unjoined reports whether nobody waits for the goroutine that start, a go statement
// or a call that starts its argument, begins: neither its function nor those around it
// up to outer, and nobody who gets what the goroutine may tell. A function that goes
// on for an unknown time after the start, as a stream or a middleware does, counts as
// one that waits.
func (f *Finder) Unjoined(start ssa.CallInstruction, outer *ssa.Function) bool {
	s := f.shared(start)
	if s.given {
		return false
	}
	for at := ssa.Instruction(start); at != nil; {
		fn := at.Parent()
		after := ssax.Search{Goal: func(instr ssa.Instruction) bool { return instr != ssa.Instruction(start) && f.waitsFor(instr, s) }}
		if after.After(at) || f.deferred(fn, start, s) {
			return false
		}
		if fn == outer || fn.Parent() == nil {
			return true
		}
		refs := ssax.References(fn)
		if len(refs) == 0 {
			return false
		}
		at = refs[0]
	}
	return true
}

// deferred reports whether a function defers something that may wait.
func (f *Finder) deferred(fn *ssa.Function, start ssa.CallInstruction, s *shared) bool {
	return f.some(fn, func(instr ssa.Instruction) bool {
		d, ok := instr.(*ssa.Defer)
		if !ok || ssa.Instruction(start) == instr {
			return false
		}
		if body := ssax.Target(d.Call.Value); body != nil && body.Parent() != nil {
			return f.hears.Get(body)
		}
		return f.callWaits(&d.Call, s)
	})
}

// shared is what a goroutine has in common with the function that starts it, and by
// which it might tell something.
type shared struct {
	made  map[ssa.Value]bool // that the function makes
	given bool               // it tells something that the function has been given: others may wait
	tells bool               // the goroutine may tell something, as far as its body is in view
}

func (f *Finder) shared(start ssa.CallInstruction) *shared {
	s := &shared{made: make(map[ssa.Value]bool), tells: true}
	call := start.Common()
	add := func(v ssa.Value) {
		if !CanTell(v.Type()) {
			return
		}
		switch root := rootOf(v).(type) {
		case *ssa.Parameter:
			s.given = s.given || !isReceiver(root)
		case *ssa.FreeVar:
			s.given = true
		case *ssa.Global, *ssa.Const, *ssa.Function:
		default:
			if !isPart(root) {
				s.made[root] = true
			}
		}
	}
	values := slices.Clone(call.Args)
	if _, isGo := start.(*ssa.Go); isGo && !call.IsInvoke() {
		values = append(values, call.Value)
	}
	if body := bodyOf(start); body != nil {
		s.tells = f.tells.Get(body)
	}
	for _, v := range values {
		mc, ok := ssax.Strip(v).(*ssa.MakeClosure)
		if !ok {
			if _, isGo := start.(*ssa.Go); !isGo && s.tells {
				add(v) // the group that a task is given to
			} else if isGo && v != call.Value {
				add(v)
			}
			continue
		}
		for _, b := range mc.Bindings {
			if s.tells || !isDirect(contents(b)) {
				add(cell{b}.value())
			}
		}
	}
	return s
}

// bodyOf returns the function of the package that a goroutine runs, or nil.
func bodyOf(start ssa.CallInstruction) *ssa.Function {
	call := start.Common()
	if _, isGo := start.(*ssa.Go); isGo {
		return ssax.Body(ssax.Target(call.Value))
	}
	for _, arg := range call.Args {
		if body := ssax.Body(ssax.Target(ssax.Strip(arg))); body != nil {
			return body
		}
	}
	return nil
}

// cell is what a closure captures: a variable, by its address, or a value.
type cell struct{ binding ssa.Value }

// value returns the one value of the variable, or the variable.
func (c cell) value() ssa.Value {
	if a, ok := ssax.Variable(c.binding); ok {
		if v, once := ssax.UsesOf(a).Only(); once {
			return v
		}
		return a
	}
	return c.binding
}

func contents(b ssa.Value) types.Type {
	if p, ok := b.Type().Underlying().(*types.Pointer); ok {
		if _, variable := ssax.Variable(b); variable {
			return p.Elem()
		}
	}
	return b.Type()
}

// rootOf returns what a value is in the first place: what is stored in the one
// variable that it is loaded from, or that variable.
func rootOf(v ssa.Value) ssa.Value {
	for range maxSteps {
		v = ssax.Strip(v)
		switch x := v.(type) {
		case *ssa.UnOp:
			a, ok := ssax.Variable(x.X)
			if x.Op != token.MUL || !ok {
				return v
			}
			w, once := ssax.UsesOf(a).Only()
			if !once {
				return a
			}
			v = w
		case *ssa.FreeVar:
			b := ssax.Binding(x)
			if b == nil {
				return v
			}
			v = cell{b}.value()
		case *ssa.Slice:
			v = x.X
		default:
			return v
		}
	}
	return v
}

// maxSteps bounds how many variables a value is followed through. What is farther is
// an object of its own, which nothing else is the same as.
const maxSteps = 10

// isPart reports whether a value is loaded from a field or an element: of something
// that others have, too.
func isPart(v ssa.Value) bool {
	load, ok := v.(*ssa.UnOp)
	return ok && load.Op == token.MUL
}

func isReceiver(p *ssa.Parameter) bool {
	fn := p.Parent()
	return fn.Signature.Recv() != nil && len(fn.Params) > 0 && fn.Params[0] == p
}

// waitsFor reports whether an instruction may wait for the goroutine, hands on what
// the goroutine shares, or goes on for an unknown time.
func (f *Finder) waitsFor(instr ssa.Instruction, s *shared) bool {
	switch instr := instr.(type) {
	case *ssa.UnOp:
		return instr.Op == token.ARROW
	case *ssa.Select:
		return true
	case *ssa.Call:
		return f.callWaits(&instr.Call, s)
	case *ssa.Go:
		return false
	case *ssa.Return:
		return slices.ContainsFunc(instr.Results, s.has)
	case *ssa.Store:
		_, variable := ssax.Variable(instr.Addr)
		return !variable && s.has(instr.Val)
	case *ssa.Send:
		return s.has(instr.X) || s.has(instr.Chan)
	case *ssa.MapUpdate:
		return s.has(instr.Value)
	}
	return false
}

// has reports whether v is something that the function makes and shares with the
// goroutine, or a closure over it.
func (s *shared) has(v ssa.Value) bool {
	if mc, ok := ssax.Strip(v).(*ssa.MakeClosure); ok {
		return slices.ContainsFunc(mc.Bindings, func(b ssa.Value) bool { return s.made[rootOf(cell{b}.value())] })
	}
	return s.made[rootOf(v)]
}

func (f *Finder) callWaits(call *ssa.CallCommon, s *shared) bool {
	if _, builtin := call.Value.(*ssa.Builtin); builtin {
		return false
	}
	fn := ssax.Callee(call)
	if fn != nil && web.Answers(fn) {
		return false
	}
	if IsWait(fn) || goesOn(call, fn) {
		return true
	}
	touches := slices.ContainsFunc(call.Args, s.has) || s.has(call.Value)
	if body := ssax.Body(call.StaticCallee()); body != nil {
		return (touches || body.Signature.Recv() != nil && s.tells) && f.hears.Get(body)
	}
	return touches
}

// IsWait reports whether a function waits for goroutines, or for time to pass.
func IsWait(fn *types.Func) bool {
	if fn == nil {
		return false
	}
	known := waits.Known(fn)
	return known == waits.Wait || known == waits.Sleep || words.Waits.Is(fn.Name()) && fn.Signature().Params().Len() <= 1
}

// goesOn reports whether a call may take as long as the request itself: it runs what
// comes after a middleware, or copies a stream.
func goesOn(call *ssa.CallCommon, fn *types.Func) bool {
	if fn == nil {
		return ssax.Body(call.StaticCallee()) == nil && !ctxlib.IsCancelFunc(call.Value.Type()) && call.Signature().Params().Len() > 0
	}
	return ctxlib.IsMethod(fn, "net/http", "Handler", "ServeHTTP") || ctxlib.IsMethod(fn, "net/http", "HandlerFunc", "ServeHTTP") ||
		ctxlib.IsFunc(fn, "io", "Copy") || ctxlib.TakesOver(fn) || isTransfer(fn) ||
		fn.Pkg() != nil && fn.Name() == "Next" && isCarrier(fn)
}

// GoesOn reports whether, at an instruction, a function waits for others or goes on for
// an unknown time, whatever it shares with them.
func (f *Finder) GoesOn(instr ssa.Instruction) bool {
	switch instr := instr.(type) {
	case *ssa.UnOp:
		return instr.Op == token.ARROW
	case *ssa.Select:
		return true
	case *ssa.Call:
		if _, builtin := instr.Call.Value.(*ssa.Builtin); builtin {
			return false
		}
		fn := ssax.Callee(&instr.Call)
		return IsWait(fn) || goesOn(&instr.Call, fn)
	}
	return false
}

func isCarrier(fn *types.Func) bool {
	recv := fn.Signature().Recv()
	if recv == nil {
		return false
	}
	_, ok := web.Reused(recv.Type())
	return ok
}

// isTransfer reports whether a function sends or receives one message of many.
func isTransfer(fn *types.Func) bool {
	recv := fn.Signature().Recv()
	return recv != nil && (web.IsStream(recv.Type()) || ctxlib.IsTakenOver(recv.Type()))
}

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
