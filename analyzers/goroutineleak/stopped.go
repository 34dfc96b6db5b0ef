package goroutineleak

import (
	"cmp"
	"go/token"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/concurrency"
	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/pass/catalog"
)

// checkNilChannel reports a receive from the channel of a timer that time.AfterFunc
// made: it has none.
func (c *checker) checkNilChannel(recv *ssa.UnOp) {
	timer, ok := timerOf(recv.X, "Timer")
	if !ok {
		return
	}
	made := c.onlyAfterFunc(timer, make(map[ssa.Value]bool))
	if made == nil {
		return
	}
	c.foundDrain(recv, "this receive blocks forever, because the channel of a timer of time.AfterFunc is nil; drop it", []analysis.RelatedInformation{{Pos: made.Pos(), Message: "the timer is made here"}})
}

// timerOf returns the timer, of type name of package time, whose channel ch is.
func timerOf(ch ssa.Value, name string) (timer ssa.Value, ok bool) {
	addr, ok := ssax.LoadedFrom(ch).(*ssa.FieldAddr)
	if !ok || !ctxlib.IsNamedOrPointer(addr.X.Type(), "time", name) {
		return nil, false
	}
	return addr.X, true
}

// onlyAfterFunc returns a call of time.AfterFunc that makes the timer, if nothing else
// does, and nil otherwise. Values in seen are asked for already.
func (c *checker) onlyAfterFunc(v ssa.Value, seen map[ssa.Value]bool) ssa.Instruction {
	var sources []ssa.Value
	switch v := v.(type) {
	case *ssa.Call:
		if ctxlib.IsFunc(ssax.Callee(&v.Call), "time", "AfterFunc") {
			return v
		}
	case *ssa.Phi:
		sources = v.Edges
	case *ssa.UnOp:
		stores, ok := c.storesTo(v)
		if !ok {
			return nil
		}
		for _, st := range stores {
			sources = append(sources, st.Val)
		}
	}
	var made ssa.Instruction
	for _, src := range sources {
		if ssax.IsNil(src) || seen[src] {
			continue
		}
		seen[src] = true
		from := c.onlyAfterFunc(src, seen)
		if from == nil {
			return nil
		}
		if made == nil {
			made = from
		}
	}
	return made
}

// storesTo returns all stores to the variable or field that is loaded. ok is false if
// others may store there.
func (c *checker) storesTo(load *ssa.UnOp) (stores []*ssa.Store, ok bool) {
	if cell, local := ssax.Variable(load.X); local {
		uses := ssax.UsesOf(cell)
		return uses.Stores, !uses.Escapes
	}
	f := ssax.FieldOf(load.X)
	if f == nil || f.Exported() || f.Pkg() != c.pass.Pkg {
		return nil, false
	}
	uses := c.pkg.SSA().Index().Field(f)
	return uses.Stores, !uses.Escapes
}

// checkTimerWait reports a goroutine that waits for a timer which somebody stops and
// nobody starts again: Stop does not close the channel.
func (c *checker) checkTimerWait(recv *ssa.UnOp) {
	timer, ok := timerOf(recv.X, "Timer")
	fn := recv.Parent()
	if !ok || !c.inGoroutine(fn) || c.pkg.ProcessLifetime(fn) || ssax.InTest(fn) {
		return
	}
	at := placeOf(timer)
	stop := c.stopElsewhere(fn, at)
	if stop == nil || len(c.timerCalls().resets[at.key()]) > 0 || handedOver(at) || c.waitsBeforeStop(fn, stop) {
		c.silent(blockedRecv, recv, notStopped)
		return
	}
	c.foundWith(catalog.Grade(at.field == nil), analysis.Diagnostic{
		Pos:      recv.Pos(),
		End:      recv.Pos() + token.Pos(len("<-")),
		Category: blockedRecv,
		Message:  "the goroutine waits forever when the timer is stopped, because Stop does not close its channel; select on something that ends it, too",
		Related:  []analysis.RelatedInformation{{Pos: stop.Pos(), Message: "the timer is stopped here"}},
	})
}

// handedOver reports whether a timer in a variable goes to code that may start it again.
func handedOver(at place) bool {
	return slices.ContainsFunc(valuesAt(at), func(v ssa.Value) bool {
		return v.Referrers() != nil && slices.ContainsFunc(*v.Referrers(), func(ref ssa.Instruction) bool {
			call, ok := ref.(ssa.CallInstruction)
			return ok && slices.Contains(call.Common().Args, v) && !isMethodOfTimer(call.Common())
		})
	})
}

// timerCalls are the calls of Stop and Reset of the package's timers and tickers, by
// where these are kept: a variable, a field (told apart by declaration), or a list or
// map of which they are elements.
type timerCalls struct {
	stops, resets map[any][]ssa.Instruction
}

// timerCalls returns those of the package.
func (c *checker) timerCalls() *timerCalls {
	if c.timers != nil {
		return c.timers
	}
	c.timers = &timerCalls{make(map[any][]ssa.Instruction), make(map[any][]ssa.Instruction)}
	for _, fn := range c.pkg.SSA().Funcs {
		for _, b := range fn.Blocks {
			for _, instr := range b.Instrs {
				if call, ok := instr.(ssa.CallInstruction); ok {
					c.timers.add(call)
				}
			}
		}
	}
	return c.timers
}

func (t *timerCalls) add(call ssa.CallInstruction) {
	fn := ssax.Callee(call.Common())
	if !ctxlib.IsMethod(fn, "time", "Timer", "Stop", "Reset") && !ctxlib.IsMethod(fn, "time", "Ticker", "Stop", "Reset") {
		return
	}
	calls := t.stops
	if fn.Name() == "Reset" {
		calls = t.resets
	}
	timer := call.Common().Args[0]
	for _, key := range []any{placeOf(timer).key(), takenFrom(timer)} {
		if key != nil {
			calls[key] = append(calls[key], call)
		}
	}
}

