package cancelleak

import (
	"fmt"
	"go/token"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/mustcall"
	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/pass/catalog"
	"github.com/ctxlint/ctxlint/internal/pass/diag"
)

// checkEarly reports that something which needs the context of s leaves the
// function, is started by it, or is used, although the context has ended by then.
func (c *checker) checkEarly(s *site, flow *mustcall.Flow) {
	if s.Context == nil || ssax.IsMain(s.fn()) || !c.report.Enabled(categoryEarly) {
		return
	}
	ends := c.ends(s, flow)
	if len(ends) == 0 {
		return
	}
	tree := c.boundOf(s.fn())
	if c.checkLate(s, flow, tree, ends) || s.kind == group {
		return
	}
	for _, u := range tree.leavingWith(s.Context) {
		for _, instr := range c.leaving.with(s.fn(), u.value) {
			if start, ok := instr.(*ssa.Go); ok && c.startsEarly(s, start, u, ends) {
				return
			}
		}
	}
}

// leaving has the instructions by which values leave a function: its returns and go
// statements. It keeps those of one function, whose sites follow each other.
type leaving struct {
	fn     *ssa.Function
	values map[ssa.Value][]ssa.Instruction
}

// with returns the instructions of fn that may take v along.
func (l *leaving) with(fn *ssa.Function, v ssa.Value) []ssa.Instruction {
	if l.fn != fn {
		l.fn, l.values = fn, make(map[ssa.Value][]ssa.Instruction)
		for _, b := range fn.Blocks {
			for _, instr := range b.Instrs {
				l.add(instr)
			}
		}
	}
	return l.values[ssax.Strip(v)]
}

func (l *leaving) add(instr ssa.Instruction) {
	take := func(v ssa.Value) {
		for _, c := range copies(v) {
			if list := l.values[c]; len(list) == 0 || list[len(list)-1] != instr {
				l.values[c] = append(list, instr)
			}
		}
	}
	switch instr := instr.(type) {
	case *ssa.Return:
		for i := range instr.Results {
			take(returned(instr, i))
		}
	case *ssa.Go:
		for _, arg := range instr.Call.Args {
			take(arg)
		}
		if mc, ok := instr.Call.Value.(*ssa.MakeClosure); ok {
			for _, b := range mc.Bindings {
				if cell, ok := b.(*ssa.Alloc); ok {
					take(onlyStored(cell))
				}
			}
		}
	}
}

// callsAtOnce reports whether a literal calls the obligation before any branch, and
// so whatever happens.
func callsAtOnce(mc *ssa.MakeClosure, flow *mustcall.Flow) bool {
	fn := mc.Fn.(*ssa.Function)
	if len(fn.Blocks) == 0 {
		return false
	}
	for _, instr := range fn.Blocks[0].Instrs {
		call, ok := instr.(*ssa.Call)
		if !ok {
			continue
		}
		load, ok := call.Call.Value.(*ssa.UnOp)
		if !ok {
			continue
		}
		for i, b := range mc.Bindings {
			if cell, ok := b.(*ssa.Alloc); ok && load.X == ssa.Value(fn.FreeVars[i]) && flow.Holds(b) && onlyStored(cell) != nil {
				return true
			}
		}
	}
	return false
}

// startsEarly reports u if a go statement starts something that needs it after one of
// the ends.
func (c *checker) startsEarly(s *site, instr *ssa.Go, u *bound, ends []ssa.Instruction) bool {
	if !u.plain {
		return false
	}
	for _, arg := range instr.Call.Args {
		if same(arg, u.value) && minds(&instr.Call, arg) {
			return c.reportGo(s, instr, u, ends)
		}
	}
	mc, ok := instr.Call.Value.(*ssa.MakeClosure)
	return ok && worksWithValue(mc, u.value) && c.reportGo(s, instr, u, ends)
}

