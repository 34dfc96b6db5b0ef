package mustcall

import (
	"golang.org/x/tools/go/ssa"
)

// Again reports whether control can get from an instruction of the function back to
// the site of the obligation, on a path that known conditions do not rule out and
// that does not pass a barrier. In a loop over states, for instance, it cannot if
// the state in which the site is gets left for good.
func (f *Flow) Again(from ssa.Instruction, barrier func(ssa.Instruction) bool) bool {
	g := f.p.graphOf(f.o.Site.Parent())
	if len(f.holders) > maxHolders || !g.cyclic[f.o.Site.Block().Index] {
		return false
	}
	s := f.newSearch(nil, nil)
	defer s.close()
	s.stops = func(instr ssa.Instruction) bool {
		s.returned = s.returned || instr == ssa.Instruction(f.o.Site)
		return s.returned || barrier(instr)
	}
	block := from.Block()
	s.run(block, g.place(from)+1, state{path: s.conds.dominating(block)})
	for len(s.todo) > 0 && !s.returned && !s.givenUp() {
		s.next()
	}
	return s.returned
}

// newSearch returns a search that has taken no step, for which it also matters how
// control gets to the given blocks, and which values the given phis and variables hold.
func (f *Flow) newSearch(values []ssa.Value, blocks []*ssa.BasicBlock) *search {
	g := f.p.graphOf(f.o.Site.Parent())
	s := &search{
		Flow:  f,
		g:     g,
		conds: newConditions(g, f, values, blocks),
		seen:  make(map[stateKey]bool),
		found: make(map[Leak]bool),

		deferred: f.deferred(),
	}
	s.part = f.part(s.conds)
	s.conds.held = func(st *state, v ssa.Value) bool { return s.holds(st.holders, v) }
	return s
}

// close ends a search.
func (s *search) close() {
	s.live.close(s.g)
	s.full.close(s.g)
}

// next takes the step that was queued last.
func (s *search) next() {
	next := s.todo[len(s.todo)-1]
	s.todo = s.todo[:len(s.todo)-1]
	s.enter(next)
}
