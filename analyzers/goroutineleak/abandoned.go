package goroutineleak

import (
	"cmp"
	"go/token"
	"maps"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/concurrency"
	"github.com/ctxlint/ctxlint/internal/engine/fixpoint"
	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/pass/decision"
)

// An abandonment is a path on which a goroutine is left to block.
type abandonment struct {
	exit   ssa.Instruction // the return, the make of the next iteration, or a wait for the goroutine
	site   ssa.Instruction // what starts the goroutine
	chosen alternative     // what was chosen instead of a receive, if that is known
	most   int             // how many sends nobody receives, on any such path

	returns, fails bool // on all such paths, d.Fn returns, and tells its caller of an error
}

// A state of the walk over d.Fn is, in the bits of one number, the count of sends
// that nobody has received, the go statement that led to the first of them, and the
// last alternative that was chosen instead of a receive.
type state int

const (
	countBits = 17
	siteBits  = 8
)

func (s state) count() int { return int(s & (1<<countBits - 1)) }
func (s state) site() int  { return int(s >> countBits & (1<<siteBits - 1)) }
func (s state) other() int { return int(s >> (countBits + siteBits)) }

func stateOf(count, site, other int) state {
	if count == 0 {
		site = 0
	}
	return state(count | site<<countBits | other<<(countBits+siteBits))
}

// abandoned searches d.Fn for a way out on which fewer receives were made than the
// goroutines send. It is nil if there is none, or d is not understood: then why says so.
func (c *checker) abandoned(d *delivery) (leak *abandonment, why decision.Reason) {
	w := c.newWalk(d)
	if len(w.sites) >= 1<<siteBits {
		return nil, tooInvolved
	}
	var found []*abandonment
	var returned, agree bool
	w.leave = func(exit ssa.Instruction, s state) {
		if ret, ok := exit.(*ssa.Return); ok && slices.Contains(d.Held.Returns, ret) {
			returned = returned || s.count() > 0
			return
		}
		switch {
		case s.count() <= d.capacity:
			w.room = w.room || s.count() > 0
			return
		case d.agreed && !isWait(exit):
			agree = true
			return
		}
		_, returns := exit.(*ssa.Return)
		a := &abandonment{exit: exit, site: w.sites[s.site()-1], most: s.count(), returns: returns, fails: w.fails}
		if s.other() > 0 {
			a.chosen = w.alternatives[s.other()-1]
		}
		found = append(found, a)
	}
	w.waited = w.leave
	switch {
	case !w.run(d.made, w.start()):
		return nil, tooInvolved
	case len(found) > 0:
		return firstLeak(found), ""
	case agree:
		return nil, agreed
	case returned:
		return nil, callersHave
	case w.room:
		return nil, hasRoom
	}
	return nil, allReceived
}

// A handover is the question what a function that is given a channel leaves of a
// number of sends.
type handover struct {
	concurrency.Holder
	pending int
}

// A remainder is what a function leaves of the sends, when it returns.
type remainder struct {
	least, most int // how many nobody has received; least is more than most if it never returns
	exit        ssa.Instruction
	unknown     bool
}

// remainder returns what a call of d.Fn leaves of a number of sends.
func (c *checker) remainder(d *delivery, call ssa.Instruction, pending int) remainder {
	if d.remains == nil {
		d.remains = fixpoint.New(fixpoint.Problem[handover, remainder]{
			Bottom: remainder{least: many, most: -1},
			Step:   func(q handover) remainder { return c.handedOver(d, q) },
			Equal:  func(a, b remainder) bool { return a == b },
			Spent:  remainder{unknown: true},
		})
	}
	to := c.pkg.Handed(call, d.Held)
	if len(to) != 1 {
		return remainder{unknown: true}
	}
	return d.remains.Get(handover{to[0].Holder, pending})
}

