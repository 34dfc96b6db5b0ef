package cancelleak

import (
	"fmt"
	"go/constant"
	"go/token"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/mustcall"
	"github.com/ctxlint/ctxlint/internal/engine/ssax"
)

// checkLoop reports a defer of the obligation in a loop that comes round to the
// site again: every turn adds a context that lives until the function returns.
// In a test the function returns soon enough.
func (c *checker) checkLoop(s *site, flow *mustcall.Flow) {
	if ssax.InstrInTest(s.Site) || firesOnce(s) {
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
	round := ssax.Search{
		Goal: func(instr ssa.Instruction) bool { return instr == ssa.Instruction(s.Site) },
		Barrier: func(instr ssa.Instruction) bool {
			_, ok := instr.(*ssa.Call)
			return ok && slices.Contains(released, instr)
		},
	}
	if s.fn().Synthetic == rangeFuncBody {
		round.Goal = returnsTrue
		return round.After(d)
	}
	return ssax.ReachesWithout(s.Site, d, s.Site) && round.After(d)
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
