package mustcall

import (
	"golang.org/x/tools/go/ssa"
)

// search is a depth-first walk over the states (block, what holds the obligation,
// what is known), each visited once.
type search struct {
	*Flow
	g     *graph
	live  *liveness           // nil until needed
	full  *liveness           // with deferred calls, nil until needed
	users [][]*ssa.BasicBlock // by holder, see needed; nil until needed
	conds *conditions
	part  *part
	seen  map[stateKey]bool
	found map[Leak]bool
	todo  []edge
	work  int
	spent bool // a branch on the way was too large to be understood

	deferred bits // cells that some deferred closure looks after

	// stops is nil unless the search is for the site itself, see [Flow.Again]: then it
	// tells where a path ends, and nothing is looked for on the way.
	stops    func(ssa.Instruction) bool
	returned bool // to the site

	after *aftermath // nil unless the search is for what comes after the end, see [Flow.NeededAfter]
}

// forLeaks reports whether the search is for the ends of paths on which the obligation
// is not met.
func (s *search) forLeaks() bool { return s.stops == nil && s.after == nil }

// step takes one instruction, and reports whether the path need not be followed
// further.
func (s *search) step(instr ssa.Instruction, st *state) bool {
	switch {
	case s.stops != nil:
		return s.stops(instr)
	case s.after != nil:
		return s.after.step(s, instr, st)
	}
	return s.meets(instr, st)
}

func (s *search) givenUp() bool { return s.work > maxWork || s.spent }

// state is what is known at a point of a path.
type state struct {
	holders bits // that hold this instance of the obligation
	atExit  bits // cells that a deferred closure looks after
	covered bits // cells that other code looks after
	bound   bits // switches that hold something bound to what ends, see [Bindings]
	ending  ending
	path    pathState
}

// edge is a step of the walk that is still to be taken.
type edge struct {
	from, to *ssa.BasicBlock
	st       state
}