// handedOver is the Step of delivery.remains.
func (c *checker) handedOver(d *delivery, q handover) remainder {
	in := c.newDelivery(q.Holder, nil, d.capacity)
	if in == nil || len(in.bare) > 0 || in.closes {
		return remainder{unknown: true}
	}
	in.others, in.remains = d.others, d.remains
	c.settle(in)
	left := remainder{least: many, most: -1}
	w := c.newWalk(in)
	w.settled = func() { left.least, left.most = 0, max(0, left.most) }
	w.leave = func(exit ssa.Instruction, s state) {
		if s.count() > left.most || s.count() == left.most && left.exit != nil && ssax.ExitPos(exit) < ssax.ExitPos(left.exit) {
			left.exit = exit
		}
		left.least, left.most = min(left.least, s.count()), max(left.most, s.count())
	}
	if !w.run(nil, stateOf(q.pending, 0, 0)) {
		return remainder{unknown: true}
	}
	return left
}

// A walk follows the paths of a delivery's function and counts.
type walk struct {
	c            *checker
	d            *delivery
	sites        []ssa.Instruction // what leads to sends
	alternatives []alternative
	tally        concurrency.Tally
	leave        func(exit ssa.Instruction, s state)
	waited       func(wait ssa.Instruction, s state) // the goroutines are waited for while they block; may be nil
	settled      func()                              // a path on which everything is received; may be nil
	unknown      bool                                // some path is not understood
	room         bool                                // some path ends with sends that are only in the buffer

	exits *exits
	fails bool // wherever control leaves from here, it is with an error
	last  int  // the order of the last block with something that matters
	loops *ssax.Loops
}

func (c *checker) newWalk(d *delivery) *walk {
	w := &walk{c: c, d: d, sites: d.sites(), alternatives: c.alternatives(d), exits: c.exitsOf(d.Fn), loops: c.pkg.Loops(d.Fn)}
	w.tally = concurrency.Tally{Pkg: c.pkg, Each: d.sends, From: d.made}
	w.last = w.exits.last(d, w.alternatives)
	return w
}

// run walks all paths that begin after start. It reports whether they are understood.
func (w *walk) run(start ssa.Instruction, s state) bool {
	return w.c.pkg.Walk(w.d.Fn, start, int(s), &concurrency.Walk{Step: w.step, Cross: w.cross}) && !w.unknown
}

// start returns the state after d.made.
func (w *walk) start() state {
	if w.d.given == nil {
		return 0
	}
	return stateOf(w.d.given.sends, slices.Index(w.sites, w.d.made)+1, 0)
}

func (w *walk) settle(s state) (int, bool) {
	if w.settled != nil {
		w.settled()
	}
	return int(s), true
}

func (w *walk) step(instr ssa.Instruction, n int) (int, bool) {
	c, d, s := w.c, w.d, state(n)
	switch {
	case instr == d.made:
		w.fails = false
		w.leave(instr, s)
		return 0, true
	case d.receives[instr]:
		return int(stateOf(received(s.count()), s.site(), 0)), false
	case d.calls[instr]:
		return w.call(instr, s)
	case d.drains[instr] || c.waits(instr) || concurrency.Ends(instr):
		if w.waited != nil && s.site() > 0 && c.waitsFor(instr, w.sites[s.site()-1]) {
			w.fails = false
			w.waited(instr, s)
		}
		return w.settle(s)
	case d.sends[instr] > 0:
		site := s.site()
		if s.count() == 0 {
			site = slices.Index(w.sites, instr) + 1
		}
		return int(stateOf(w.pending(instr, s.count()), site, s.other())), false
	}
	if ret, ok := instr.(*ssa.Return); ok {
		w.fails = !w.exits.right[ret.Block().Index]
		w.leave(ret, s)
		return 0, true
	}
	if c.failsTest(instr) {
		return w.settle(s)
	}
	return n, false
}

// call goes on after a call of what receives.
func (w *walk) call(call ssa.Instruction, s state) (int, bool) {
	o := w.c.remainder(w.d, call, s.count())
	switch {
	case o.unknown:
		w.unknown = true
		return 0, true
	case o.most <= 0 || o.most <= w.d.capacity && o.least != o.most:
		return w.settle(s)
	case o.least != o.most && w.continues(call):
		return w.settle(s) // what comes next may depend on what the call has returned
	}
	other := slices.IndexFunc(w.alternatives, func(a alternative) bool { return a.call == call })
	w.alternatives[other].exit = o.exit
	return int(stateOf(o.most, s.site(), other+1)), false
}

