package mustcall

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
)

// maxWork bounds the search of one obligation: it counts the instructions
// walked over and the facts carried along. An obligation that would need more
// is given up: no leak is reported.
const maxWork = 200_000

// maxLeaks bounds the number of leaks reported for one obligation. The search
// ends when it has found that many.
const maxLeaks = 8

// Leaks searches the paths from the site of the obligation and returns the ways
// out on which it is not met, in source order. It does not take a path that is
// ruled out by the conditions known along it. ok is false, and there are no
// leaks, if the function is too complicated to tell.
func (f *Flow) Leaks() (leaks []Leak, ok bool) {
	if len(f.holders) > maxHolders {
		return nil, false
	}
	s := f.newSearch(nil, nil)
	defer s.close()
	block := f.o.Site.Block()
	start := s.g.place(f.o.Site)
	s.run(block, start+1, s.initial(block))
	for len(s.todo) > 0 && len(s.found) < maxLeaks && !s.givenUp() {
		s.next()
	}
	if s.givenUp() {
		return nil, false
	}
	for l := range s.found {
		leaks = append(leaks, l)
	}
	slices.SortFunc(leaks, func(a, b Leak) int {
		if a.Kind != b.Kind {
			return int(a.Kind) - int(b.Kind)
		}
		return order(a.At) - order(b.At)
	})
	return leaks, true
}

// order numbers the instructions of a function in the order of its blocks, which
// go/ssa creates as it walks the source.
func order(instr ssa.Instruction) int {
	b := instr.Block()
	return b.Index<<16 | slices.Index(b.Instrs, instr)
}

// initial returns the state right after the site.
func (s *search) initial(block *ssa.BasicBlock) state {
	st := state{path: s.conds.dominating(block)}
	st.holders = st.holders.with(s.index[s.o.Value])
	// A closure that was deferred or handed out before the site on some path
	// counts as such on all: "defer func() { cancel() }()" may precede the
	// assignment.
	for instr, effs := range s.effects {
		for _, e := range effs {
			if e.kind == discharge || !s.follows(s.o.Site, instr) || s.ofEarlierVariable(e, instr) {
				continue
			}
			if e.kind == atExit {
				st.atExit = st.atExit.with(e.holder)
			} else {
				st.covered = st.covered.with(e.holder)
			}
		}
	}
	return st
}

// ofEarlierVariable reports whether the variable that a closure captured at instr is
// another one when control gets to the site: each iteration of the loop makes its own.
func (s *search) ofEarlierVariable(e effect, instr ssa.Instruction) bool {
	if e.holder == anyHolder {
		return false
	}
	cell, ok := s.Flow.holders[e.holder].(*ssa.Alloc)
	return ok && s.g.cyclic[cell.Block().Index] && !ssax.ReachesWithout(instr, s.o.Site, cell)
}

// enter takes one edge, or all to the next block that matters: it evaluates the phis
// and walks the block.
func (s *search) enter(e edge) {
	if to := s.part.next(e.to); to != e.to {
		if to != nil {
			s.visit(to, firstAfterPhis(to), e.st)
		}
		return
	}
	st := e.st
	again := e.to.Dominates(e.from)
	if again {
		s.conds.forgetLoop(&st.path, e.to)
	}
	edge := predIndex(e.from, e.to)
	holders, switches, first := st.holders, st.bound, 0
	type binding struct {
		phi *ssa.Phi
		val ssa.Value
	}
	var bound []binding // phis are evaluated at once, not one after the other
	for i, instr := range e.to.Instrs {
		phi, ok := instr.(*ssa.Phi)
		if !ok {
			first = i
			break
		}
		val := phi.Edges[edge]
		if h, ok := s.index[phi]; ok {
			holders = assign(holders, h, s.holds(st.holders, val))
		}
		if s.after != nil {
			if i, ok := s.after.index[phi]; ok {
				switches = assign(switches, i, s.after.holds(st.bound, val))
			}
		}
		val = s.conds.outcome(st.path.resolve(val), &e.st)
		if again && s.conds.passing(val) && s.conds.computedIn(val, e.to) {
			val = nil // what it names is yet to be computed in this iteration
		}
		bound = append(bound, binding{phi, val})
	}
	for _, b := range bound {
		s.conds.bind(&st.path, b.phi, b.val)
	}
	st.holders, st.bound = holders, switches
	s.visit(e.to, first, st)
}

