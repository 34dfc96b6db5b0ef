package athand

import (
	"go/constant"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ctxflow"
	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
)

// Liveness tells where in a function the context at hand is still useful.
//
// It is not where some path has seen it end (in a select, by its error, or by
// waiting), because "write what is left" after a loop that also ends with the
// context must not fail then. Nor is it where every path has found that it is
// nil, or that a call which was given it has failed, perhaps because it ended.
// Nor is the context of a request of use once the connection has been taken over.
type Liveness struct {
	atHand  *types.Var                          // the variable of the context at hand, nil if there is none
	one     ssa.Value                           // the only context that counts, nil if all do that may be the one at hand
	reached map[*ssa.BasicBlock]bool            // by a path on which no branch found it nil or ended
	ended   map[*ssa.BasicBlock]bool            // ended before the block, on some path
	over    map[*ssa.BasicBlock]ssa.Instruction // the first in the block after which the context has ended
}

// Liveness returns the liveness, in fn, of the context that is at hand there.
func (f *Finder) Liveness(fn *ssa.Function) *Liveness {
	if l, ok := f.live[fn]; ok {
		return l
	}
	l := newLiveness()
	f.live[fn] = l
	request := false
	h := f.Worthwhile(fn)
	if h == nil {
		h = f.In(fn)
	}
	if h != nil {
		l.atHand, request = h.Var, h.Root != h.Expr && !h.Receiver && !h.Kept() || takesWriter(h.Func)
		if request && isUpgraded(h.Func) {
			return l
		}
	}
	if len(fn.Blocks) == 0 {
		return l
	}
	l.findEnds(fn, func(instr ssa.Instruction) bool { return request && f.isUpgrade(instr) })
	l.reach(fn.Blocks[0])
	if fn.Recover != nil {
		l.reach(fn.Recover)
	}
	return l
}

func newLiveness() *Liveness {
	return &Liveness{
		reached: make(map[*ssa.BasicBlock]bool),
		ended:   make(map[*ssa.BasicBlock]bool),
		over:    make(map[*ssa.BasicBlock]ssa.Instruction),
	}
}

// findEnds finds out after which instructions and in which blocks of fn the context has
// ended. Instructions for which alsoEnds holds end it, too.
func (l *Liveness) findEnds(fn *ssa.Function, alsoEnds func(ssa.Instruction) bool) {
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			recv, ok := instr.(*ssa.UnOp)
			if ok && recv.Op == token.ARROW && l.isEnd(recv.X) || alsoEnds(instr) {
				l.over[b] = instr
				for _, succ := range b.Succs {
					l.end(succ)
				}
				break
			}
		}
		for i, succ := range b.Succs {
			if l.branch(b, i) == sawEnd {
				l.end(succ)
			}
		}
	}
}

// end marks b and the blocks that can follow it.
func (l *Liveness) end(b *ssa.BasicBlock) {
	if !l.ended[b] {
		l.ended[b] = true
		for _, succ := range b.Succs {
			l.end(succ)
		}
	}
}

func (l *Liveness) reach(b *ssa.BasicBlock) {
	if !l.reached[b] {
		l.reached[b] = true
		for i, succ := range b.Succs {
			if l.branch(b, i) == open {
				l.reach(succ)
			}
		}
	}
}

// At reports whether the context is live where instr is.
func (l *Liveness) At(instr ssa.Instruction) bool {
	return l.reached[instr.Block()] && !l.endedBefore(instr)
}

// endedBefore reports whether the context has ended, on some path, where instr is.
func (l *Liveness) endedBefore(instr ssa.Instruction) bool {
	b := instr.Block()
	if l.ended[b] {
		return true
	}
	for _, i := range b.Instrs {
		switch {
		case i == instr:
			return false
		case i == l.over[b]:
			return true
		}
	}
	return false
}

// Unended reports whether no path to instr has seen the context end. Unlike At it holds
// after the failure of a call that was given the context, too: nothing else is tried
// under a context that may be the reason, but a wait before the next attempt should end
// with it.
func (l *Liveness) Unended(instr ssa.Instruction) bool {
	b := instr.Block()
	if l.ended[b] {
		return false
	}
	for _, i := range b.Instrs {
		switch {
		case i == instr:
			return true
		case i == l.over[b]:
			return false
		}
	}
	return true
}

