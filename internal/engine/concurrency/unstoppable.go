package concurrency

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/athand"
	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/words"
)

// An Ending is what should end a goroutine or a loop: a context that is at hand where
// it starts, or a parameter that is a channel which says by being closed that something
// is over, or else a method that its owner calls to end it.
type Ending struct {
	Context *types.Var
	Quit    *types.Var
	Stop    *types.Func

	Doubtful bool // nothing says that the channel is for an end, and not for a beginning
}

// Nameable returns a context that the code of fn can name and that can end: see
// [athand.Nameable].
func (p *Package) Nameable(fn *ssa.Function) *types.Var { return athand.Nameable(fn, p.lives) }

// AtHand returns what the code at an instruction can name and listen to, to hear that
// it is to end: a context, or else a channel. It returns nil if there is nothing. A
// channel that has been waited for on the way there said that something could begin.
func (p *Package) AtHand(at ssa.Instruction) *Ending {
	fn := at.Parent()
	if ctx := p.Nameable(fn); ctx != nil {
		return &Ending{Context: ctx}
	}
	for ; fn != nil; fn = fn.Parent() {
		for _, param := range fn.Params {
			v, named := param.Object().(*types.Var)
			if !named || v.Name() == "_" || chanOf(v.Type()) == nil || isPointer(v.Type()) {
				continue
			}
			if ch := p.OfValue(param); ch.Signal() && !p.receivedBefore(ch, fn, at) {
				return &Ending{Quit: v, Doubtful: !ch.Done && !words.Over.In(v.Name())}
			}
		}
		maker := ssax.MakerOf(fn)
		if maker == nil {
			return nil // it captures nothing, so it cannot name what its parent can
		}
		at = maker
	}
	return nil
}

// receivedBefore reports whether fn may receive from the channel before it gets to an
// instruction.
func (p *Package) receivedBefore(ch *Channel, fn *ssa.Function, at ssa.Instruction) bool {
	return slices.ContainsFunc(ch.Of(Recv), func(op Op) bool { return op.Fn() == fn && ssax.Reaches(op.Instr, at) })
}

// EndingOf returns what should end a goroutine that stays in the loop; loop is
// nil if it is in another package. It returns nil for a goroutine that may live
// as long as the process.
func (p *Package) EndingOf(s Spawn, loop *ssax.Loop) *Ending {
	if end := p.AtHand(s.Site); end != nil {
		return end
	}
	if loop == nil {
		return nil
	}
	stop := p.Stopper(s.Fn, loop)
	if stop == nil {
		stop = p.Stopper(s.Site.Parent(), loop)
	}
	if stop == nil {
		return nil
	}
	return &Ending{Stop: stop}
}

// Unstoppable returns the loop in which a goroutine of the package stays
// forever although something should end it, and what should end it. It returns
// nil if there is no such loop, or if the loop does nothing: an empty loop is
// not a leak but a mistake of another kind.
func (p *Package) Unstoppable(s Spawn) (*ssax.Loop, *Ending) {
	known, ok := p.stuck[s]
	if !ok {
		known.loop, known.ending = p.findUnstoppable(s)
		p.stuck[s] = known
	}
	return known.loop, known.ending
}

// stuck is what [Package.Unstoppable] has found. Two analyzers ask it.
type stuck struct {
	loop   *ssax.Loop
	ending *Ending
}

func (p *Package) findUnstoppable(s Spawn) (*ssax.Loop, *Ending) {
	if s.Fn == nil || p.LivesOn(s.Site) || ssax.InstrInTest(s.Site) {
		return nil, nil
	}
	loop := p.NeverEnds(s.Fn)
	if loop == nil || !works(loop) {
		return nil, nil
	}
	ending := p.EndingOf(s, loop)
	if ending == nil {
		return nil, nil
	}
	return loop, ending
}

// KeepsGoroutine reports whether a goroutine of the package stays in the loop
// forever although something should end it: see [Package.Unstoppable]. A
// mistake in how the loop listens for its end is then part of that finding.
func (p *Package) KeepsGoroutine(loop *ssax.Loop) bool {
	if p.keeps == nil {
		p.keeps = make(map[*ssax.Loop]bool)
		for _, s := range p.Spawns() {
			if l, _ := p.Unstoppable(s); l != nil {
				p.keeps[l] = true
			}
		}
	}
	return p.keeps[loop]
}

// works reports whether the loop does anything: a call or an operation on a channel.
func works(loop *ssax.Loop) bool {
	found := false
	loop.Instructions(func(instr ssa.Instruction) bool {
		switch instr := instr.(type) {
		case ssa.CallInstruction, *ssa.Send, *ssa.Select:
			found = true
		case *ssa.UnOp:
			found = found || instr.Op == token.ARROW
		}
		return !found
	})
	return found
}
