package goroutineleak

import (
	"fmt"
	"go/token"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/concurrency"
	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/pass/catalog"
)

// checkCarried reports the send of a literal that goes over another channel, where the
// function that receives may give up. Whoever runs the literal, mostly the one loop that
// serves all, then waits forever:
//
//	ch := make(chan int)
//	s.commands <- func() { ch <- s.count }
//	select {
//	case n := <-ch:
//		return n, nil
//	case <-ctx.Done():
//		return 0, ctx.Err()
//	}
func (c *checker) checkCarried(made *ssa.MakeChan) {
	capacity, ok := capacityOf(made)
	h, fn := c.pkg.Held(made), made.Parent()
	if !ok || capacity > 0 || len(h.Captures) != 1 || len(h.Returns) > 0 || len(h.Given) > 0 || c.pkg.ProcessLifetime(fn) || ssax.InTest(fn) {
		return
	}
	closure := h.Captures[0]
	lit := closure.Fn.(*ssa.Function)
	if slices.ContainsFunc(h.Leaks, func(leak ssa.Instruction) bool { return leak != ssa.Instruction(closure) }) {
		return
	}
	sends := h.Of(concurrency.Send)
	if len(sends) != 1 || !sends[0].Bare() || sends[0].Fn() != lit || c.conditions(sends[0].Instr, nil, func(any) bool { return true }) ||
		len(h.Of(concurrency.Close)) > 0 || slices.ContainsFunc(h.Ops, func(op concurrency.Op) bool { return op.Kind == concurrency.Recv && op.Fn() != fn }) {
		return
	}
	carriers, ok := carriersOf(closure)
	if !ok {
		return
	}
	if exit := c.givesUp(made, h, carriers); exit != nil {
		c.foundWith(catalog.Medium, analysis.Diagnostic{
			Pos: sends[0].Pos(), End: sends[0].Pos() + token.Pos(len("<-")), Category: blockedSend,
			Message: fmt.Sprintf("this send blocks whoever runs the literal, forever, when %s leaves without receiving; give the channel a buffer", functionName(fn)),
			Related: []analysis.RelatedInformation{
				{Pos: made.Pos(), Message: "the channel is made here, without a buffer"},
				{Pos: carriers[0].Pos(), Message: "the literal goes to whoever runs it here"},
				{Pos: ssax.ExitPos(exit), Message: "this path leaves without receiving"},
			},
		})
	}
}

// carriersOf returns the instructions that send a literal on a channel, itself or in a
// struct; ok is false if anything else is done with it.
func carriersOf(closure *ssa.MakeClosure) (carriers []ssa.Instruction, ok bool) {
	work := ssax.NewWork[ssa.Value](closure)
	for v := range work.All() {
		for _, ref := range *v.Referrers() {
			switch ref := ref.(type) {
			case *ssa.DebugRef:
			case *ssa.ChangeType:
				work.Add(ref)
			case *ssa.FieldAddr:
				if !storesOnly(ref) {
					return nil, false
				}
			case *ssa.UnOp:
				work.Add(ref)
			case *ssa.Store:
				if ref.Addr == v {
					continue // of the variable that holds it
				}
				switch addr := ref.Addr.(type) {
				case *ssa.FieldAddr:
					work.Add(addr.X)
				case *ssa.Alloc:
					work.Add(addr)
				default:
					return nil, false
				}
			case *ssa.Send, *ssa.Select:
				carriers = append(carriers, ref)
			default:
				return nil, false
			}
		}
		if _, local := v.(*ssa.Alloc); !local && v.Parent() != closure.Parent() {
			return nil, false
		}
	}
	return carriers, len(carriers) > 0
}

// storesOnly reports whether a field is only stored into.
func storesOnly(addr *ssa.FieldAddr) bool {
	return !slices.ContainsFunc(*addr.Referrers(), func(ref ssa.Instruction) bool {
		st, ok := ref.(*ssa.Store)
		_, debug := ref.(*ssa.DebugRef)
		return !debug && (!ok || st.Addr != ssa.Value(addr))
	})
}

// givesUp returns a return of the function that makes a channel to which control may get
// after it has sent what sends on the channel, and without a receive.
func (c *checker) givesUp(made *ssa.MakeChan, h *concurrency.Held, carriers []ssa.Instruction) (exit *ssa.Return) {
	given, received := make(map[ssax.Edge]bool), make(map[ssax.Edge]bool)
	for _, b := range made.Parent().Blocks {
		for _, instr := range b.Instrs {
			sel, ok := instr.(*ssa.Select)
			if !ok {
				continue
			}
			s, ok := ssax.SelectOf(sel)
			if !ok {
				return nil
			}
			for i, st := range sel.States {
				given[s.Cases[i]] = slices.Contains(carriers, instr) && st.Send != nil
				received[s.Cases[i]] = h.Is(st.Chan)
			}
		}
	}
	step := func(instr ssa.Instruction, n int) (int, bool) {
		_, send := instr.(*ssa.Send)
		switch {
		case send && slices.Contains(carriers, instr):
			return 1, false
		case instr == ssa.Instruction(made) || h.Has(instr) || concurrency.Ends(instr) || c.failsTest(instr):
			return n, true
		}
		ret, ok := instr.(*ssa.Return)
		if ok && n > 0 && (exit == nil || ssax.ExitPos(ret) < ssax.ExitPos(exit)) {
			exit = ret
		}
		return n, ok
	}
	cross := func(e ssax.Edge, n int) (int, bool) {
		if given[e] {
			n = 1
		}
		return n, received[e]
	}
	if !c.pkg.Walk(made.Parent(), made, 0, &concurrency.Walk{Step: step, Cross: cross}) {
		return nil
	}
	return exit
}