// visit walks a block from number first on, unless it has been visited in that state.
func (s *search) visit(b *ssa.BasicBlock, first int, st state) {
	// What a deferred closure captured stays in its reach.
	st.holders = s.needed(st.holders, b) | st.holders&s.deferred
	s.conds.forgetUnused(&st.path, b)
	s.work += len(b.Instrs) + 10*st.path.size()
	key := st.key(b)
	if s.seen[key] {
		return
	}
	s.seen[key] = true
	s.run(b, first, st)
}

func firstAfterPhis(b *ssa.BasicBlock) int {
	return slices.IndexFunc(b.Instrs, func(instr ssa.Instruction) bool { _, ok := instr.(*ssa.Phi); return !ok })
}

func assign(set bits, h int, in bool) bits {
	if in {
		return set.with(h)
	}
	return set.without(h)
}

func (s *search) holds(set bits, v ssa.Value) bool {
	h, ok := s.index[v]
	return ok && set.has(h)
}

// run executes the instructions of block from number at on, until the obligation
// is met or the block's successors have been queued.
func (s *search) run(block *ssa.BasicBlock, at int, st state) {
	for i := at; i < len(block.Instrs); i++ {
		instr := block.Instrs[i]
		if s.step(instr, &st) {
			return
		}
		switch instr := instr.(type) {
		case *ssa.Call:
			if s.p.Ends != nil && s.p.Ends(&instr.Call) {
				return
			}
			s.move(instr, &st)
			if s.forLeaks() && s.renewed(instr, i, &st) {
				return
			}
		case *ssa.Alloc:
			h, ok := s.index[instr]
			if ok && st.holders.has(h) && st.atExit.has(h) {
				return // the closure deferred in the last iteration has its own variable
			}
			if ok {
				st.holders, st.covered = st.holders.without(h), st.covered.without(h)
			}
		case *ssa.Return:
			s.found[Leak{AtExit, instr}] = true
		case *ssa.If:
			s.branch(instr, block, st)
		case *ssa.Jump:
			s.todo = append(s.todo, edge{block, block.Succs[0], st})
		default:
			s.move(instr, &st)
			if s.settles(instr, &st) {
				return
			}
		}
	}
}

// meets applies the effects of instr and reports whether they end the obligation.
func (s *search) meets(instr ssa.Instruction, st *state) bool {
	for _, e := range s.effects[instr] {
		switch e.kind {
		case discharge:
			if e.holder == anyHolder && st.holders != 0 || e.holder != anyHolder && st.holders.has(e.holder) {
				return true
			}
		case cover:
			st.covered = st.covered.with(e.holder)
		case atExit:
			if st.holders.has(e.holder) && s.isLast(instr, s.Flow.holders[e.holder]) {
				return true
			}
			st.atExit = st.atExit.with(e.holder)
		}
	}
	if _, ok := instr.(*ssa.RunDefers); ok && st.holders&st.atExit != 0 {
		return true
	}
	return st.holders&st.covered != 0 || s.conds.contextDone(instr, &st.path)
}

// settles reports whether instr is the last store into a cell that a deferred
// closure looks after, and puts the obligation there.
func (s *search) settles(instr ssa.Instruction, st *state) bool {
	store, ok := instr.(*ssa.Store)
	if !ok || !s.holds(st.holders&st.atExit, store.Addr) {
		return false
	}
	return s.isLast(store, store.Addr)
}

// isLast reports whether nothing is stored into a cell after instr.
func (s *search) isLast(instr ssa.Instruction, cell ssa.Value) bool {
	return !slices.ContainsFunc(*cell.Referrers(), func(ref ssa.Instruction) bool {
		store, ok := ref.(*ssa.Store)
		return ok && store.Addr == cell && s.follows(store, instr)
	})
}

