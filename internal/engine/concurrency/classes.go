package concurrency

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
)

func (p *Package) flow() {
	if p.channels == nil {
		p.channels = newChannels(p)
	}
}

// channels divides the values that are channels, or addresses of variables that
// hold one, into classes: two are in the same class if one may hold what the
// other does. Fields are distinguished by declaration but not by struct, and
// results by function but not by call.
type channels struct {
	p       *Package
	nodes   map[any]*node // by ssa.Value, *types.Var for fields, result
	order   []*node
	escapes map[*ssa.Function]bool // functions that may be called from anywhere
	made    []*Channel
	unmade  []*Channel
}

// result is the key for a function's result.
type result struct {
	fn *ssa.Function
	i  int
}

type node struct {
	parent  *node
	channel *Channel
	carried *node
	size    int        // how many others have it as their parent, directly or not
	global  bool       // a field or package variable is among them
	field   *types.Var // the first of its fields
	many    bool       // a container is among them
	send    bool       // other code may send and close
	recv    bool       // other code may receive
	done    bool
	timer   bool
}

func (n *node) find() *node {
	if n == nil {
		return &node{channel: &Channel{UnknownSend: true, UnknownRecv: true, UnknownClose: true}}
	}
	for n.parent != nil {
		if n.parent.parent != nil {
			n.parent = n.parent.parent // so that the next search is shorter
		}
		n = n.parent
	}
	return n
}

func newChannels(p *Package) *channels {
	c := &channels{p: p, nodes: make(map[any]*node), escapes: make(map[*ssa.Function]bool)}
	funcs := p.SSA().Funcs
	for _, fn := range funcs {
		c.entry(fn)
	}
	for _, fn := range funcs {
		for _, b := range fn.Blocks {
			for _, instr := range b.Instrs {
				c.instr(instr)
			}
		}
	}
	c.openCarried()
	classes := make(map[*node]*Channel)
	for _, n := range c.order {
		root := n.find()
		if classes[root] == nil {
			classes[root] = &Channel{
				Local: !root.global, Many: root.many, Field: root.field,
				UnknownSend: root.send, UnknownClose: root.send, UnknownRecv: root.recv,
				Done: root.done, Timer: root.timer,
			}
			root.channel = classes[root]
		}
	}
	for _, fn := range funcs {
		for _, b := range fn.Blocks {
			for _, instr := range b.Instrs {
				c.collect(instr)
			}
		}
	}
	for _, ch := range classes {
		slices.SortFunc(ch.Ops, func(a, b Op) int { return int(a.Pos() - b.Pos()) })
		slices.SortFunc(ch.Makes, func(a, b *ssa.MakeChan) int { return int(a.Pos() - b.Pos()) })
		switch {
		case len(ch.Makes) > 0:
			c.made = append(c.made, ch)
		case ch.unmade():
			c.unmade = append(c.unmade, ch)
		}
	}
	slices.SortFunc(c.unmade, func(a, b *Channel) int { return int(a.Ops[0].Pos() - b.Ops[0].Pos()) })
	slices.SortFunc(c.made, func(a, b *Channel) int { return int(a.Makes[0].Pos() - b.Makes[0].Pos()) })
	return c
}

// collect adds the makes and operations to their classes.
func (c *channels) collect(instr ssa.Instruction) {
	add := func(v ssa.Value, kind OpKind, state int) {
		ch := c.nodes[v].find().channel
		ch.Ops = append(ch.Ops, Op{kind, instr, state})
	}
	switch instr := instr.(type) {
	case *ssa.MakeChan:
		ch := c.nodes[instr].find().channel
		ch.Makes = append(ch.Makes, instr)
	case *ssa.Send:
		add(instr.Chan, Send, -1)
	case *ssa.UnOp:
		if instr.Op == token.ARROW {
			add(instr.X, Recv, -1)
		}
	case *ssa.Select:
		for i, s := range instr.States {
			kind := Recv
			if s.Dir == types.SendOnly {
				kind = Send
			}
			add(s.Chan, kind, i)
		}
	case ssa.CallInstruction:
		if b, ok := instr.Common().Value.(*ssa.Builtin); ok && b.Name() == "close" {
			add(instr.Common().Args[0], Close, -1)
		}
	}
}

// node returns the node of v, or nil if v holds no channel.
func (c *channels) node(v ssa.Value) *node {
	if n := c.nodes[v]; n != nil {
		return n
	}
	if chanOf(v.Type()) == nil {
		return nil
	}
	if k, ok := v.(*ssa.Const); ok && k.IsNil() {
		return nil // holds no channel, whatever it is compared with or assigned to
	}
	n := c.at(v)
	n.many = isContainer(v.Type())
	switch v := v.(type) {
	case *ssa.Global:
		n.global = true
		if v.Object() == nil || v.Pkg != c.p.SSA().Pkg || v.Object().Exported() && c.p.pass.Pkg.Name() != "main" {
			c.open(n, v.Type())
		}
	case *ssa.FieldAddr, *ssa.Field:
		c.field(n, ssax.FieldOf(v))
	}
	return n
}

// at returns the node of a key.
func (c *channels) at(key any) *node {
	n := c.nodes[key]
	if n == nil {
		n = &node{}
		c.nodes[key] = n
		c.order = append(c.order, n)
	}
	return n
}

// field joins the value of a field, or its address, with the others of that
// field.
func (c *channels) field(n *node, f *types.Var) {
	if f == nil {
		c.openAll(n)
		return
	}
	if isTimerField(f) {
		n.timer = true
		return
	}
	c.join(n, c.fieldNode(f))
}

// fieldNode returns the node of a field.
func (c *channels) fieldNode(f *types.Var) *node {
	n := c.at(f)
	n.find().global = true
	if n.field == nil {
		n.field = f
	}
	if isContainer(f.Type()) {
		n.find().many = true
	}
	if c.p.exposes(f) {
		c.open(n, f.Type())
	}
	return n
}

// isTimerField reports whether f is the field C of a time.Timer or time.Ticker.
func isTimerField(f *types.Var) bool {
	return f.Name() == "C" && f.Pkg() != nil && f.Pkg().Path() == "time"
}

// join merges the classes of a and b, either of which may be nil.
func (c *channels) join(a, b *node) {
	if a == nil || b == nil {
		return
	}
	if a, b = a.find(), b.find(); a == b {
		return
	}
	if a.size < b.size {
		a, b = b, a
	}
	b.parent = a
	a.size += b.size + 1
	if a.field == nil || b.field != nil && b.field.Pos() < a.field.Pos() {
		a.field = b.field
	}
	a.global, a.many = a.global || b.global, a.many || b.many
	a.send, a.recv = a.send || b.send, a.recv || b.recv
	a.done, a.timer = a.done || b.done, a.timer || b.timer
	if b.carried == nil {
		return
	}
	if a.carried == nil {
		a.carried = b.carried
	} else {
		c.join(a.carried, b.carried)
	}
}

// open records that code out of view holds what n does, as a value of type t.
func (c *channels) open(n *node, t types.Type) {
	if n == nil {
		return
	}
	n = n.find()
	dir := types.SendRecv
	if ch := chanOf(t); ch != nil {
		dir = ch.Dir()
	}
	n.send = n.send || dir != types.RecvOnly
	n.recv = n.recv || dir != types.SendOnly
}

func (c *channels) openAll(n *node) {
	if n != nil {
		n = n.find()
		n.send, n.recv = true, true
	}
}
