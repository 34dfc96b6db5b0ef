package ssax_test

import (
	"fmt"
	"testing"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
)

const paths = `
func a(); func b(); func c(); func cond() bool
func row()    { a(); b() }
func forked() { if cond() { a() } else { b() } }
func joined() { if cond() { a() }; b() }
func looped() { for cond() { a(); b() } }
func before() { for cond() { b(); a() } }
func past()   { a(); if cond() { c() } else { c() }; b() }
func around() { a(); if cond() { c() }; b() }
func both()   { a(); for cond() { c(); b() } }
`

func TestReaches(t *testing.T) {
	p := build(t, paths)
	for fn, want := range map[string]bool{"row": true, "forked": false, "joined": true, "looped": true, "before": true, "past": true} {
		equal(t, "from a to b in "+fn, ssax.Reaches(p.call(fn, "a"), p.call(fn, "b")), want)
	}
	for fn, want := range map[string]bool{"row": false, "looped": true, "before": true} {
		equal(t, "from b to a in "+fn, ssax.Reaches(p.call(fn, "b"), p.call(fn, "a")), want)
		equal(t, "from a to itself in "+fn, ssax.Reaches(p.call(fn, "a"), p.call(fn, "a")), want)
	}
	equal(t, "into another function", ssax.Reaches(p.call("row", "a"), p.call("joined", "b")), false)
}

func TestReachesWithout(t *testing.T) {
	p := build(t, paths)
	for fn, want := range map[string]bool{"past": false, "around": true, "both": false} {
		var barriers []ssa.Instruction
		for _, call := range p.calls(fn) {
			if callee := ssax.Callee(call.Common()); callee.Name() == "c" {
				barriers = append(barriers, call)
			}
		}
		equal(t, fn, ssax.ReachesWithout(p.call(fn, "a"), p.call(fn, "b"), barriers...), want)
	}
	a := p.call("looped", "a")
	equal(t, "to what is a barrier, too", ssax.ReachesWithout(a, a, a), true)
}

func TestStoreReaches(t *testing.T) {
	p := build(t, `
func keep(*int)
func show(int)
func cond() bool
func over()   { var n int; keep(&n); n = 1; n = 2; show(n) }
func forked() { var n int; keep(&n); n = 1; if cond() { n = 2 }; show(n) }
func looped() { var n int; keep(&n); for cond() { show(n); n = 1; n = 2 } }
`)
	for fn, want := range map[string][]bool{"over": {false, true}, "forked": {true, true}, "looped": {false, true}} {
		stores := ssax.StoresTo(instrs[*ssa.Alloc](p.fn(fn))[0])
		for i, st := range stores {
			equal(t, fn, ssax.StoreReaches(st, p.call(fn, "show"), stores), want[i])
		}
	}
}

func TestSearchEdge(t *testing.T) {
	p := build(t, paths)
	goal := p.call("around", "b")
	s := ssax.Search{
		Goal: func(instr ssa.Instruction) bool { return instr == goal },
		Edge: func(from, to *ssa.BasicBlock) bool { return ssax.BranchOf(from) == nil },
	}
	equal(t, "without the edges of branches", s.After(p.call("around", "a")), false)
	equal(t, "after the branch", s.After(p.call("around", "c")), true)
}

func TestDominates(t *testing.T) {
	p := build(t, paths)
	for fn, want := range map[string]bool{"row": true, "forked": false, "joined": false, "looped": true, "before": false, "around": true} {
		equal(t, "a before b in "+fn, ssax.Dominates(p.call(fn, "a"), p.call(fn, "b")), want)
	}
	a := p.call("row", "a")
	equal(t, "itself", ssax.Dominates(a, a), true)

	branch := instrs[*ssa.If](p.fn("forked"))[0]
	in := p.call("forked", "a").Block()
	equal(t, "by its side", ssax.OnlyBy(in, branch, 0), true)
	equal(t, "by the other", ssax.OnlyBy(in, branch, 1), false)
	equal(t, "after both", ssax.OnlyBy(p.call("joined", "b").Block(), instrs[*ssa.If](p.fn("joined"))[0], 0), false)
}

func TestBlockReach(t *testing.T) {
	p := build(t, paths)
	for fn, want := range map[string]bool{"row": false, "looped": true, "joined": true} {
		r := ssax.NewBlockReach(p.fn(fn))
		for range 2 { // the second answer is a kept one
			equal(t, fn, r.Reaches(p.call(fn, "a").Block(), p.call(fn, "b").Block()), want)
		}
	}
}

