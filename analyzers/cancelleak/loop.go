package cancelleak

import (
	"fmt"
	"go/ast"
	"go/constant"
	"go/token"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/mustcall"
	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/pass/catalog"
	"github.com/ctxlint/ctxlint/internal/pass/diag"
)

// checkLoop reports a defer of the obligation in a loop that comes back to the
// site: every iteration adds a context that lives until the function returns.
// In a test the function returns soon enough.
func (c *checker) checkLoop(s *site, flow *mustcall.Flow) {
	if ssax.InstrInTest(s.Site) || runsOnce(s) {
		return
	}
	for _, instr := range flow.Uses.Released {
		d, ok := instr.(*ssa.Defer)
		if !ok || !comesBack(s, d, flow) {
			continue
		}
		n := iterations(s)
		if n == few {
			continue
		}
		pos, remedy := s.Site.Pos(), "call it at the end of each iteration, or move the body into a function"
		if loop := c.syntax.innermostLoop(pos); loop != nil {
			if leavesIteration(loop, pos) { // a call at the end would be missed
				remedy = "move the body into a function that defers it"
			}
			pos = loop.Pos()
		}
		what := "defer of the cancel function"
		if name := c.name(s); name != s.noun() {
			what = "defer " + name + "()"
			if _, direct := d.Call.Value.(*ssa.MakeClosure); direct {
				what = "defer of " + name
			}
		}
		found := diag.Finding{Confidence: c.confidence(s), AssumesCaller: assumes(s), Diagnostic: analysis.Diagnostic{
			Pos:      d.Pos(),
			End:      d.Pos() + token.Pos(len("defer")),
			Category: categoryLoop,
			Message:  fmt.Sprintf("%s in a loop runs only when the function returns, so contexts pile up; %s", what, remedy),
			Related: []analysis.RelatedInformation{
				{Pos: pos, End: pos + token.Pos(len("for")), Message: "this loop"},
				{Pos: s.Site.Pos(), Message: "each iteration makes a context here"},
			},
		}}
		if n == listed {
			found.Confidence = catalog.Medium
		}
		c.report.ReportFinding(found)
	}
}

// leavesIteration reports whether a statement after pos may end an iteration of the
// loop before its end: continue, break, goto or return.
func leavesIteration(loop ast.Node, pos token.Pos) bool {
	leaves := false
	ast.Inspect(loop, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.BranchStmt:
			leaves = leaves || n.Pos() > pos && n.Tok != token.FALLTHROUGH
		case *ast.ReturnStmt:
			leaves = leaves || n.Pos() > pos
		}
		return !leaves
	})
	return leaves
}

// comesBack reports whether control can get from d, a defer in the loop of the
// site, to the next iteration without leaving the function that d defers to, and
// without one of the calls that release the context in the iteration itself.
func comesBack(s *site, d *ssa.Defer, flow *mustcall.Flow) bool {
	if d.Parent() != s.fn() {
		return false
	}
	releases := func(instr ssa.Instruction) bool {
		_, ok := instr.(*ssa.Call)
		return ok && slices.Contains(flow.Uses.Released, instr)
	}
	if s.fn().Synthetic == rangeFuncBody {
		round := ssax.Search{Goal: returnsTrue, Barrier: releases}
		return round.After(d)
	}
	return ssax.ReachesWithout(s.Site, d, s.Site) && flow.Again(d, releases)
}

// count says how often the loops around a site run.
type count uint8

const (
	few     count = iota // at most fewIterations times
	listed               // once for each element of a list, or up to a number
	endless              // until something happens
)

// fewIterations is how many contexts may pile up without harm.
const fewIterations = 10

// iterations returns how often the loops run that come back to the site. The body of
// a range over a function is taken for that of a range over a list.
func iterations(s *site) count {
	if s.fn().Synthetic == rangeFuncBody {
		return listed
	}
	around := ssax.LoopsOf(s.fn()).Around(s.Site.Block())
	if around == nil {
		return endless // made by goto, in two ways
	}
	product := int64(1)
	for loop := around; loop != nil; loop = loop.Parent {
		switch n, known := loop.Trips(); {
		case known:
			product = min(product*n, fewIterations+1)
		case loop.Lists():
			product = fewIterations + 1
		default:
			return endless
		}
	}
	if product <= fewIterations {
		return few
	}
	return listed
}

const rangeFuncBody = "range-over-func yield"

// returnsTrue reports whether instr goes on to the next iteration of a range over a
// function, whose body is a function that tells the iterator so.
func returnsTrue(instr ssa.Instruction) bool {
	ret, ok := instr.(*ssa.Return)
	if !ok || len(ret.Results) != 1 {
		return false
	}
	v, ok := ret.Results[0].(*ssa.Const)
	return ok && v.Value != nil && v.Value.Kind() == constant.Bool && constant.BoolVal(v.Value)
}