// key returns what tells the place from others. Fields are told apart by declaration.
func (p place) key() any {
	if p.field != nil {
		return p.field
	}
	return p.base
}

// stopElsewhere returns a call of Stop of the timer or ticker outside of fn, in which it
// would come after the wait; the first in the source.
func (c *checker) stopElsewhere(fn *ssa.Function, timer place) ssa.Instruction {
	calls := c.timerCalls()
	stops := slices.Clone(calls.stops[timer.key()])
	for key := range containersOf(timer) {
		stops = append(stops, calls.stops[key]...)
	}
	stops = slices.DeleteFunc(stops, func(stop ssa.Instruction) bool { return within(stop.Parent(), fn) })
	if len(stops) == 0 {
		return nil
	}
	return slices.MinFunc(stops, func(a, b ssa.Instruction) int { return cmp.Compare(a.Pos(), b.Pos()) })
}

// waitsBeforeStop reports whether the function that starts the goroutine may wait for
// it before it stops the timer.
func (c *checker) waitsBeforeStop(goroutine *ssa.Function, stop ssa.Instruction) bool {
	told := make(map[*concurrency.Channel]bool)
	c.pkg.Runs(goroutine, func(instr ssa.Instruction) bool {
		for _, ch := range c.pkg.Told(instr) {
			told[ch] = true
		}
		return false
	})
	return slices.ContainsFunc(c.pkg.StartsOf(goroutine), func(s concurrency.Spawn) bool {
		starter := s.Site.Parent()
		if !within(stop.Parent(), starter) {
			return false
		}
		j := c.joinsOf(starter)
		for ch := range told {
			if j.hears[ch] {
				return true
			}
		}
		return j.waits
	})
}

// joins are how a function, or one that it calls, may wait for a goroutine: as for a
// group, or for what the goroutine says.
type joins struct {
	waits bool
	hears map[*concurrency.Channel]bool
}

// joinsOf returns those of fn.
func (c *checker) joinsOf(fn *ssa.Function) *joins {
	if j := c.joins[fn]; j != nil {
		return j
	}
	j := &joins{hears: make(map[*concurrency.Channel]bool)}
	c.joins[fn] = j
	c.pkg.Runs(fn, func(instr ssa.Instruction) bool {
		j.waits = j.waits || c.waits(instr)
		for _, ch := range c.pkg.Received(instr) {
			j.hears[ch] = true
		}
		return false
	})
	return j
}

// containersOf returns the variables and fields that hold lists or maps into which
// what is kept at a place is put.
func containersOf(at place) map[any]bool {
	found := make(map[any]bool)
	for _, v := range valuesAt(at) {
		if v.Referrers() == nil {
			continue
		}
		for _, ref := range *v.Referrers() {
			switch ref := ref.(type) {
			case *ssa.MapUpdate:
				addContainer(found, ref.Map)
			case *ssa.Store:
				if ref.Val == v {
					addListOf(found, ref)
				}
			}
		}
	}
	return found
}

// valuesAt returns the values that are stored at, or loaded from, a place; and the
// value itself if that is what the place is.
func valuesAt(at place) []ssa.Value {
	if at.field != nil {
		return nil
	}
	cell, ok := at.base.(*ssa.Alloc)
	if !ok {
		return []ssa.Value{at.base}
	}
	var values []ssa.Value
	uses := ssax.UsesOf(cell)
	for _, st := range uses.Stores {
		values = append(values, st.Val)
	}
	for _, load := range uses.Loads {
		values = append(values, load)
	}
	return values
}

// addListOf adds the list into which a store puts its value: as an element, or as one of
// those that append adds.
func addListOf(found map[any]bool, st *ssa.Store) {
	if elem, ok := st.Addr.(*ssa.IndexAddr); ok {
		addContainer(found, elem.X)
	}
	for _, added := range ssax.SlicesOf(st) {
		for _, use := range *added.Referrers() {
			call, ok := use.(*ssa.Call)
			if !ok || !isAppend(call) {
				continue
			}
			for _, ref := range *call.Referrers() {
				if st, ok := ref.(*ssa.Store); ok {
					found[keyOf(st.Addr)] = true
				}
			}
		}
	}
}

func isAppend(call *ssa.Call) bool {
	b, ok := call.Call.Value.(*ssa.Builtin)
	return ok && b.Name() == "append"
}

func addContainer(found map[any]bool, container ssa.Value) {
	if addr := ssax.LoadedFrom(container); addr != nil {
		found[keyOf(addr)] = true
	}
}

// keyOf returns what tells the variable or field at an address from others.
func keyOf(addr ssa.Value) any {
	if f := ssax.FieldOf(addr); f != nil {
		return f
	}
	if cell, ok := ssax.Variable(addr); ok {
		return cell
	}
	return addr
}

// takenFrom returns the key of the list or map of which v is an element, nil if it is
// none.
func takenFrom(v ssa.Value) any {
	var container ssa.Value
	switch v := v.(type) {
	case *ssa.UnOp:
		if elem, ok := v.X.(*ssa.IndexAddr); ok {
			container = elem.X
		}
	case *ssa.Lookup:
		container = v.X
	case *ssa.Extract:
		switch tuple := v.Tuple.(type) {
		case *ssa.Lookup:
			container = tuple.X
		case *ssa.Next:
			if r, ok := tuple.Iter.(*ssa.Range); ok {
				container = r.X
			}
		}
	}
	if container == nil {
		return nil
	}
	if addr := ssax.LoadedFrom(container); addr != nil {
		return keyOf(addr)
	}
	return nil
}