// reportLate reports a return or call that comes after the end of the context.
func (c *checker) reportLate(s *site, l mustcall.Late, why late) {
	tree := c.boundOf(s.fn())
	what, done := tree.what(why.x, s.Context), "it"
	if !why.x.plain {
		done = "its context"
	}
	if ret, ok := l.At.(*ssa.Return); ok {
		how := "has already run"
		if _, deferred := l.End.(*ssa.Defer); deferred {
			how = "is deferred"
		}
		pos := ssax.ExitPos(ret)
		c.reportEarly(s, why.sure, pos, pos+token.Pos(len("return")), fmt.Sprintf("%s is returned but %s %s, so %s is done before the caller can use it; %s", what, c.ender(s), how, done, remedy(s, "return the cancel function, too")), l.End)
		return
	}
	pos, end := l.At.Pos(), token.NoPos
	if cur, ok := c.syntax.call(l.At.(*ssa.Call)); ok {
		pos, end = cur.Node().Pos(), cur.Node().End()
	}
	if why.verb == "starts" {
		what = "this task"
	}
	c.reportEarly(s, why.sure, pos, end, fmt.Sprintf("%s %s after %s has run, so %s is done; %s", what, why.verb, c.ender(s), done, remedy(s, "do this before it")), l.End)
}

// ender names what ends the context of s.
func (c *checker) ender(s *site) string {
	if s.kind == group {
		return "the group's Wait"
	}
	return c.name(s)
}

func remedy(s *site, otherwise string) string {
	if s.kind == group {
		return "use the context around the group, or a new group"
	}
	return otherwise
}

func (c *checker) reportGo(s *site, instr *ssa.Go, u *bound, cancels []ssa.Instruction) bool {
	for _, cancel := range cancels {
		how := "is deferred and nothing waits for it"
		if _, ok := cancel.(*ssa.Call); ok {
			if !ssax.Dominates(cancel, instr) || ssax.InTest(instr.Parent()) || !c.usedBefore(s, cancel) {
				continue
			}
			how = "has already run"
		} else if !ssax.Dominates(cancel, instr) && !alwaysFollows(instr, cancel) || !goesUnawaited(instr) {
			continue
		}
		c.reportEarly(s, u.sure, instr.Pos(), instr.Pos()+token.Pos(len("go")), fmt.Sprintf("this goroutine finds %s done, because %s %s; cancel in the goroutine, or use context.WithoutCancel", c.boundOf(s.fn()).what(u, s.Context), c.name(s), how), cancel)
		return true
	}
	return false
}

func (c *checker) reportEarly(s *site, sure catalog.Confidence, pos, end token.Pos, message string, cancel ssa.Instruction) {
	d := analysis.Diagnostic{
		Pos:      pos,
		End:      end,
		Category: categoryEarly,
		Message:  message,
		Related: []analysis.RelatedInformation{
			{Pos: s.Site.Pos(), Message: "the context is made here"},
			{Pos: cancel.Pos(), Message: "and ends here"},
		},
	}
	c.report.ReportFinding(diag.Finding{Diagnostic: d, Confidence: max(sure, c.confidence(s))})
}

// returned returns the value of result i of a return. In a function with defers,
// results go through variables that a recovered panic could expose.
func returned(ret *ssa.Return, i int) ssa.Value {
	load, ok := ret.Results[i].(*ssa.UnOp)
	if !ok || load.Op != token.MUL {
		return ret.Results[i]
	}
	v := ret.Results[i]
	for _, instr := range ret.Block().Instrs {
		if s, ok := instr.(*ssa.Store); ok && s.Addr == load.X {
			v = s.Val
		}
	}
	return v
}

// usedBefore reports whether the context of s has been given to a call before it is
// cancelled: then it was not made to be a cancelled one.
func (c *checker) usedBefore(s *site, cancel ssa.Instruction) bool {
	tree := c.boundOf(s.fn())
	for _, i := range tree.boundTo(s.Context) {
		if x := &tree.nodes[i]; x.plain {
			for _, ref := range *x.value.Referrers() {
				// Deriving another context from it is not yet a use.
				if call, ok := ref.(*ssa.Call); ok && ssax.Dominates(call, cancel) && ctxlib.DerivesFrom(ssax.Callee(&call.Call)) < 0 {
					return true
				}
			}
		}
	}
	return false
}

// boundOf returns the tree of the values that are bound to the contexts of fn. It
// keeps that of one function, whose sites follow each other, and is for sites, which
// are checked when all summaries are complete.
func (c *checker) boundOf(fn *ssa.Function) *boundTree {
	if c.bounds.fn != fn {
		c.bounds.fn, c.bounds.tree = fn, c.boundIn(fn, c.contextsIn(fn))
	}
	return c.bounds.tree
}
