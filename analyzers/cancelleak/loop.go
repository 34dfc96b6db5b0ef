package cancelleak

import (
	"fmt"
	"go/constant"
	"go/token"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/mustcall"
)

// checkLoop reports a defer of the obligation in a loop that comes round to the
// site again: every turn adds a context that lives until the function returns.
// In a test the function returns soon enough.
func (c *checker) checkLoop(s *site, flow *mustcall.Flow) {
	if c.inTest(s.Site.Pos()) || firesOnce(s) {
		return
	}
	for _, instr := range flow.Uses.Released {
		d, ok := instr.(*ssa.Defer)
		if !ok || !comesRound(s, d, flow.Uses.Released) {
			continue
		}
		pos := s.Site.Pos()
		if n := c.syntax.innermostLoop(pos); n != nil {
			pos = n.Pos()
		}
		what := "defer of " + s.noun()
		if name := c.name(s); name != s.noun() {
			what = "defer " + name + "()"
			if _, direct := d.Call.Value.(*ssa.MakeClosure); direct {
				what = "defer of " + name
			}
		}
		c.report.Report(analysis.Diagnostic{
			Pos:      d.Pos(),
			End:      d.Pos() + token.Pos(len("defer")),
			Category: loop,
			Message:  fmt.Sprintf("%s in a loop runs only when the function returns, so the contexts of all turns pile up until then; call it at the end of the turn, or move the turn into a function", what),
			Related: []analysis.RelatedInformation{
				{Pos: pos, End: pos + token.Pos(len("for")), Message: "this loop"},
				{Pos: s.Site.Pos(), Message: "each turn makes a context here"},
			},
		})
	}
}

// comesRound reports whether control can get from d, a defer in the loop of the
// site, to the next turn without leaving the function that d defers to, and
// without one of the calls that release the context in the turn itself.
func comesRound(s *site, d *ssa.Defer, released []ssa.Instruction) bool {
	if d.Parent() != s.fn() {
		return false
	}
	w := &turn{released: make(map[ssa.Instruction]bool), seen: make(map[*ssa.BasicBlock]bool)}
	for _, instr := range released {
		if _, ok := instr.(*ssa.Call); ok {
			w.released[instr] = true
		}
	}
	block := d.Block()
	if s.fn().Synthetic == rangeFuncBody {
		return w.walk(block.Instrs[slices.Index(block.Instrs, ssa.Instruction(d)):], block, returnsTrue)
	}
	isSite := func(instr ssa.Instruction) bool { return instr == ssa.Instruction(s.Site) }
	return precedes(s.Site, d) && w.walk(block.Instrs[slices.Index(block.Instrs, ssa.Instruction(d)):], block, isSite)
}

// precedes reports whether b can be executed after a without a second a.
func precedes(a *ssa.Call, b ssa.Instruction) bool {
	w := &turn{released: map[ssa.Instruction]bool{a: true}, seen: make(map[*ssa.BasicBlock]bool)}
	block := a.Block()
	return w.walk(block.Instrs[slices.Index(block.Instrs, ssa.Instruction(a))+1:], block, func(instr ssa.Instruction) bool { return instr == b })
}

const rangeFuncBody = "range-over-func yield"

// returnsTrue reports whether instr goes on to the next turn of a range over a
// function, whose body is a function that tells the iterator so.
func returnsTrue(instr ssa.Instruction) bool {
	ret, ok := instr.(*ssa.Return)
	if !ok || len(ret.Results) != 1 {
		return false
	}
	v, ok := ret.Results[0].(*ssa.Const)
	return ok && v.Value != nil && v.Value.Kind() == constant.Bool && constant.BoolVal(v.Value)
}

// turn walks the control flow until it meets a release.
type turn struct {
	released map[ssa.Instruction]bool
	seen     map[*ssa.BasicBlock]bool
}

// walk reports whether an instruction that satisfies goal can be reached from
// instrs, the rest of block.
func (w *turn) walk(instrs []ssa.Instruction, block *ssa.BasicBlock, goal func(ssa.Instruction) bool) bool {
	for _, instr := range instrs {
		if goal(instr) {
			return true
		}
		if w.released[instr] {
			return false
		}
	}
	for _, succ := range block.Succs {
		if !w.seen[succ] {
			w.seen[succ] = true
			if w.walk(succ.Instrs, succ, goal) {
				return true
			}
		}
	}
	return false
}

func (c *checker) inTest(pos token.Pos) bool {
	return strings.HasSuffix(c.pass.Fset.File(pos).Name(), "_test.go")
}
