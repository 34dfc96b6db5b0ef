package concurrency

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/model/words"
)

// Ahead is what has happened in a function whenever control gets to an operation of a
// channel, or to a close (must).
type Ahead struct {
	Locked bool        // a lock has been taken, if not given back
	LetGo  bool        // a channel has been closed, or a cancel function called
	Joined bool        // goroutines have been waited for
	Asked  bool        // a variable that others may set, or a method, has said so
	Polled *ssa.Select // its default was taken, and its cases hear that something is over

	tested *nilTest
}

// nilTest is a list of channels that have been compared with nil.
type nilTest struct {
	ch   *Channel
	rest *nilTest
}

// Tested reports whether somebody has asked whether ch is nil.
func (a Ahead) Tested(ch *Channel) bool {
	for t := a.tested; t != nil; t = t.rest {
		if t.ch == ch {
			return true
		}
	}
	return false
}

// Ahead returns what has happened before an operation of a channel, or a close.
func (p *Package) Ahead(instr ssa.Instruction) Ahead {
	fn := instr.Parent()
	known, ok := p.ahead[fn]
	if !ok {
		known = p.aheadIn(fn)
		p.ahead[fn] = known
	}
	return known[instr]
}

// aheadIn walks the tree of dominators.
func (p *Package) aheadIn(fn *ssa.Function) map[ssa.Instruction]Ahead {
	type visit struct {
		b *ssa.BasicBlock
		a Ahead
	}
	known := make(map[ssa.Instruction]Ahead)
	for work := []visit{{fn.Blocks[0], Ahead{}}}; len(work) > 0; {
		v := work[len(work)-1]
		work = work[:len(work)-1]
		for _, instr := range v.b.Instrs {
			if len(p.Told(instr))+len(p.Received(instr)) > 0 {
				known[instr] = v.a
			}
			p.passed(instr, &v.a)
		}
		for _, d := range v.b.Dominees() {
			a := v.a
			p.branched(v.b, d, &a)
			work = append(work, visit{d, a})
		}
	}
	return known
}

// passed adds what an instruction does.
func (p *Package) passed(instr ssa.Instruction, a *Ahead) {
	call, ok := instr.(*ssa.Call)
	if !ok {
		return
	}
	fn := ssax.Callee(&call.Call)
	a.Locked = a.Locked || isLock(fn)
	a.LetGo = a.LetGo || tells(instr)
	a.Joined = a.Joined || fn != nil && words.Waits.Is(fn.Name())
}

func isLock(fn *types.Func) bool {
	return ctxlib.IsMutex(fn, "Lock", "RLock") || ctxlib.IsMethod(fn, "sync", "Locker", "Lock")
}

// branched adds what the branch at the end of b says in d, which b dominates.
func (p *Package) branched(b, d *ssa.BasicBlock, a *Ahead) {
	branch := ssax.BranchOf(b)
	if branch == nil {
		return
	}
	if cmp, ok := branch.Cond.(*ssa.BinOp); ok && ssax.IsNil(cmp.Y) && chanOf(cmp.X.Type()) != nil {
		a.tested = &nilTest{p.OfValue(cmp.X), a.tested}
	}
	if len(d.Preds) != 1 {
		return
	}
	if sel := dispatched(branch); sel != nil {
		if s, ok := ssax.SelectOf(sel); ok && s.Default.From == b && s.Default.To() == d && p.hears(sel) {
			a.Polled = sel
		}
		return
	}
	a.Asked = a.Asked || isState(branch.Cond)
}

// dispatched returns the select whose cases a branch tells apart, nil if it is about
// something else.
func dispatched(branch *ssa.If) *ssa.Select {
	if !ssax.IsDispatch(branch) {
		return nil
	}
	return branch.Cond.(*ssa.BinOp).X.(*ssa.Extract).Tuple.(*ssa.Select)
}

// hears reports whether a case of the select is for the end of something.
func (p *Package) hears(sel *ssa.Select) bool {
	for _, st := range sel.States {
		if p.HearsEnd(st) {
			return true
		}
	}
	return false
}

// isState reports whether a condition asks for a variable that others may set, or for
// the result of a method other than an error.
func isState(cond ssa.Value) bool {
	switch cond := cond.(type) {
	case *ssa.UnOp:
		if cond.Op == token.NOT {
			return isState(cond.X)
		}
		return cond.Op == token.MUL
	case *ssa.Call:
		recv, _ := ssax.Receiver(&cond.Call)
		return recv != nil
	case *ssa.BinOp:
		_, constant := cond.Y.(*ssa.Const)
		return constant && !ctxlib.IsError(cond.X.Type()) && isState(cond.X)
	}
	return false
}