// continues reports whether something more may be received after a call.
func (w *walk) continues(call ssa.Instruction) bool {
	for _, instrs := range []map[ssa.Instruction]bool{w.d.receives, w.d.calls, w.d.drains} {
		for instr := range instrs {
			if ssax.Reaches(call, instr) {
				return true
			}
		}
	}
	for e := range w.d.cases {
		if ssax.Reaches(call, e.From.Instrs[len(e.From.Instrs)-1]) {
			return true
		}
	}
	return false
}

func (w *walk) cross(e ssax.Edge, n int) (int, bool) {
	d, s := w.d, state(n)
	if more := w.tally.Enter(e, s.count()); more != s.count() {
		site := s.site()
		if s.count() == 0 {
			site = w.firstIn(e) + 1
		}
		s = stateOf(more, site, s.other())
	}
	switch i := slices.IndexFunc(w.alternatives, func(a alternative) bool { return a.edge == e }); {
	case d.settles[e] || d.given != nil && d.given.refused(e, d.made):
		return w.settle(s)
	case d.cases[e]:
		s = stateOf(received(s.count()), s.site(), 0)
	case i >= 0:
		s = stateOf(s.count(), s.site(), i+1)
	}
	return int(s), w.past(e.To(), s)
}

// firstIn returns the first site in the loop that an edge enters.
func (w *walk) firstIn(e ssax.Edge) int {
	loop := w.loops.Around(e.To())
	return max(0, slices.IndexFunc(w.sites, func(site ssa.Instruction) bool { return loop.Contains(site) }))
}

// past reports whether nothing that matters comes after a block, and then adds the
// leak, if there is one.
func (w *walk) past(b *ssa.BasicBlock, s state) bool {
	loop := w.loops.Around(b)
	if w.d.made == nil || len(w.d.Held.Returns) > 0 || w.exits.order[b.Index] <= w.last || loop != nil && !loop.Contains(w.d.made) {
		return false
	}
	if s.count() <= w.d.capacity {
		w.room = w.room || s.count() > 0
		return true
	}
	if loop != nil || w.exits.stops[b.Index] {
		return false
	}
	if first := w.exits.first[b.Index]; first != nil {
		w.fails = !w.exits.right[b.Index]
		w.leave(first, s)
	}
	return true
}

// pending returns the count after an instruction that leads to sends.
func (w *walk) pending(site ssa.Instruction, n int) int {
	if w.d.single {
		return 1
	}
	return w.tally.Add(site, n)
}

// received returns the count after one receive.
func received(n int) int {
	if n >= many {
		return n
	}
	return max(0, n-1)
}

// An alternative is what may happen instead of a receive: a select case beside it, or a
// call after which something is left.
type alternative struct {
	edge ssax.Edge
	pos  token.Pos
	call ssa.Instruction
	exit ssa.Instruction // by which the call returns then
}

// alternatives returns the alternatives of d.Fn, in source order.
func (c *checker) alternatives(d *delivery) []alternative {
	var out []alternative
	for _, op := range d.Held.Of(concurrency.Recv) {
		sel, ok := op.Instr.(*ssa.Select)
		if !ok || op.Fn() != d.Fn {
			continue
		}
		s, ok := ssax.SelectOf(sel)
		for i, st := range sel.States {
			if i != op.State && ok && !d.settles[s.Cases[i]] && !d.cases[s.Cases[i]] {
				out = append(out, alternative{edge: s.Cases[i], pos: st.Pos})
			}
		}
	}
	for call := range d.calls {
		out = append(out, alternative{pos: call.Pos(), call: call})
	}
	slices.SortFunc(out, func(a, b alternative) int { return cmp.Compare(a.pos, b.pos) })
	return out
}

// sites returns what leads to sends, in source order.
func (d *delivery) sites() []ssa.Instruction {
	return slices.SortedFunc(maps.Keys(d.bare), func(a, b ssa.Instruction) int { return cmp.Compare(a.Pos(), b.Pos()) })
}
