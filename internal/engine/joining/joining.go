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
	f.hears = fixpoint.NewBool(false, true, func(fn *ssa.Function) bool { return ssax.Any(fn, f.hearing) })
	f.tells = fixpoint.NewBool(false, true, func(fn *ssa.Function) bool { return ssax.Any(fn, f.telling) })
	return f
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
	return ssax.Any(fn, func(instr ssa.Instruction) bool {
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
			s.given = s.given || !ssax.IsReceiver(root)
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