// Edge is a [ctxflow.Edge]: a fresh context that reaches a phi only where the
// one at hand is nil or done is a fallback.
func (l *Liveness) Edge(pred, succ *ssa.BasicBlock) bool {
	if !l.reached[pred] || l.ended[pred] || l.over[pred] != nil {
		return false
	}
	for i, s := range pred.Succs {
		if s == succ && l.branch(pred, i) == open {
			return true
		}
	}
	return false
}

// outcome is what a branch tells about the context.
type outcome uint8

const (
	open   outcome = iota // nothing
	sawNil                // it is nil, or a call that was given it has failed
	sawEnd                // it has ended
)

// branch interprets the edge from b to its successor i.
func (l *Liveness) branch(b *ssa.BasicBlock, i int) outcome {
	if branch := ssax.BranchOf(b); branch != nil {
		return l.means(branch.Cond, i == 0)
	}
	return open
}

func (l *Liveness) means(cond ssa.Value, holds bool) outcome {
	switch cond := cond.(type) {
	case *ssa.UnOp:
		if cond.Op == token.NOT {
			return l.means(cond.X, !holds)
		}
	case *ssa.BinOp:
		switch cond.Op {
		case token.EQL:
			return max(l.equal(cond.X, cond.Y, holds), l.equal(cond.Y, cond.X, holds))
		case token.NEQ:
			return max(l.equal(cond.X, cond.Y, !holds), l.equal(cond.Y, cond.X, !holds))
		}
	case *ssa.Call:
		if holds && l.one == nil && isDoneError(&cond.Call) {
			return sawEnd
		}
	}
	return open
}

// equal interprets that x == y holds, or does not.
func (l *Liveness) equal(x, y ssa.Value, holds bool) outcome {
	k, ok := y.(*ssa.Const)
	switch {
	case ok && k.Value == nil && holds: // x == nil
		if !ctxlib.IsError(x.Type()) && (ctxlib.IsContextual(x.Type()) || isCarrier(x.Type())) {
			return sawNil
		}
	case ok && k.Value == nil: // x != nil
		switch {
		case l.isErrOf(x):
			return sawEnd
		case l.isErrorOfWork(x, make(map[*ssa.Phi]bool)):
			return sawNil
		}
	case ok && holds && k.Value.Kind() == constant.Int && l.isEndCase(x, k):
		return sawEnd
	case !ok && holds && l.one == nil && isDoneValue(y): // err == context.Canceled
		return sawEnd
	}
	return open
}

// isEndCase reports whether x is the index of the case that a select has taken,
// and case k, with which x is compared, receives the end of the context.
func (l *Liveness) isEndCase(x ssa.Value, k *ssa.Const) bool {
	ext, ok := x.(*ssa.Extract)
	if !ok || ext.Index != 0 {
		return false
	}
	sel, ok := ext.Tuple.(*ssa.Select)
	if !ok {
		return false
	}
	n, _ := constant.Int64Val(k.Value)
	return n >= 0 && int(n) < len(sel.States) && sel.States[n].Dir == types.RecvOnly && l.isEnd(sel.States[n].Chan)
}

// isErrorOfWork reports whether v is the error of a call that was given the
// context at hand, or one derived from it. A phi in seen adds no other value.
func (l *Liveness) isErrorOfWork(v ssa.Value, seen map[*ssa.Phi]bool) bool {
	if !ctxlib.IsError(v.Type()) {
		return false
	}
	switch v := v.(type) {
	case *ssa.Call:
		return l.givenContext(&v.Call)
	case *ssa.Extract:
		call, ok := v.Tuple.(*ssa.Call)
		return ok && l.givenContext(&call.Call)
	case *ssa.Phi:
		if seen[v] {
			return true
		}
		seen[v] = true
		for _, e := range v.Edges {
			if _, isConst := e.(*ssa.Const); !isConst && !l.isErrorOfWork(e, seen) {
				return false
			}
		}
		return true
	}
	return false
}

// givenContext reports whether the arguments of a call include a context that
// comes from the caller.
func (l *Liveness) givenContext(call *ssa.CallCommon) bool {
	for _, arg := range call.Args {
		if ctxlib.IsContext(arg.Type()) && !ctxflow.Of(arg, isRoot).Root {
			return true
		}
	}
	return false
}

func isCarrier(t types.Type) bool {
	_, ok := ctxlib.CarrierOf(t)
	return ok
}
