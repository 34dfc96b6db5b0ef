package concurrency

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
)

// Held is one channel, or what a parameter holds, as one function and the literals
// in it have it. Unlike a [Channel], it is not mixed up with others that go through
// the same helpers.
type Held struct {
	Origin ssa.Value     // a make, a parameter, or the result of a call
	Fn     *ssa.Function // whose value that is

	Ops      []Op // in Fn and in literals in it, in source order
	Given    []Given
	Captures []*ssa.MakeClosure // of Fn and literals in it, that capture the channel
	Returns  []*ssa.Return      // of Fn, that return it
	Asked    bool               // it is compared with nil, or its length is asked for
	Leaks    []ssa.Instruction  // by which it goes where it is not followed
	Unknown  bool               // there are some, or it is mixed up with other channels

	ops    map[ssa.Instruction]bool
	values map[ssa.Value]bool
	cells  []*ssa.Alloc // variables that hold it
	sites  map[ssa.Instruction][]Given
	in     map[*ssa.Function][]ssa.Instruction // the keys of sites, by the function around them
}

// Given is a call, defer or go statement that runs a function of the package that has
// the channel.
type Given struct {
	Site  ssa.CallInstruction
	Fn    *ssa.Function
	Param *ssa.Parameter // of Fn; nil if Fn is a literal that captures the channel

	times    int  // how often it runs, at most [Many]
	callback bool // Site hands Fn to what runs it
}

// Held returns what becomes of the channel v, the result of a make, a parameter or
// the result of a call.
func (p *Package) Held(v ssa.Value) *Held {
	if h := p.held[v]; h != nil {
		return h
	}
	h := &Held{Origin: v, Fn: v.Parent(), ops: make(map[ssa.Instruction]bool), values: make(map[ssa.Value]bool)}
	p.held[v] = h
	f := &holding{Held: h, p: p}
	f.follow(v)
	f.unmixed()
	f.index()
	slices.SortStableFunc(h.Ops, func(a, b Op) int { return int(a.Pos() - b.Pos()) })
	return h
}

// Of returns the operations of a kind.
func (h *Held) Of(kind OpKind) []Op {
	var ops []Op
	for _, op := range h.Ops {
		if op.Kind == kind {
			ops = append(ops, op)
		}
	}
	return ops
}

// Has reports whether the instruction, which blocks, is an operation on the channel.
func (h *Held) Has(instr ssa.Instruction) bool { return h.ops[instr] }

// Cells returns the variables that hold the channel.
func (h *Held) Cells() []*ssa.Alloc { return h.cells }

// Is reports whether v is the channel.
func (h *Held) Is(v ssa.Value) bool { return h.values[v] }

// holding is the state of the search for what a channel goes to.
type holding struct {
	*Held
	p    *Package
	phis []*ssa.Phi
}

// follow looks at the uses of v, which holds the channel.
func (f *holding) follow(v ssa.Value) {
	if f.values[v] {
		return
	}
	f.values[v] = true
	if v.Referrers() == nil {
		f.Unknown = true
		return
	}
	for _, ref := range *v.Referrers() {
		f.use(v, ref)
	}
}

// leak records that the channel goes out of sight.
func (f *holding) leak(by ssa.Instruction) {
	f.Leaks = append(f.Leaks, by)
	f.Unknown = true
}

func (f *holding) use(v ssa.Value, ref ssa.Instruction) {
	switch ref := ref.(type) {
	case *ssa.DebugRef:
	case *ssa.Phi:
		f.phis = append(f.phis, ref)
		f.follow(ref)
	case *ssa.ChangeType:
		f.follow(ref)
	case *ssa.Store:
		f.store(v, ref)
	case *ssa.MakeClosure:
		f.captured(ref)
		for i, b := range ref.Bindings {
			if b == v {
				f.follow(ref.Fn.(*ssa.Function).FreeVars[i])
			}
		}
	case *ssa.Return:
		if ref.Parent() != f.Fn {
			f.leak(ref)
		}
		f.Returns = append(f.Returns, ref)
	case *ssa.BinOp:
		f.Asked = true
	case ssa.CallInstruction:
		f.call(v, ref)
	default:
		f.operation(v, ref)
	}
}

// captured adds a closure that has the channel.
func (f *holding) captured(mc *ssa.MakeClosure) {
	fn := mc.Fn.(*ssa.Function)
	if _, ok := f.p.callbacks(fn); !ok || fn.Parent() == nil {
		f.leak(mc)
	}
	if !slices.Contains(f.Captures, mc) {
		f.Captures = append(f.Captures, mc)
	}
}

