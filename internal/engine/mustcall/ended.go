package mustcall

import (
	"golang.org/x/tools/go/ssa"
)

// A Need is an instruction that needs what ends when the obligation is met: a call
// that is given the context, a return that hands it on.
type Need struct {
	At    ssa.Instruction
	Value ssa.Value // what At needs, which is bound to the context
}

// Bindings says which values are bound to what the obligation ends.
type Bindings struct {
	// Switches are the phis, the variables and the loads of variables that hold
	// something bound on some paths only.
	Switches []ssa.Value

	// On reports whether a value is bound, and the number of the switch on which that
	// depends; it is negative if it does so on none.
	On func(v ssa.Value) (on int, bound bool)
}

// A Late is a need that comes after the end.
type Late struct {
	Need
	End ssa.Instruction // the call or defer that meets the obligation before
}

// NeededAfter returns those needs that a path reaches after one of the given calls and
// defers has met the obligation, in their order; a deferred call comes before what is
// returned is used. A path that known conditions rule out, or on which something else
// is in the place of what is bound, does not count. There are none if the function is
// too complicated to tell.
func (f *Flow) NeededAfter(ends []ssa.Instruction, needs []Need, b *Bindings) []Late {
	if len(needs) == 0 || len(ends) == 0 || len(f.holders) > maxHolders || len(b.Switches) > maxHolders {
		return nil
	}
	a := &aftermath{
		Bindings: b,
		ends:     make(map[ssa.Instruction]int),
		values:   needs,
		needs:    make(map[ssa.Instruction][]int),
		index:    make(map[ssa.Value]int),
		found:    make([]int, len(needs)),
		left:     len(needs),
	}
	for i, v := range b.Switches {
		a.index[v] = i
	}
	for i, instr := range ends {
		a.ends[instr] = i + 1
	}
	var blocks []*ssa.BasicBlock
	for i, n := range needs {
		a.needs[n.At] = append(a.needs[n.At], i)
		blocks = append(blocks, n.At.Block())
	}
	s := f.newSearch(b.Switches, blocks)
	defer s.close()
	s.after = a
	block := f.o.Site.Block()
	s.run(block, s.g.place(f.o.Site)+1, s.initial(block))
	for len(s.todo) > 0 && a.left > 0 && !s.givenUp() {
		s.next()
	}
	if s.givenUp() {
		return nil
	}
	var found []Late
	for i, n := range needs {
		if end := a.found[i]; end > 0 {
			found = append(found, Late{n, ends[end-1]})
		}
	}
	return found
}

// aftermath is a search for what is needed after the obligation has been met.
type aftermath struct {
	*Bindings
	ends   map[ssa.Instruction]int // the number of each, from 1
	values []Need
	needs  map[ssa.Instruction][]int // numbers of values
	index  map[ssa.Value]int         // of switches
	found  []int                     // by need: the number of the end before it
	left   int                       // needs that are not found yet
}

// ending has the numbers of the ends that a path has passed, or 0.
type ending struct{ now, atReturn int }

// step takes one instruction, and reports whether the path ends there.
func (a *aftermath) step(s *search, instr ssa.Instruction, st *state) bool {
	switch instr := instr.(type) {
	case *ssa.Store:
		if i, ok := a.index[instr.Addr]; ok {
			st.bound = assign(st.bound, i, a.holds(st.bound, instr.Val))
		}
	case *ssa.UnOp:
		if i, ok := a.index[instr]; ok {
			st.bound = assign(st.bound, i, a.holds(st.bound, instr.X))
		}
	case *ssa.Call:
		if instr == s.o.Site {
			return true
		}
	}
	a.need(instr, st)
	if end := a.ends[instr]; end > 0 && s.meetsHeld(instr, st) {
		if _, deferred := instr.(*ssa.Defer); deferred {
			st.ending.atReturn = end
		} else {
			st.ending.now = end
		}
	}
	return false
}

// holds reports whether a value is bound on the path.
func (a *aftermath) holds(bound bits, v ssa.Value) bool {
	on, ok := a.On(v)
	return ok && (on < 0 || bound.has(on))
}

func (a *aftermath) need(instr ssa.Instruction, st *state) {
	end := st.ending.now
	if _, leaves := instr.(*ssa.Return); leaves && end == 0 {
		end = st.ending.atReturn
	}
	if end == 0 {
		return
	}
	for _, i := range a.needs[instr] {
		if a.found[i] == 0 && a.holds(st.bound, a.values[i].Value) {
			a.found[i] = end
			a.left--
		}
	}
}

// meetsHeld reports whether an instruction meets what holds the obligation on the path.
func (s *search) meetsHeld(instr ssa.Instruction, st *state) bool {
	for _, e := range s.effects[instr] {
		if e.kind != cover && (e.holder == anyHolder && st.holders != 0 || e.holder != anyHolder && st.holders.has(e.holder)) {
			return true
		}
	}
	return false
}
