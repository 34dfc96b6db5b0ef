package cancelleak

import (
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/mustcall"
	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
)

// parents returns the contexts whose end ends the context that call makes, as far
// as the function shows them, the nearest first.
func parents(call *ssa.Call) []ssa.Value {
	a := &ancestors{seen: make(map[ssa.Value]bool)}
	a.ofCall(call)
	return a.found
}

// ancestors looks for the contexts from which others are derived.
type ancestors struct {
	found []ssa.Value
	seen  map[ssa.Value]bool
}

// ofCall adds the context from which call derives another one.
func (a *ancestors) ofCall(call *ssa.Call) {
	if p := parent(call); p != nil {
		a.add(p)
	}
}

// parent returns the context from which call derives another one, or nil.
func parent(call *ssa.Call) ssa.Value {
	callee := ssax.Callee(&call.Call)
	for i, arg := range call.Call.Args {
		derives := ctxlib.DerivesFrom(callee) == i
		if callee == nil || callee.Pkg() != nil && callee.Pkg().Path() != "context" {
			derives = ctxlib.IsContext(arg.Type()) // a helper hands its argument on
		}
		if derives {
			return arg
		}
	}
	return nil
}

// add adds v and the contexts from which v is derived.
func (a *ancestors) add(v ssa.Value) {
	if a.seen[v] {
		return
	}
	a.seen[v] = true
	a.found = append(a.found, v)
	switch v := v.(type) {
	case *ssa.Phi:
		for _, e := range v.Edges {
			a.add(e)
		}
	case *ssa.UnOp:
		if cell, ok := v.X.(*ssa.Alloc); ok && v.Op == token.MUL {
			for _, s := range ssax.StoresTo(cell) {
				a.add(s.Val)
			}
		}
	case *ssa.Extract:
		if call, ok := v.Tuple.(*ssa.Call); ok {
			a.ofCall(call)
		}
	case *ssa.Call:
		a.ofCall(v)
	case *ssa.MakeInterface:
		a.add(v.X)
	case *ssa.ChangeInterface:
		a.add(v.X)
	}
}

// boundedByParent reports whether the site's context ends with one that the same
// function makes and cancels by defer, so that nothing outlives the function.
func (c *checker) boundedByParent(s *site) bool {
	for _, p := range s.Parents() {
		ext, ok := p.(*ssa.Extract)
		if !ok || ext.Index != 0 {
			continue
		}
		call, ok := ext.Tuple.(*ssa.Call)
		if !ok || call.Parent() != s.fn() {
			continue
		}
		if slices.ContainsFunc(c.deferred(call), func(d *ssa.Defer) bool { return d.Block().Dominates(s.Site.Block()) }) {
			return true
		}
	}
	return false
}

// deferred returns the defer statements that release the context made by call. It
// is for sites, which are checked when all summaries are complete.
func (c *checker) deferred(call *ssa.Call) []*ssa.Defer {
	found, ok := c.defers[call]
	if ok {
		return found
	}
	for _, s := range c.sites(call) {
		if s.Value == nil || s.kind == group {
			continue
		}
		for _, instr := range mustcall.Follow(c.protocol, &s.Obligation).Uses.Released {
			if d, ok := instr.(*ssa.Defer); ok {
				found = append(found, d)
			}
		}
	}
	c.defers[call] = found
	return found
}
