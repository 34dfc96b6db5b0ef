package selectdefault

import (
	"go/constant"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/concurrency"
	"github.com/ctxlint/ctxlint/internal/engine/ssax"
)

// closedAfterValues reports whether the case receives from a channel that gives a
// limited number of values and is then closed, by the function that sends them, while
// the loop may go on:
//
//	go func() {
//		defer close(ch)
//		ch <- work()
//	}()
func (c *checker) closedAfterValues(s *statement, state int) bool {
	if s.States[state].Dir != types.RecvOnly {
		return false
	}
	ch := c.pkg.OfValue(s.States[state].Chan)
	closes, sends := ch.Of(concurrency.Close), ch.Of(concurrency.Send)
	if !ch.Visible() || len(closes) != 1 || len(sends) == 0 {
		return false
	}
	closer := closes[0]
	for _, op := range sends {
		if op.Fn() != closer.Fn() || !op.Bare() || !c.finite(op) {
			return false
		}
	}
	return c.regularlyCloses(closer, sends) && !c.tellsOther(s, state, closer.Fn())
}

// finite reports whether an operation is made a limited number of times in one run of
// its function.
func (c *checker) finite(op concurrency.Op) bool {
	for loop := c.pkg.Loops(op.Fn()).Around(op.Instr.Block()); loop != nil; loop = loop.Parent {
		if !loop.Lists() {
			return false
		}
	}
	return true
}

// regularlyCloses reports whether the channel is closed after the values have been
// sent: by a defer, or by a call that comes after each of them.
func (c *checker) regularlyCloses(closer concurrency.Op, sends []concurrency.Op) bool {
	if _, deferred := closer.Instr.(*ssa.Defer); deferred {
		return !slices.ContainsFunc(sends, func(op concurrency.Op) bool { return !ssax.Dominates(closer.Instr, op.Instr) })
	}
	return !slices.ContainsFunc(sends, func(op concurrency.Op) bool { return !ssax.Reaches(op.Instr, closer.Instr) })
}

// tellsOther reports whether fn also sends on, or closes, the channel of another case:
// that may be how the loop ends.
func (c *checker) tellsOther(s *statement, state int, fn *ssa.Function) bool {
	others := make(map[*concurrency.Channel]bool)
	for i, st := range s.States {
		if i != state {
			others[c.pkg.OfValue(st.Chan)] = true
		}
	}
	return c.pkg.Runs(fn, func(instr ssa.Instruction) bool {
		return slices.ContainsFunc(c.pkg.Told(instr), func(ch *concurrency.Channel) bool { return others[ch] })
	})
}

// nextIfClosed returns where control may go from b if the case has been chosen because
// its channel is closed.
func (s *statement) nextIfClosed(b *ssa.BasicBlock, state int) []*ssa.BasicBlock {
	branch := ssax.BranchOf(b)
	if branch == nil {
		return b.Succs
	}
	holds, known := s.ifClosed(branch.Cond, state)
	switch {
	case !known:
		return b.Succs
	case holds:
		return b.Succs[:1]
	}
	return b.Succs[1:]
}

// ifClosed returns the value of a condition if the case has been chosen because its
// channel is closed: there is no value, and the one received is the zero value.
func (s *statement) ifClosed(cond ssa.Value, state int) (holds, known bool) {
	switch cond := cond.(type) {
	case *ssa.UnOp:
		if cond.Op == token.NOT {
			holds, known = s.ifClosed(cond.X, state)
			return !holds, known
		}
	case *ssa.Extract:
		return false, cond.Tuple == ssa.Value(s.Select.Select) && (cond.Index == 1 || cond.Index == s.received(state))
	case *ssa.BinOp:
		x, ok := cond.X.(*ssa.Extract)
		if !ok || x.Tuple != ssa.Value(s.Select.Select) || x.Index != s.received(state) {
			return false, false
		}
		if k, isConst := cond.Y.(*ssa.Const); isConst && (cond.Op == token.EQL || cond.Op == token.NEQ) {
			return isZero(k) == (cond.Op == token.EQL), true
		}
	}
	return false, false
}

// received returns the index, in the result of the select, of what the case receives.
func (s *statement) received(state int) int {
	n := 2
	for _, st := range s.States[:state] {
		if st.Dir == types.RecvOnly {
			n++
		}
	}
	return n
}

// isZero reports whether k is the zero value of its type.
func isZero(k *ssa.Const) bool {
	if k.Value == nil {
		return true
	}
	switch k.Value.Kind() {
	case constant.Bool:
		return !constant.BoolVal(k.Value)
	case constant.String:
		return constant.StringVal(k.Value) == ""
	}
	return constant.Sign(k.Value) == 0
}
