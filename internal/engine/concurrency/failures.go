package concurrency

import (
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
)

// exits are the instructions of a function that matter when it is left.
type exits struct {
	defers   []ssa.Instruction
	failures []ssax.Edge // by which control goes when a call has failed
}

func (p *Package) exits(fn *ssa.Function) *exits {
	if x := p.left[fn]; x != nil {
		return x
	}
	x := new(exits)
	p.left[fn] = x
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			if d, ok := instr.(*ssa.Defer); ok {
				x.defers = append(x.defers, d)
			}
		}
		if branch := ssax.BranchOf(b); branch != nil {
			if i, ok := failed(branch.Cond); ok {
				x.failures = append(x.failures, ssax.Edge{From: b, Succ: i})
			}
		}
	}
	return x
}

// failed returns the outcome of a condition that means that a call has failed.
func failed(cond ssa.Value) (succ int, ok bool) {
	cmp, ok := cond.(*ssa.BinOp)
	if !ok || !ssax.IsNil(cmp.Y) || !ctxlib.IsError(cmp.X.Type()) {
		return 0, false
	}
	x := cmp.X
	if ext, ok := x.(*ssa.Extract); ok {
		x = ext.Tuple
	}
	if _, ok := x.(*ssa.Call); !ok {
		return 0, false
	}
	if cmp.Op == token.NEQ {
		return 0, true
	}
	return 1, cmp.Op == token.EQL
}

// Forgets returns a test for the error of a call from which fn may return without having
// met what instructions that owed accepts do, although it does that on other ways, and
// without telling anybody.
func (p *Package) Forgets(fn *ssa.Function, owed func(ssa.Instruction) bool) (test token.Pos, ok bool) {
	if len(fn.Blocks) > maxDepartureBlocks {
		return token.NoPos, false
	}
	first := p.before(fn, owed)
	quiet := func(instr ssa.Instruction) bool { return owed(instr) || p.tellsAnything(instr) }
	for _, e := range p.exits(fn).failures {
		if first[e.From] && p.leavesBy(e, quiet) {
			return ssax.BranchOf(e.From).Cond.Pos(), true
		}
	}
	return token.NoPos, false
}

// before returns the blocks of fn at whose end control may be before it has met an
// instruction that owed accepts.
func (p *Package) before(fn *ssa.Function, owed func(ssa.Instruction) bool) map[*ssa.BasicBlock]bool {
	open := make(map[*ssa.BasicBlock]bool)
	work := ssax.NewWork(fn.Blocks[0])
	for b := range work.All() {
		if !slices.ContainsFunc(b.Instrs, owed) {
			open[b] = true
			work.Add(b.Succs...)
		}
	}
	return open
}