// store follows the channel into a variable.
func (f *holding) store(v ssa.Value, st *ssa.Store) {
	cell, ok := ssax.Variable(st.Addr)
	if !ok || st.Val != v || ssax.Outermost(cell.Parent()) != ssax.Outermost(f.Fn) {
		f.leak(st)
		return
	}
	if slices.Contains(f.cells, cell) {
		return
	}
	f.cells = append(f.cells, cell)
	uses := ssax.UsesOf(cell)
	f.Unknown = f.Unknown || uses.Escapes
	for _, mc := range uses.Closures {
		f.captured(mc)
	}
	for _, load := range uses.Loads {
		f.follow(load)
	}
}

func (f *holding) operation(v ssa.Value, instr ssa.Instruction) {
	add := func(kind OpKind, state int) {
		f.Ops = append(f.Ops, Op{kind, instr, state})
		f.ops[instr] = f.ops[instr] || state < 0
	}
	switch instr := instr.(type) {
	case *ssa.UnOp:
		if instr.Op == token.ARROW {
			add(Recv, -1)
			return
		}
	case *ssa.Send:
		if instr.Chan == v && instr.X != v {
			add(Send, -1)
			return
		}
	case *ssa.Select:
		for i, s := range instr.States {
			if s.Send == v {
				f.leak(instr)
			}
			switch {
			case s.Chan != v:
			case s.Dir == types.SendOnly:
				add(Send, i)
			default:
				add(Recv, i)
			}
		}
		return
	}
	f.leak(instr)
}

func (f *holding) call(v ssa.Value, call ssa.CallInstruction) {
	common := call.Common()
	if b, ok := common.Value.(*ssa.Builtin); ok {
		switch b.Name() {
		case "close":
			f.Ops = append(f.Ops, Op{Close, call, -1})
			f.ops[call] = true
		case "len", "cap":
			f.Asked = true
		default:
			f.leak(call)
		}
		return
	}
	callee := f.p.Callee(common)
	if callee == nil || len(callee.Params) != len(common.Args) {
		f.leak(call)
		return
	}
	for i, arg := range common.Args {
		if arg == v {
			f.Given = append(f.Given, Given{call, callee, callee.Params[i], 1, false})
		}
	}
}

// unmixed gives up where a variable may hold another channel, too.
func (f *holding) unmixed() {
	own := func(v ssa.Value) bool { return f.values[v] || ssax.IsNil(v) }
	for _, phi := range f.phis {
		f.Unknown = f.Unknown || slices.ContainsFunc(phi.Edges, func(v ssa.Value) bool { return !own(v) })
	}
	for _, cell := range f.cells {
		f.Unknown = f.Unknown || slices.ContainsFunc(ssax.UsesOf(cell).Stores, func(st *ssa.Store) bool { return !own(st.Val) })
	}
}

// index finds what runs the functions that have the channel.
func (f *holding) index() {
	f.sites, f.in = make(map[ssa.Instruction][]Given), make(map[*ssa.Function][]ssa.Instruction)
	add := func(g Given) {
		if f.sites[g.Site] == nil {
			f.in[g.Site.Parent()] = append(f.in[g.Site.Parent()], g.Site)
		}
		f.sites[g.Site] = append(f.sites[g.Site], g)
	}
	for _, g := range f.Given {
		add(g)
	}
	for _, mc := range f.Captures {
		lit := mc.Fn.(*ssa.Function)
		for _, s := range f.p.StartsOf(lit) {
			f.Unknown = f.Unknown || f.stray(s.Site.Parent(), make(map[*ssa.Function]bool))
			add(Given{s.Site, lit, nil, 1, false})
		}
		for _, call := range f.p.CallsOf(lit) {
			f.Unknown = f.Unknown || f.stray(call.Parent(), make(map[*ssa.Function]bool))
			add(Given{call, lit, nil, 1, false})
		}
		times, _ := f.p.callbacks(lit)
		for _, cb := range f.p.run().callback[lit] {
			if n, ok := times[cb.call]; ok {
				add(Given{cb.call, lit, nil, n, true})
				delete(times, cb.call)
			}
		}
	}
}

// stray reports whether fn is a literal in f.Fn that may run in ways that are not
// followed, itself or as part of another one.
func (f *holding) stray(fn *ssa.Function, seen map[*ssa.Function]bool) bool {
	if fn == f.Fn || fn.Parent() == nil || seen[fn] {
		return false
	}
	seen[fn] = true
	if _, ok := f.p.callbacks(fn); !ok {
		return true
	}
	return slices.ContainsFunc(f.p.StartsOf(fn), func(s Spawn) bool { return f.stray(s.Site.Parent(), seen) }) ||
		slices.ContainsFunc(f.p.CallsOf(fn), func(call ssa.CallInstruction) bool { return f.stray(call.Parent(), seen) })
}
