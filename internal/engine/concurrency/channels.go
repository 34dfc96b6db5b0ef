package concurrency

import (
	"go/constant"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// A Channel stands for all channels that certain variables, fields and values
// of the package may hold, and that cannot be told apart.
type Channel struct {
	Makes []*ssa.MakeChan
	Ops   []Op       // in source order
	Local bool       // held by variables of functions only, not by fields or package variables
	Field *types.Var // the first field that holds it, nil if none does
	Many  bool       // held by a slice, array or map: there is one for each element

	// What code out of view may do.
	UnknownSend, UnknownRecv, UnknownClose bool

	Done  bool // some come from the method Done of a context
	Timer bool // some come from a timer or ticker
}

// OpKind says what an operation does to its channel.
type OpKind uint8

// The kinds of operation.
const (
	Send OpKind = iota
	Recv
	Close
)

// An Op is an operation on a channel.
type Op struct {
	Kind  OpKind
	Instr ssa.Instruction // *ssa.Send, *ssa.UnOp, *ssa.Select, or a call of close
	State int             // of the select's states, or -1
}

// Bare reports whether the operation blocks until the other side is ready.
func (op Op) Bare() bool { return op.State < 0 }

// Pos returns the position of the operation's arrow, or of the call.
func (op Op) Pos() token.Pos {
	if op.State >= 0 {
		return op.Instr.(*ssa.Select).States[op.State].Pos
	}
	if call, ok := op.Instr.(ssa.CallInstruction); ok {
		return call.Pos()
	}
	return op.Instr.Pos()
}

// Fn returns the function that contains the operation.
func (op Op) Fn() *ssa.Function { return op.Instr.Parent() }

// Of returns the operations of a kind.
func (c *Channel) Of(kind OpKind) []Op {
	var ops []Op
	for _, op := range c.Ops {
		if op.Kind == kind {
			ops = append(ops, op)
		}
	}
	return ops
}

// Closed reports whether somebody may close the channel.
func (c *Channel) Closed() bool { return c.UnknownClose || len(c.Of(Close)) > 0 || c.Done }

// Signal reports whether the channel signals by being closed that something is
// over: it is a context's, or is closed and never sent on.
func (c *Channel) Signal() bool {
	return c.Done || len(c.Of(Close)) > 0 && len(c.Of(Send)) == 0 && !c.UnknownSend
}

// Visible reports whether all operations on the channel, and all places that
// make it, are in view, and that it is not one of many.
func (c *Channel) Visible() bool {
	return len(c.Makes) > 0 && !c.Many && !c.UnknownSend && !c.UnknownRecv && !c.UnknownClose && !c.Done && !c.Timer
}

// Capacity returns the capacity that all makes give the channel. ok is false
// unless they are constant and equal.
func (c *Channel) Capacity() (n int64, ok bool) {
	for i, m := range c.Makes {
		k, isConst := m.Size.(*ssa.Const)
		if !isConst || k.Value == nil || k.Value.Kind() != constant.Int || i > 0 && k.Int64() != n {
			return 0, false
		}
		n = k.Int64()
	}
	return n, len(c.Makes) > 0
}

// OfValue returns the channel that v, a value of the package's code, holds.
func (p *Package) OfValue(v ssa.Value) *Channel {
	p.flow()
	return p.channels.nodes[v].find().channel
}

// Received returns the channels that an instruction receives from, if it does.
func (p *Package) Received(instr ssa.Instruction) []*Channel {
	switch instr := instr.(type) {
	case *ssa.UnOp:
		if isReceive(instr) {
			return []*Channel{p.OfValue(instr.X)}
		}
	case *ssa.Select:
		var all []*Channel
		for _, s := range instr.States {
			if s.Dir == types.RecvOnly {
				all = append(all, p.OfValue(s.Chan))
			}
		}
		return all
	}
	return nil
}

// Told returns the channels that an instruction sends on or closes, if it does.
func (p *Package) Told(instr ssa.Instruction) []*Channel {
	switch instr := instr.(type) {
	case *ssa.Send:
		return []*Channel{p.OfValue(instr.Chan)}
	case *ssa.Select:
		var all []*Channel
		for _, s := range instr.States {
			if s.Dir == types.SendOnly {
				all = append(all, p.OfValue(s.Chan))
			}
		}
		return all
	case ssa.CallInstruction:
		if b, ok := instr.Common().Value.(*ssa.Builtin); ok && b.Name() == "close" {
			return []*Channel{p.OfValue(instr.Common().Args[0])}
		}
	}
	return nil
}

// Channels returns the channels that the package makes, in source order.
func (p *Package) Channels() []*Channel {
	p.flow()
	return p.channels.made
}

// Unmade returns the channels on which the package operates although nothing makes
// them, so that they are nil whenever they are used, in source order.
func (p *Package) Unmade() []*Channel {
	p.flow()
	return p.channels.unmade
}

func (c *Channel) unmade() bool {
	return len(c.Ops) > 0 && !c.UnknownSend && !c.UnknownRecv && !c.UnknownClose && !c.Done && !c.Timer
}