func TestLoops(t *testing.T) {
	p := build(t, `
func a(); func b(); func c(); func cond() bool
func nested() { for cond() { a(); for cond() { b() } }; c() }
func two()    { for cond() { if cond() { a(); continue }; b() } }
func counts() { for range 10 { a() } }
func grows(n int) { for i := 0; i < n; i++ { a() } }
func steps()  { for i := 0; i < 3; i++ { a() } }
func upTo()   { for i := 1; i <= 4; i++ { if cond() { continue }; a() } }
func by2()    { for i := 0; i < 4; i += 2 { a() } }
func down()   { for i := 4; i > 0; i-- { a() } }
func round()  { again: a(); if cond() { goto again } }
`)
	l := ssax.LoopsOf(p.fn("nested"))
	outer, inner := l.Around(p.call("nested", "a").Block()), l.Around(p.call("nested", "b").Block())
	if len(l.All) != 2 || outer == nil || inner == nil || inner.Parent != outer || outer.Parent != nil {
		t.Fatalf("the loops are %v, outer %v, inner %v", l.All, outer, inner)
	}
	if !outer.Contains(p.call("nested", "b")) || inner.Contains(p.call("nested", "a")) || l.Around(p.call("nested", "c").Block()) != nil {
		t.Error("what is in the loops is wrong")
	}
	equal(t, "ways out of a loop", len(outer.Exits()), 1)
	equal(t, "a loop with two jumps back", len(ssax.LoopsOf(p.fn("two")).All), 1)
	equal(t, "a loop by goto", len(ssax.LoopsOf(p.fn("round")).All), 1)
	for fn, want := range map[string]bool{"counts": true, "steps": true, "grows": false, "two": false} {
		equal(t, "a constant number of iterations in "+fn, ssax.LoopsOf(p.fn(fn)).All[0].Counts(), want)
	}
	for fn, want := range map[string]int64{"counts": 10, "steps": 3, "upTo": 4, "grows": -1, "by2": -1, "two": -1, "down": -1} {
		n, ok := ssax.LoopsOf(p.fn(fn)).All[0].Trips()
		if !ok {
			n = -1
		}
		equal(t, "the iterations in "+fn, n, want)
	}
}

func TestSelectOf(t *testing.T) {
	p := build(t, `
func a(); func b(); func c()
func waits(x, y chan int) { select { case <-x: a(); case y <- 1: b() } }
func polls(x, y chan int) { select { case <-x: a(); case y <- 1: b(); default: c() } }
func ever()               { select {} }
`)
	for fn, blocking := range map[string]bool{"waits": true, "polls": false} {
		s, ok := ssax.SelectOf(instrs[*ssa.Select](p.fn(fn))[0])
		if !ok || len(s.Cases) != 2 {
			t.Fatalf("%s: %v, %t", fn, s.Cases, ok)
		}
		for i, name := range []string{"a", "b"} {
			equal(t, name+" in "+fn, s.Cases[i].To() == p.call(fn, name).Block(), true)
		}
		equal(t, "a default in "+fn, s.Default.From != nil, !blocking)
		if !blocking {
			equal(t, "the default", s.Default.To() == p.call(fn, "c").Block(), true)
		}
		equal(t, "the branches of "+fn, ssax.IsDispatch(instrs[*ssa.If](p.fn(fn))[0]), true)
	}
	s, ok := ssax.SelectOf(instrs[*ssa.Select](p.fn("ever"))[0])
	equal(t, "a select without cases", ok && len(s.Cases) == 0, true)
}

func TestGuards(t *testing.T) {
	p := build(t, `
func c1() bool; func c2() bool; func c3() bool
func target()
func nested()  { if c1() { if !c2() { return }; target() } }
func other()   { if c1() { return } else if c2() { target() } }
func joined()  { if c1() { c2() }; target() }
func looped()  { for c1() { if c2() { continue }; target() } }
`)
	asked := func(fn string, from *ssa.BasicBlock) (got string) {
		for branch, i := range ssax.Guards(p.call(fn, "target").Block(), from) {
			got += fmt.Sprintf("%s %d,", branch.Cond.(*ssa.Call).Call.StaticCallee().Name(), i)
		}
		return got
	}
	for fn, want := range map[string]string{"nested": "c2 0,c1 0,", "other": "c2 0,c1 1,", "joined": "", "looped": "c2 1,c1 0,"} {
		equal(t, fn, asked(fn, nil), want)
	}
	equal(t, "up to the inner branch", asked("nested", p.call("nested", "c2").Block()), "c2 0,")
	equal(t, "up to its own block", asked("nested", p.call("nested", "target").Block()), "")
}
