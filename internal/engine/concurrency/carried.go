package concurrency

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
)

// carry returns the node of the channels that are sent through those of n, nil if n
// is.
func (c *channels) carry(n *node) *node {
	if n == nil {
		return nil
	}
	n = n.find()
	if n.carried == nil {
		n.carried = &node{}
		c.order = append(c.order, n.carried)
	}
	return n.carried.find()
}

// transfer joins a channel that is sent or received through another with all that are.
func (c *channels) transfer(v, through ssa.Value) {
	n := c.node(v)
	switch through := c.node(through); {
	case n == nil:
	case through == nil:
		c.openAll(n)
	default:
		c.join(n, c.carry(through))
	}
}

// receivedFrom returns the channel from which a component of a tuple has been received,
// by a receive with a second result or by a select; nil if it has not.
func receivedFrom(x *ssa.Extract) ssa.Value {
	switch tuple := x.Tuple.(type) {
	case *ssa.UnOp:
		if tuple.Op == token.ARROW {
			return tuple.X
		}
	case *ssa.Select:
		i := 2 // after the index of the case and the second result
		for _, st := range tuple.States {
			if st.Dir != types.RecvOnly {
				continue
			}
			if i == x.Index {
				return st.Chan
			}
			i++
		}
	}
	return nil
}

// openCarried opens the channels that are sent through channels which code out of view
// has.
func (c *channels) openCarried() {
	for i := 0; i < len(c.order); i++ { // carried ones come after those that carry them, or are joined with others
		c.openThrough(c.order[i], make(map[*node]bool))
	}
}

func (c *channels) openThrough(n *node, seen map[*node]bool) {
	for n = n.find(); n.carried != nil && (n.send || n.recv) && !seen[n]; {
		seen[n] = true
		n = n.carried.find()
		n.send, n.recv = true, true
	}
}

// convert joins the fields of two structs that a conversion takes for the same.
func (c *channels) convert(to, from types.Type) {
	a, b := ssax.Struct(to), ssax.Struct(from)
	if a == nil || b == nil || a == b || a.NumFields() != b.NumFields() {
		return
	}
	for i := range a.NumFields() {
		if f := ssax.Field(to, i); chanOf(f.Type()) != nil {
			c.join(c.fieldNode(f), c.fieldNode(ssax.Field(from, i)))
		}
	}
}