// follows reports whether b can be executed after a.
func (s *search) follows(b, a ssa.Instruction) bool {
	if a.Block() == b.Block() && s.g.place(a) < s.g.place(b) {
		return true
	}
	return s.g.reaches(a.Block(), b.Block())
}

// usedAfter returns the holders that are used after instruction at of a block,
// including by deferred calls.
func (s *search) usedAfter(b *ssa.BasicBlock, at int, holders bits) bits {
	if holders&s.deferred == 0 {
		if s.live == nil {
			s.live = newLiveness(s.Flow, s.g, 0)
		}
		return holders & s.live.before(b, at)
	}
	if s.full == nil {
		s.full = newLiveness(s.Flow, s.g, s.deferred)
	}
	return holders & s.full.before(b, at)
}

// renewed handles a call that makes another obligation: the same site in a
// later iteration of a loop, or another site that assigns to the same variable.
// It reports whether that ends this obligation.
func (s *search) renewed(call *ssa.Call, at int, st *state) bool {
	again := call == s.o.Site
	overwrites := s.o.Overwrites != nil && s.o.Overwrites(call)
	if !again && !overwrites {
		return false
	}
	if again {
		// The result now names the new obligation.
		st.holders = st.holders.without(s.index[s.o.Value])
	}
	switch {
	case s.usedAfter(call.Block(), at, st.holders) != 0:
		return false // some variable still holds the old one
	case overwrites:
		s.found[Leak{Overwritten, call}] = true
	case st.holders&st.atExit == 0:
		s.found[Leak{AtNextIteration, call}] = true
	}
	return true // if not lost, it is looked after by a deferred closure
}

// move follows the obligation through loads, stores and conversions.
func (s *search) move(instr ssa.Instruction, st *state) {
	switch instr := instr.(type) {
	case *ssa.Store:
		s.conds.store(st, instr)
		if h, ok := s.index[s.holderAt(instr.Addr)]; ok {
			_, element := instr.Addr.(*ssa.IndexAddr) // the others stay
			st.holders = assign(st.holders, h, s.holds(st.holders, instr.Val) || element && st.holders.has(h))
		}
	case *ssa.MapUpdate:
		if h, ok := s.index[instr.Map]; ok && s.holds(st.holders, instr.Value) {
			st.holders = st.holders.with(h)
		}
	case ssa.Value:
		h, ok := s.index[instr]
		if !ok || instr == s.o.Value {
			return
		}
		in := false
		for _, op := range instr.(ssa.Instruction).Operands(nil) {
			in = in || s.holds(st.holders, s.holderAt(*op))
		}
		st.holders = assign(st.holders, h, in)
	}
}

// holderAt returns the holder at an address: for the field of a struct or an element
// of a list that is a holder, the struct or list.
func (s *search) holderAt(v ssa.Value) ssa.Value {
	if addr, ok := v.(*ssa.IndexAddr); ok {
		return addr.X
	}
	if addr, ok := v.(*ssa.FieldAddr); ok && s.fields[addr.Field] {
		return addr.X
	}
	return v
}

// branch queues the successors of an if that are possible on this path.
func (s *search) branch(instr *ssa.If, block *ssa.BasicBlock, st state) {
	c := s.conds.branches.condition(instr.Cond)
	switch s.conds.eval(c, &st) {
	case isTrue:
		s.todo = append(s.todo, edge{block, block.Succs[0], st})
		return
	case isFalse:
		s.todo = append(s.todo, edge{block, block.Succs[1], st})
		return
	}
	s.spent = s.spent || c.spent && s.g.spent > 1
	for i, succ := range block.Succs {
		taken := i == 0
		if s.conds.excuses(c, taken, &st.path) {
			continue // on this side of the branch there is no obligation
		}
		next := st
		s.conds.learn(c, taken, &next.path)
		s.todo = append(s.todo, edge{block, succ, next})
	}
}
