package cancelleak

import (
	"fmt"
	"go/token"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/mustcall"
	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/pass/diag"
)

// checkEarly reports that something which needs the context of s leaves the
// function, or is started by it, although the cancel function runs first.
func (c *checker) checkEarly(s *site, flow *mustcall.Flow) {
	if s.Context == nil || ssax.IsMain(s.fn()) || !c.report.Enabled(categoryEarly) {
		return
	}
	cancels := runsFirst(flow)
	if len(cancels) == 0 {
		return
	}
	tree := c.boundOf(s.fn())
	for _, u := range tree.leavingWith(s.Context) {
		for _, instr := range c.leaving.with(s.fn(), u.value) {
			if c.leavesEarly(s, instr, u, cancels) {
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

// runsFirst returns the defers and calls that end the context before anything
// that the function returns can be used.
func runsFirst(flow *mustcall.Flow) []ssa.Instruction {
	var out []ssa.Instruction
	for _, instr := range flow.Uses.Released {
		switch instr := instr.(type) {
		case *ssa.Defer:
			mc, closure := instr.Call.Value.(*ssa.MakeClosure)
			if (!closure || callsAtOnce(mc, flow)) && instr.DeferStack == nil {
				out = append(out, instr)
			}
		case *ssa.Call:
			if _, closure := instr.Call.Value.(*ssa.MakeClosure); !closure {
				out = append(out, instr)
			}
		}
	}
	return out
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

// leavesEarly reports u if instr returns or starts it after one of the cancels.
func (c *checker) leavesEarly(s *site, instr ssa.Instruction, u *bound, cancels []ssa.Instruction) bool {
	switch instr := instr.(type) {
	case *ssa.Return:
		for i := range instr.Results {
			if same(returned(instr, i), u.value) && c.reportReturn(s, instr, u, cancels) {
				return true
			}
		}
	case *ssa.Go:
		if !u.plain {
			return false
		}
		for _, arg := range instr.Call.Args {
			if same(arg, u.value) && minds(&instr.Call, arg) {
				return c.reportGo(s, instr, u, cancels)
			}
		}
		if mc, ok := instr.Call.Value.(*ssa.MakeClosure); ok && worksWith(mc, u.value) {
			return c.reportGo(s, instr, u, cancels)
		}
	}
	return false
}

func (c *checker) reportReturn(s *site, ret *ssa.Return, u *bound, cancels []ssa.Instruction) bool {
	for _, cancel := range cancels {
		if !ssax.Dominates(cancel, ret) || closedBefore(u.value, ret) {
			continue
		}
		how := "is deferred"
		if _, ok := cancel.(*ssa.Call); ok {
			if u.plain && (ssax.InTest(ret.Parent()) || !c.usedBefore(s, cancel)) {
				continue // an already cancelled context, made on purpose
			}
			how = "has already run"
		}
		done := "it"
		if !u.plain {
			done = "its context"
		}
		c.reportEarly(s, ssax.ExitPos(ret), "return", fmt.Sprintf("%s is returned but %s %s, so %s is done before the caller can use it; return the cancel function, too", c.boundOf(s.fn()).what(u, s.Context), c.name(s), how, done), cancel)
		return true
	}
	return false
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
		c.reportEarly(s, instr.Pos(), "go", fmt.Sprintf("this goroutine finds %s done, because %s %s; cancel in the goroutine, or use context.WithoutCancel", c.boundOf(s.fn()).what(u, s.Context), c.name(s), how), cancel)
		return true
	}
	return false
}

func (c *checker) reportEarly(s *site, pos token.Pos, keyword, message string, cancel ssa.Instruction) {
	d := analysis.Diagnostic{
		Pos:      pos,
		End:      pos + token.Pos(len(keyword)),
		Category: categoryEarly,
		Message:  message,
		Related: []analysis.RelatedInformation{
			{Pos: s.Site.Pos(), Message: "the context is made here"},
			{Pos: cancel.Pos(), Message: "and released here"},
		},
	}
	c.report.ReportFinding(diag.Finding{Diagnostic: d, Confidence: c.confidence(s)})
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
