package ctxgraph

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ctxflow"
	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
)

// A seed is a value with which a context comes into a function.
type seed struct {
	value  ssa.Value
	origin Origin
	name   string // the name of a root, a field, or the type that carries it
}

// function draws where each context that comes into fn goes.
func (b *builder) function(s *scope, fn *ssa.Function) {
	seeds := seedsOf(fn)
	flows := make([]*ctxflow.Flow, len(seeds))
	inherited := make(map[ssa.Instruction]bool) // where a context of the caller may be used
	for i, seed := range seeds {
		flows[i] = ctxflow.Follow(seed.value, nil)
		for _, u := range flows[i].Uses {
			if seed.origin == Inherited {
				inherited[u.Instr] = true
			}
		}
	}
	for i, seed := range seeds {
		b.seed(s, seed)
		used := false
		for _, u := range flows[i].Uses {
			// A root that is used where the caller's context is nil is not a
			// reset.
			if seed.origin == Fresh && inherited[u.Instr] {
				continue
			}
			used = used || u.Kind != ctxflow.Returned
			b.use(s, seed, &u)
		}
		if used && seed.origin == Fresh {
			s.node.Roots.add(seed.name, 1)
			s.fresh = true
		}
		for _, d := range flows[i].Derived {
			b.derivation(d)
		}
	}
	b.without(s, fn)
}

// seedsOf returns the seeds of a function in the order of its code.
func seedsOf(fn *ssa.Function) []seed {
	var seeds []seed
	for _, p := range fn.Params {
		if ctxlib.IsContextual(p.Type()) {
			seeds = append(seeds, seed{p, Inherited, "ctx"})
		}
	}
	for _, block := range fn.Blocks {
		for _, instr := range block.Instrs {
			switch v := instr.(type) {
			case *ssa.Call:
				s, ok := callSeed(v)
				if !ok {
					s, ok = helperSeed(v)
				}
				if ok {
					seeds = append(seeds, s)
				}
			case *ssa.UnOp:
				if name := keptIn(v.X); v.Op == token.MUL && name != "" && ctxlib.IsContextual(v.Type()) {
					seeds = append(seeds, seed{v, Kept, name})
				}
			}
		}
	}
	return seeds
}

// callSeed returns the seed that the result of a call is: a root, or the
// context that a carrier holds.
func callSeed(call *ssa.Call) (s seed, ok bool) {
	fn := ssax.Callee(&call.Call)
	switch {
	case fn == nil:
		return s, false
	case ctxlib.IsRoot(fn):
		return seed{call, Fresh, fn.Name()}, true
	case isDetach(fn):
		return seed{call, Kept, fn.Name()}, true
	case fn.Name() != "Context" || !ctxlib.IsContext(call.Type()) || fn.Signature().Recv() == nil:
		return s, false
	}
	recv, _ := ssax.Receiver(&call.Call)
	if _, carries := ctxlib.CarrierOf(recv.Type()); !carries {
		return s, false
	}
	return seed{call, Inherited, types.TypeString(outer(recv).Type(), (*types.Package).Name)}, true
}

// helperSeed returns the seed that the result of a helper is if the helper
// takes a carrier and returns its context, or one derived from it: ctx :=
// newContext(r).
func helperSeed(call *ssa.Call) (s seed, ok bool) {
	helper := call.Call.StaticCallee()
	if helper == nil || !ctxlib.IsContextual(call.Type()) || takesContext(helper) {
		return s, false
	}
	for _, block := range helper.Blocks {
		for _, instr := range block.Instrs {
			inner, isCall := instr.(*ssa.Call)
			if !isCall {
				continue
			}
			own, ok := callSeed(inner)
			if ok && own.origin == Inherited && ctxflow.Follow(inner, nil).Has(ctxflow.Returned) {
				return seed{call, Inherited, own.name}, true
			}
		}
	}
	return s, false
}

func takesContext(fn *ssa.Function) bool {
	return slices.ContainsFunc(fn.Params, func(p *ssa.Parameter) bool { return ctxlib.IsContextual(p.Type()) })
}

// outer returns the value that v is embedded in, or v itself if it is not
// embedded.
func outer(v ssa.Value) ssa.Value {
	for {
		addr, ok := v.(*ssa.FieldAddr)
		if load, isLoad := v.(*ssa.UnOp); isLoad {
			addr, ok = load.X.(*ssa.FieldAddr)
		}
		if !ok || !ssax.FieldOf(addr).Embedded() {
			return v
		}
		v = addr.X
	}
}

// keptIn returns the name of the field or package variable at an address, or ""
// for any other address.
func keptIn(addr ssa.Value) string {
	switch a := addr.(type) {
	case *ssa.FieldAddr:
		field := ssax.FieldOf(a)
		if field.Embedded() && ctxlib.IsContextual(a.X.Type()) {
			return "" // the struct is the context
		}
		return typeName(a.X.Type()) + "." + field.Name()
	case *ssa.Global:
		return a.Name()
	}
	return ""
}

func (b *builder) seed(s *scope, seed seed) {
	s.active = true
	if seed.origin == Inherited {
		s.node.Enters.add(seed.name, 1)
	}
	if call, ok := seed.value.(*ssa.Call); ok && isDetach(ssax.Callee(&call.Call)) {
		s.node.Derives.add(seed.name, 1)
	}
}

// isDetach reports whether fn keeps the values of a context but not its end.
func isDetach(fn *types.Func) bool { return ctxlib.IsFunc(fn, "context", "WithoutCancel") }

