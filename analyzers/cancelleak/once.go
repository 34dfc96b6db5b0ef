package cancelleak

import (
	"go/constant"
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
)

// What a loop comes back to it need not execute again: a timer fires once, and a channel or
// a flag that has been used up lets nothing through.

// runsOnce reports whether a loop around s hardly ever executes it a second time.
func runsOnce(s *site) bool {
	for branch, i := range ssax.Guards(s.Site.Block(), nil) {
		if i == 0 {
			if ch := selectedChan(branch.Cond); ch != nil && firesOnce(s, ch) {
				return true
			}
		}
		if usesUp(s, branch.Cond, i == 0) {
			return true
		}
	}
	return false
}

// firesOnce reports whether the channel ch of a select case that s is in is that of a
// time.Timer, or of a time.After that is not called again. In a loop around the select it is
// executed once for each time that the timer is set, which is hardly ever once an iteration,
// unless that case of the select, or what follows it, sets the timer again.
func firesOnce(s *site, ch ssa.Value) bool {
	ch = unlessNil(ch)
	if after, ok := ch.(*ssa.Call); ok && ctxlib.IsFunc(ssax.Callee(&after.Call), "time", "After") {
		return !ssax.Reaches(s.Site, after)
	}
	timer := timerOf(ch)
	return timer != nil && !setAgain(s, timer)
}

// unlessNil returns the one value that v is where it is not nil, v itself if there are several.
func unlessNil(v ssa.Value) ssa.Value {
	phi, ok := v.(*ssa.Phi)
	if !ok {
		return v
	}
	var only ssa.Value
	for _, e := range phi.Edges {
		switch {
		case ssax.IsNil(e) || e == v || e == only:
		case only != nil:
			return v
		default:
			only = e
		}
	}
	if only == nil {
		return v
	}
	return only
}

// selectedChan returns the channel of the select case for whose choice cond tests.
func selectedChan(cond ssa.Value) ssa.Value {
	cmp, ok := cond.(*ssa.BinOp)
	if !ok || cmp.Op != token.EQL {
		return nil
	}
	index, ok1 := cmp.X.(*ssa.Extract)
	n, ok2 := cmp.Y.(*ssa.Const)
	if !ok1 || !ok2 || index.Index != 0 {
		return nil
	}
	sel, ok := index.Tuple.(*ssa.Select)
	if !ok || n.Int64() < 0 || int(n.Int64()) >= len(sel.States) {
		return nil
	}
	return sel.States[n.Int64()].Chan
}

// timerOf returns the timer whose channel ch is, or nil.
func timerOf(ch ssa.Value) ssa.Value {
	addr, ok := ssax.LoadedFrom(ch).(*ssa.FieldAddr)
	if !ok || !ctxlib.IsNamedOrPointer(addr.X.Type(), "time", "Timer") {
		return nil
	}
	return unlessNil(addr.X)
}

// setAgain reports whether a timer is set between the site and the next iteration, and
// whatever happens: Reset comes on the way back to the site.
func setAgain(s *site, timer ssa.Value) bool {
	for _, b := range s.fn().Blocks {
		for _, instr := range b.Instrs {
			call, ok := instr.(*ssa.Call)
			if !ok || !ctxlib.IsMethod(ssax.Callee(&call.Call), "time", "Timer", "Reset") || !ssax.Same(unlessNil(call.Call.Args[0]), timer, nil) {
				continue
			}
			if ssax.Reaches(s.Site, call) && !ssax.ReachesWithout(s.Site, s.Site, call) {
				return true
			}
		}
	}
	return false
}

// usesUp reports whether a condition that has to have an outcome for control to get to s has
// the other one in all iterations that follow: it asks for a variable which each way back to
// the loop has set. That is so of a select case, too, whose channel is nil then.
func usesUp(s *site, cond ssa.Value, outcome bool) bool {
	if not, ok := cond.(*ssa.UnOp); ok && not.Op == token.NOT {
		cond, outcome = not.X, !outcome
	}
	asked := cond
	refuses := func(v ssa.Value) bool { return isBool(v, !outcome) }
	if cmp, ok := cond.(*ssa.BinOp); ok {
		nilWanted := (cmp.Op == token.EQL) == outcome
		switch ch := selectedChan(cond); {
		case ch != nil && outcome:
			asked, refuses = ch, ssax.IsNil
		case ssax.IsNil(cmp.Y) && nilWanted:
			asked, refuses = cmp.X, func(v ssa.Value) bool { return v == s.Value || v == s.Context }
		case ssax.IsNil(cmp.Y):
			asked, refuses = cmp.X, ssax.IsNil
		}
	}
	variable, ok := asked.(*ssa.Phi)
	loop := ssax.LoopsOf(s.fn()).Around(s.Site.Block())
	if !ok || loop == nil || loop.Parent != nil || loop.Header != variable.Block() {
		return false
	}
	back := broughtBack(s.Site.Block(), variable)
	return len(back) > 0 && !slices.ContainsFunc(back, func(v ssa.Value) bool { return !refuses(v) })
}

func isBool(v ssa.Value, b bool) bool {
	k, ok := v.(*ssa.Const)
	return ok && k.Value != nil && k.Value.Kind() == constant.Bool && constant.BoolVal(k.Value) == b
}

// broughtBack returns what a variable of a loop may be when control gets from a block to the
// next iteration.
func broughtBack(from *ssa.BasicBlock, variable *ssa.Phi) []ssa.Value {
	passed := map[*ssa.BasicBlock]bool{from: true}
	for todo := []*ssa.BasicBlock{from}; len(todo) > 0; todo = todo[1:] {
		for _, next := range todo[0].Succs {
			if next != variable.Block() && !passed[next] {
				passed[next] = true
				todo = append(todo, next)
			}
		}
	}
	var out []ssa.Value
	work := ssax.NewWork(variable)
	for phi := range work.All() {
		for i, v := range phi.Edges {
			if !passed[phi.Block().Preds[i]] {
				continue
			}
			if merged, ok := v.(*ssa.Phi); ok && merged != variable && merged.Block() != from && passed[merged.Block()] {
				work.Add(merged)
			} else {
				out = append(out, v)
			}
		}
	}
	return out
}
