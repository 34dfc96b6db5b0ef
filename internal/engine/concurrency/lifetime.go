package concurrency

import (
	"go/token"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/web"
)

// ProcessLifetime reports whether fn runs only as part of the start of the
// program, so that what it starts lives, and is meant to live, as long as the
// process: it is main, init, a command of a command line, a function called Main, the
// function of a sync.Once, or called and started only by such functions, outside of loops
// that wait for the next of something.
func (p *Package) ProcessLifetime(fn *ssa.Function) bool {
	return p.run().lifetime.Get(fn)
}

// LivesOn reports whether what an instruction starts may live as long as the process:
// its function runs only as part of the start of the program, or it is reached only
// while a package variable that the function sets is not set, so that it starts one
// thing for everybody.
func (p *Package) LivesOn(instr ssa.Instruction) bool {
	fn := instr.Parent()
	if p.ProcessLifetime(fn) {
		return true
	}
	return p.unsetIn(fn)[instr.Block().Index]
}

// unsetIn returns, by the index of a block, whether control gets there only while a
// package variable is not set that fn sets.
func (p *Package) unsetIn(fn *ssa.Function) []bool {
	known, ok := p.unset[fn]
	if ok {
		return known
	}
	known = make([]bool, len(fn.Blocks))
	for _, b := range fn.DomPreorder() {
		up := b.Idom()
		if up == nil {
			continue
		}
		known[b.Index] = known[up.Index]
		if branch := ssax.BranchOf(up); branch != nil && !known[b.Index] {
			for i, next := range up.Succs {
				g := unsetBy(branch.Cond, i)
				known[b.Index] = known[b.Index] || next == b && ssax.OnlyBy(b, branch, i) && g != nil && sets(fn, g)
			}
		}
	}
	p.unset[fn] = known
	return known
}

// unsetBy returns the package variable that is false or nil by outcome i of a
// condition, nil if there is none.
func unsetBy(cond ssa.Value, i int) *ssa.Global {
	unset := i == 1
	if not, ok := cond.(*ssa.UnOp); ok && not.Op == token.NOT {
		cond, unset = not.X, !unset
	}
	if cmp, ok := cond.(*ssa.BinOp); ok {
		if !ssax.IsNil(cmp.Y) {
			return nil
		}
		cond, unset = cmp.X, (cmp.Op == token.EQL) == (i == 0)
	}
	g, ok := ssax.LoadedFrom(cond).(*ssa.Global)
	if !ok || !unset {
		return nil
	}
	return g
}

// sets reports whether fn, or a literal around it, stores to a package variable.
func sets(fn *ssa.Function, g *ssa.Global) bool {
	for ; fn != nil; fn = fn.Parent() {
		for _, b := range fn.Blocks {
			for _, instr := range b.Instrs {
				if st, ok := instr.(*ssa.Store); ok && st.Addr == ssa.Value(g) {
					return true
				}
			}
		}
	}
	return false
}

// processLifetime is the Step of runs.lifetime. That a function calls itself
// adds no caller.
func (p *Package) processLifetime(fn *ssa.Function) bool {
	r := p.run()
	switch {
	case fn.Parent() == nil && fn.Signature.Recv() == nil && (fn.Name() == "main" && p.pass.Pkg.Name() == "main" || fn.Object() == nil || fn.Name() == "init"):
		return true
	case r.once[fn] || web.IsCommand(fn.Signature):
		return true
	case fn.Parent() == nil && fn.Signature.Recv() == nil && fn.Name() == "Main":
		return true // of a program whose package main does nothing but call it
	case p.Hidden(fn) && fn.Parent() == nil:
		return false
	}
	for _, call := range r.calls[fn] {
		if p.recurs(call) || fn.Parent() == nil && !r.lifetime.Get(call.Parent()) {
			return false
		}
	}
	for _, s := range r.starts[fn] {
		if p.recurs(s.Site) || fn.Parent() == nil && !r.lifetime.Get(s.Site.Parent()) {
			return false
		}
	}
	if fn.Parent() != nil {
		// A literal runs in the lifetime of its function, wherever it is
		// passed.
		return r.lifetime.Get(fn.Parent())
	}
	return len(r.calls[fn])+len(r.starts[fn]) > 0
}

// recurs reports whether control may come to an instruction without end: it is in a loop
// that waits for the next of something. What is started there each time piles up, however
// long the function lives.
func (p *Package) recurs(instr ssa.Instruction) bool {
	for loop := p.Loops(instr.Parent()).Around(instr.Block()); loop != nil; loop = loop.Parent {
		if !loop.Lists() {
			return true
		}
	}
	return false
}
