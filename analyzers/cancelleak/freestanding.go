package cancelleak

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/athand"
	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/pass/arrivals"
	"github.com/ctxlint/ctxlint/internal/pass/catalog"
	"github.com/ctxlint/ctxlint/internal/pass/scope"
)

// freestanding reports whether nothing but the cancel function and those who were
// given it hold the context of s: it has no timer, and a root, which keeps no list of
// its children, is its parent. When nobody waits for it, nothing is left of it.
func freestanding(s *site) bool {
	if !heldByParent(s) {
		return false
	}
	root, ok := parent(s.Site).(*ssa.Call)
	return ok && ctxlib.IsRoot(ssax.Callee(&root.Call))
}

// heldByParent reports whether the context of s has no timer, so that its parent alone keeps it.
func heldByParent(s *site) bool {
	if !ctxlib.IsFunc(s.callee, "context", "WithCancel") && !ctxlib.IsFunc(s.callee, "context", "WithCancelCause") {
		return false
	}
	return s.Site != nil // otherwise its call is a statement
}

// assumes returns what a finding about s takes to be so if the parent is what the function was
// given: that some caller gives one that ends, and so keeps a list of its children. If none
// does, only those who wait for the context of s are left.
func assumes(s *site) arrivals.Assumption {
	if !heldByParent(s) {
		return arrivals.Assumption{}
	}
	given, ok := ssax.Only(parent(s.Site)).(*ssa.Parameter)
	if !ok {
		return arrivals.Assumption{}
	}
	a := athand.Arriving(given)
	if a.Caller != "" {
		a.Open, a.Confidence = true, catalog.Low
	}
	return a
}

// harmless reports whether nobody can wait for the context of s, which is
// freestanding, at the given exits, or ever if there are none, and how sure the
// opposite is: a function whose body is out of sight may keep the context, or not.
func harmless(s *site, exits ...ssa.Instruction) (bool, catalog.Confidence) {
	if s.Context == nil {
		return true, catalog.High
	}
	e := &escapeSearch{tainted: make(map[ssa.Value]bool), fn: s.fn(), exits: exits}
	switch {
	case e.escapes(s.Context):
		return false, catalog.High
	case e.unseen:
		return false, catalog.Medium
	}
	return true, catalog.High
}

// awaited reports whether somebody is seen to wait for the context of s, or a goroutine gets it.
func awaited(s *site) bool {
	e := &escapeSearch{tainted: make(map[ssa.Value]bool), fn: s.fn(), awaits: true}
	return s.Context != nil && e.escapes(s.Context)
}

// keptInFields reports whether all that the function does with the context of s, which is
// freestanding, is to put it into fields: an object that is dropped with it before
// anything was started leaves nothing behind.
func keptInFields(s *site) bool {
	if s.Context == nil {
		return false
	}
	return !slices.ContainsFunc(*s.Context.Referrers(), func(ref ssa.Instruction) bool {
		switch ref := ref.(type) {
		case *ssa.DebugRef:
			return false
		case *ssa.Store:
			_, field := ref.Addr.(*ssa.FieldAddr)
			return !field
		}
		return true
	})
}

// confidence returns how sure it is that the caller has to call the result of s: the
// body that makes it says so, or a fact about it, or the documentation of the standard
// library. The type alone makes it likely: what a function value or a method of an
// interface returns may be kept by others as well, and what undoes a registration is mostly
// not wanted as long as the process lives.
func (c *checker) confidence(s *site) catalog.Confidence {
	if s.kind != group && c.unregisters(s) {
		return catalog.Low
	}
	if s.kind == group || s.callee != nil && (s.callee.Pkg() == nil || scope.IsStandardPath(s.callee.Pkg().Path()) || c.summary.result(s.callee.Origin(), s.result) == fresh) {
		return catalog.High
	}
	return catalog.Medium
}

// unregisters reports whether the obligation of s is a plain function of another library that
// comes without a context: it is more likely to undo a registration.
func (c *checker) unregisters(s *site) bool {
	if s.callee == nil || s.callee.Pkg() == nil || scope.IsStandardPath(s.callee.Pkg().Path()) || scope.SharesModule(c.pass, s.callee.Pkg()) {
		return false
	}
	results := s.callee.Signature().Results()
	if ctxlib.IsCancelFunc(results.At(s.result).Type()) {
		return false
	}
	for v := range results.Variables() {
		if ctxlib.IsContextual(v.Type()) {
			return false
		}
	}
	return true
}

// counts reports whether one of the exits can come after instr, or whether there are
// none and any use counts.
func (e *escapeSearch) counts(instr ssa.Instruction) bool {
	return len(e.exits) == 0 || instr.Parent() != e.fn || slices.ContainsFunc(e.exits, func(exit ssa.Instruction) bool { return ssax.Reaches(instr, exit) })
}
