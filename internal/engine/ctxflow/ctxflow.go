// Package ctxflow follows context values through a function and its function
// literals, on SSA: from where a context is made to whatever receives it.
//
// The answer is a may-answer with a proof for each step: on some path, the
// context reaches the use along a chain of assignments, derivations
// (context.WithTimeout, a helper that takes one context and returns one), phis
// and captured variables. A variable that is captured and assigned more than
// once is followed only as far as the order of the assignments is certain; a
// flow ends at fields, elements, channels, results, and everything that is
// unknown. Each value is followed once, so the work is bounded by the size of
// the function.
package ctxflow

import (
	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
)

// Kind is how a context is used.
type Kind uint8

const (
	Argument Kind = iota // it is an argument of a call
	Deferred             // it is an argument of a deferred call
	Started              // it is an argument of the call of a go statement
	Waited               // its Done channel is received from, directly or in a select
	Stored               // it is put into a field, a package variable, an element or a channel
	Returned             // the function, or one of its literals, returns it
)

// A Use is one use of a context.
type Use struct {
	Kind  Kind
	Instr ssa.Instruction // the call, store, send, receive or return
	Arg   int             // for calls, the index in Common().Args
	Steps []ssa.Instruction
}

// Call returns the call that the context is an argument of, or nil for other
// kinds of uses.
func (u *Use) Call() *ssa.CallCommon {
	if call, ok := u.Instr.(ssa.CallInstruction); ok {
		return call.Common()
	}
	return nil
}

// Flow is where one context goes.
type Flow struct {
	Seed     ssa.Value
	Uses     []Use              // in the order in which they are found, which is deterministic
	Derived  []ssa.Instruction  // calls that derive a context from it
	Captured []*ssa.MakeClosure // literals that capture a variable which holds it
}

// Has reports whether the flow has a use of the given kind.
func (f *Flow) Has(kind Kind) bool {
	for i := range f.Uses {
		if f.Uses[i].Kind == kind {
			return true
		}
	}
	return false
}

// An Edge reports whether a flow may pass from block pred to a phi in succ; a
// nil Edge lets all pass.
type Edge func(pred, succ *ssa.BasicBlock) bool

// Follow returns where the context v goes.
func Follow(v ssa.Value, edge Edge) *Flow {
	f := &follower{flow: &Flow{Seed: v}, edge: edge, seen: make(map[ssa.Value]bool)}
	f.value(v, nil)
	return f.flow
}

type follower struct {
	flow *Flow
	edge Edge
	seen map[ssa.Value]bool
}

func (f *follower) use(kind Kind, instr ssa.Instruction, arg int, steps []ssa.Instruction) {
	f.flow.Uses = append(f.flow.Uses, Use{kind, instr, arg, steps})
}

// value follows v to everything that refers to it.
func (f *follower) value(v ssa.Value, steps []ssa.Instruction) {
	if v == nil || f.seen[v] || v.Referrers() == nil {
		return
	}
	f.seen[v] = true
	for _, ref := range *v.Referrers() {
		switch ref := ref.(type) {
		case *ssa.Phi:
			f.phi(ref, v, steps)
		case *ssa.ChangeInterface:
			f.value(ref, steps)
		case *ssa.MakeInterface:
			f.value(ref, steps)
		case *ssa.ChangeType:
			f.value(ref, steps)
		case *ssa.Store:
			if ref.Val == v {
				f.store(ref, steps)
			}
		case *ssa.Send:
			if ref.X == v {
				f.use(Stored, ref, 0, steps)
			}
		case *ssa.MapUpdate:
			f.use(Stored, ref, 0, steps)
		case *ssa.Return:
			f.use(Returned, ref, 0, steps)
		case ssa.CallInstruction:
			f.call(ref, v, steps)
		}
	}
}

func (f *follower) phi(phi *ssa.Phi, v ssa.Value, steps []ssa.Instruction) {
	for i, e := range phi.Edges {
		if e == v && (f.edge == nil || f.edge(phi.Block().Preds[i], phi.Block())) {
			f.value(phi, steps)
			return
		}
	}
}

// call follows v into and through a call.
func (f *follower) call(instr ssa.CallInstruction, v ssa.Value, steps []ssa.Instruction) {
	call := instr.Common()
	if call.IsInvoke() && call.Value == v {
		if call.Method.Name() == "Done" {
			if done := instr.Value(); done != nil {
				f.done(done, steps)
			}
		}
		return
	}
	for i, arg := range call.Args {
		if arg != v {
			continue
		}
		if p := ssax.ParamType(call, i); p == nil || !ctxlib.IsContextual(p) {
			continue // fmt.Println(ctx), a method of a type that embeds a context
		}
		kind := Argument
		switch instr.(type) {
		case *ssa.Defer:
			kind = Deferred
		case *ssa.Go:
			kind = Started
		}
		derives := Derives(call)
		if derives != Surely {
			f.use(kind, instr, i, steps)
		}
		if derives != No && instr.Value() != nil {
			f.flow.Derived = append(f.flow.Derived, instr)
			f.results(instr.Value(), append(steps[:len(steps):len(steps)], instr))
		}
		return
	}
}

// results continues with the contexts that a call returns.
func (f *follower) results(call *ssa.Call, steps []ssa.Instruction) {
	if ctxlib.IsContextual(call.Type()) {
		f.value(call, steps)
		return
	}
	for _, ref := range *call.Referrers() {
		if ext, ok := ref.(*ssa.Extract); ok && ctxlib.IsContextual(ext.Type()) {
			f.value(ext, steps)
		}
	}
}

// done records receives from the Done channel of a context.
func (f *follower) done(ch ssa.Value, steps []ssa.Instruction) {
	for _, ref := range *ch.Referrers() {
		switch ref := ref.(type) {
		case *ssa.UnOp:
			f.use(Waited, ref, 0, steps)
		case *ssa.Select:
			f.use(Waited, ref, 0, steps)
		case *ssa.ChangeType:
			f.done(ref, steps)
		}
	}
}

// Derivation says whether a call returns a context that derives from the one it
// is given.
type Derivation uint8

const (
	No       Derivation = iota
	Probably            // it takes one context and returns one, and may also do work
	Surely              // it is known to do nothing but derive
)

// Derives says whether the call returns a context derived from the one among its
// arguments.
func Derives(call *ssa.CallCommon) Derivation {
	switch fn := ssax.Callee(call); {
	case fn == nil:
	case ctxlib.DerivesFrom(fn) >= 0:
		return Surely
	case ctxlib.IsFunc(fn, "context", "WithoutCancel"):
		return No // a function called "detached" or the like returns a different context
	}
	sig := call.Signature()
	taken := 0
	for p := range sig.Params().Variables() {
		if ctxlib.IsContextual(p.Type()) {
			taken++
		}
	}
	if taken != 1 {
		return No // of two contexts, it may return either
	}
	for r := range sig.Results().Variables() {
		if ctxlib.IsContextual(r.Type()) {
			return Probably
		}
	}
	return No
}