// use draws one use of a context that came into s with a seed. The use may be
// in another scope, if a goroutine captures the context.
func (b *builder) use(s *scope, from seed, u *ctxflow.Use) {
	user := b.scopes[u.Instr.Parent()]
	if user == nil {
		return
	}
	user.active = true
	b.reach(s, user, from.origin)
	derived := make(Tally)
	for _, step := range u.Steps {
		if name := derivationName(step); name != "" {
			derived.add(name, 1)
		}
	}
	switch u.Kind {
	case ctxflow.Waited:
		user.node.Waits = 1
	case ctxflow.Stored:
		if name := storedIn(u.Instr); name != "" {
			user.node.Stores.add(name, 1)
		}
	case ctxflow.Argument, ctxflow.Deferred, ctxflow.Started:
		kind := map[ctxflow.Kind]EdgeKind{ctxflow.Deferred: Defer, ctxflow.Started: Go}[u.Kind]
		for _, to := range b.targets(u.Call()) {
			to.active = true
			b.edge(user, to, kind, from.origin, derived)
		}
	}
}

// reach draws how a context gets from the scope around a goroutine into it.
func (b *builder) reach(from, to *scope, origin Origin) {
	for to != from && to != nil && to.parent != nil {
		to.active, to.parent.active = true, true
		b.link(to.parent, to, Go, origin)
		to = to.parent
	}
}

// derivation records a call that derives a context.
func (b *builder) derivation(instr ssa.Instruction) {
	if s := b.scopes[instr.Parent()]; s != nil {
		if name := derivationName(instr); name != "" {
			s.node.Derives.add(name, 1)
		}
	}
}

// derivationName returns the name of a function that only derives a context, or
// "" for any other call.
func derivationName(instr ssa.Instruction) string {
	call, ok := instr.(ssa.CallInstruction)
	if !ok || ctxflow.Derives(call.Common()) != ctxflow.Surely {
		return ""
	}
	fn := ssax.Callee(call.Common())
	if fn.Pkg().Path() == "context" {
		return fn.Name()
	}
	return fn.Pkg().Name() + "." + fn.Name()
}

// storedIn names the place where an instruction stores a context.
func storedIn(instr ssa.Instruction) string {
	switch instr := instr.(type) {
	case *ssa.Store:
		return keptIn(instr.Addr)
	case *ssa.Send:
		return "a channel"
	case *ssa.MapUpdate:
		return "a map"
	}
	return ""
}

// without records what fn calls and starts without giving it a context.
func (b *builder) without(s *scope, fn *ssa.Function) {
	for _, block := range fn.Blocks {
		for _, instr := range block.Instrs {
			if call, ok := instr.(*ssa.Call); ok && !hasContextArg(&call.Call) {
				for _, to := range b.targets(&call.Call) {
					b.link(s, to, Call, None)
				}
			}
			started := startedBy(instr)
			if started == nil {
				continue
			}
			targets := b.targets(started)
			for _, to := range targets {
				b.link(s, to, Go, None)
			}
			if len(targets) == 0 {
				s.node.Loose++
			}
		}
	}
}

// startedBy returns the call that an instruction starts as a goroutine without
// a context among the arguments, or nil if it does not.
func startedBy(instr ssa.Instruction) *ssa.CallCommon {
	switch instr := instr.(type) {
	case *ssa.Go:
		if !hasContextArg(&instr.Call) {
			return &instr.Call
		}
	case *ssa.Call:
		if args := instr.Call.Args; isStarter(ssax.Callee(&instr.Call)) && len(args) > 0 {
			return &ssa.CallCommon{Value: args[len(args)-1]}
		}
	}
	return nil
}

func hasContextArg(call *ssa.CallCommon) bool {
	return slices.ContainsFunc(call.Args, func(arg ssa.Value) bool { return ctxlib.IsContextual(arg.Type()) })
}

// edge draws a call.
func (b *builder) edge(from, to *scope, kind EdgeKind, origin Origin, derived Tally) {
	e := b.link(from, to, kind, origin)
	e.Count++
	for name, n := range derived {
		e.Derived.add(name, n)
	}
}

func (b *builder) link(from, to *scope, kind EdgeKind, origin Origin) *Edge {
	key := edgeKey{from.node, to.node, kind, origin}
	e, ok := b.edges[key]
	if !ok {
		e = &Edge{From: from.node, To: to.node, Kind: kind, Origin: origin}
		b.edges[key] = e
	}
	return e
}

// graph returns what was drawn, without the functions that have nothing to do
// with contexts.
func (b *builder) graph() *Graph {
	g := new(Graph)
	shown := make(map[*Node]*scope)
	for _, s := range b.order {
		if s.active {
			shown[s.node] = s
			g.Nodes = append(g.Nodes, s.node)
		}
		if s.fresh && b.hasContext(s) {
			s.node.Resets = 1
		}
	}
	given := make(map[[2]*Node]bool)
	for _, e := range b.edges {
		if e.Origin != None {
			given[[2]*Node{e.From, e.To}] = true
		}
	}
	for _, e := range b.edges {
		from, to := shown[e.From], shown[e.To]
		switch {
		case e.Origin == None && given[[2]*Node{e.From, e.To}]:
			// A context reaches it after all.
		case e.Origin == None && e.Kind == Call:
			// Only of interest where the chain is cut.
			if from != nil && to != nil && to.fresh && b.hasContext(from) && !b.hasContext(to) {
				to.node.Resets = 1
				g.Edges = append(g.Edges, e)
			}
		case from != nil && to != nil:
			g.Edges = append(g.Edges, e)
		case from != nil && e.Kind == Go:
			e.From.Loose++
		}
	}
	g.sort()
	return g
}

// hasContext reports whether a scope gets a context from its caller, or the
// scope around it does.
func (b *builder) hasContext(s *scope) bool {
	for ; s != nil; s = s.parent {
		if len(s.node.Enters) > 0 {
			return true
		}
	}
	return false
}
