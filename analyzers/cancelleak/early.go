package cancelleak

import (
	"fmt"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/mustcall"
	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/model/web"
)

// checkEarly reports that something which needs the context of s leaves the
// function, or is started by it, although the cancel function runs first.
func (c *checker) checkEarly(s *site, flow *mustcall.Flow) {
	if s.Context == nil || ssax.IsMain(s.fn()) || !c.report.Enabled(early) {
		return
	}
	cancels := runsFirst(flow)
	if len(cancels) == 0 {
		return
	}
	for _, u := range boundTo(s.Context) {
		for _, b := range s.fn().Blocks {
			for _, instr := range b.Instrs {
				if c.leavesEarly(s, instr, u, cancels) {
					return
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

// callsAtOnce reports whether a literal calls the obligation before anything on
// which it could depend whether it does.
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

// bound is a value that is of no use once the context is done.
type bound struct {
	value  ssa.Value
	origin ssa.Value // what value is, or holds, in the first place: the result of a call
	what   string    // for the message: "the context", "the response body"
	plain  bool      // the context itself, or one derived from it
}

// leavesEarly reports u if instr returns or starts it after one of the cancels.
func (c *checker) leavesEarly(s *site, instr ssa.Instruction, u bound, cancels []ssa.Instruction) bool {
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
			if same(arg, u.value) {
				return c.reportGo(s, instr, u, cancels)
			}
		}
		if mc, ok := instr.Call.Value.(*ssa.MakeClosure); ok && worksWith(mc, u.value) {
			return c.reportGo(s, instr, u, cancels)
		}
	}
	return false
}

func (c *checker) reportReturn(s *site, ret *ssa.Return, u bound, cancels []ssa.Instruction) bool {
	for _, cancel := range cancels {
		if !ssax.Dominates(cancel, ret) {
			continue
		}
		how := "is deferred"
		if _, ok := cancel.(*ssa.Call); ok {
			if u.plain && (ssax.InTest(ret.Parent()) || !usedBefore(s.Context, cancel)) {
				continue // an already cancelled context, made on purpose
			}
			how = "has already run"
		}
		c.reportEarly(s, ssax.ExitPos(ret), "return", fmt.Sprintf("%s is returned but %s %s, so it is done before the caller can use it; return the cancel function along with it", u.what, c.name(s), how), cancel)
		return true
	}
	return false
}

func (c *checker) reportGo(s *site, instr *ssa.Go, u bound, cancels []ssa.Instruction) bool {
	for _, cancel := range cancels {
		how := "is deferred and nothing waits"
		if _, ok := cancel.(*ssa.Call); ok {
			if !ssax.Dominates(cancel, instr) || ssax.InTest(instr.Parent()) || !usedBefore(s.Context, cancel) {
				continue
			}
			how = "has already run"
		} else if !ssax.Dominates(cancel, instr) && !alwaysFollows(instr, cancel) || !goesUnawaited(instr) {
			continue
		}
		c.reportEarly(s, instr.Pos(), "go", fmt.Sprintf("%s is handed to a goroutine but %s %s, so the goroutine finds it done; use context.WithoutCancel, or cancel in the goroutine", u.what, c.name(s), how), cancel)
		return true
	}
	return false
}

func (c *checker) reportEarly(s *site, pos token.Pos, keyword, message string, cancel ssa.Instruction) {
	c.report.Report(analysis.Diagnostic{
		Pos:      pos,
		End:      pos + token.Pos(len(keyword)),
		Category: early,
		Message:  message,
		Related: []analysis.RelatedInformation{
			{Pos: s.Site.Pos(), Message: "the context is made here"},
			{Pos: cancel.Pos(), Message: "and released here"},
		},
	})
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

// usedBefore reports whether the context has been given to a call before it is
// cancelled: then it was not made to be a cancelled one.
func usedBefore(ctx ssa.Value, cancel ssa.Instruction) bool {
	for _, x := range boundTo(ctx) {
		if x.plain {
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

// alwaysFollows reports whether b follows a in the same block.
func alwaysFollows(a, b ssa.Instruction) bool { return a.Block() == b.Block() && ssax.Dominates(a, b) }

// goesUnawaited reports whether the function does nothing after the go statement
// that could wait for the goroutine: every path to its end is free of calls
// (deferred ones of the cancel function excepted), receives, sends and selects.
func goesUnawaited(instr *ssa.Go) bool {
	waits := ssax.Search{Goal: mayWait}
	return !waits.After(instr) && !defersWait(instr.Parent())
}

// mayWait reports whether an instruction can block until a goroutine is done.
func mayWait(instr ssa.Instruction) bool {
	switch instr := instr.(type) {
	case *ssa.Call:
		if _, builtin := instr.Call.Value.(*ssa.Builtin); builtin {
			return false
		}
		return !goesOn(ssax.Callee(&instr.Call))
	case *ssa.UnOp:
		return instr.Op == token.ARROW
	case *ssa.Send, *ssa.Select, *ssa.Defer:
		return true
	}
	return false
}

// goesOn reports whether a function is known not to wait for a goroutine.
func goesOn(fn *types.Func) bool {
	switch {
	case fn == nil || fn.Pkg() == nil:
		return false
	case web.Answers(fn):
		return true
	}
	return neverWaits[fn.Pkg().Path()] && fn.Name() != "Sleep"
}

// neverWaits are packages none of whose functions waits for a goroutine, but for
// time.Sleep, which waits for everything and nothing.
var neverWaits = map[string]bool{
	"fmt": true, "log": true, "log/slog": true, "errors": true, "strings": true, "strconv": true, "time": true,
	"context": true,
}

// defersWait reports whether fn defers anything that might wait: all but a plain
// call of a function value, as which a cancel function is deferred.
func defersWait(fn *ssa.Function) bool {
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			if d, ok := instr.(*ssa.Defer); ok && !ctxlib.IsCancelFunc(d.Call.Value.Type()) {
				return true
			}
		}
	}
	return false
}

// worksWith reports whether a closure captures the variable that holds v, a
// context, and hands it to a call; one that only waits for its end does not mind.
func worksWith(mc *ssa.MakeClosure, v ssa.Value) bool {
	for i, b := range mc.Bindings {
		cell, ok := b.(*ssa.Alloc)
		if !ok || !same(onlyStored(cell), v) {
			continue
		}
		for _, ref := range *mc.Fn.(*ssa.Function).FreeVars[i].Referrers() {
			load, ok := ref.(*ssa.UnOp)
			if ok && isArgument(load) {
				return true
			}
		}
	}
	return false
}

// isArgument reports whether v, a context, is an argument of some call that minds
// its end.
func isArgument(v ssa.Value) bool {
	for _, ref := range *v.Referrers() {
		call, ok := ref.(ssa.CallInstruction)
		if ok && slices.Contains(call.Common().Args, v) && !ctxlib.IsFunc(ssax.Callee(call.Common()), "context", "WithoutCancel") {
			return true
		}
	}
	return false
}

// same reports whether v is w, a conversion of it, or the load of a variable that
// holds nothing else.
func same(v, w ssa.Value) bool {
	w = ssax.Strip(w)
	for range 5 { // variables of variables
		if v = ssax.Strip(v); v == w {
			return v != nil
		}
		cell, ok := ssax.LoadedFrom(v).(*ssa.Alloc)
		if !ok {
			return false
		}
		v = onlyStored(cell)
	}
	return false
}

// onlyStored returns the one value stored in a variable, nil if there are several.
// That a parameter holds its argument at first does not count.
func onlyStored(cell *ssa.Alloc) ssa.Value {
	var only ssa.Value
	for _, s := range ssax.StoresTo(cell) {
		if _, param := s.Val.(*ssa.Parameter); param {
			continue // ctx, cancel := context.WithTimeout(ctx, d) in the outermost block
		}
		if only != nil {
			return nil
		}
		only = s.Val
	}
	return only
}
