package cancelleak

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ctxuse"
	"github.com/ctxlint/ctxlint/internal/engine/fixpoint"
	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/pass/catalog"
)

// source is what a function gets from outside: a parameter, the receiver included, or,
// from len(Params) on, a captured variable.
type source struct {
	fn *ssa.Function
	i  int
}

func (s source) value() ssa.Value {
	if n := len(s.fn.Params); s.i >= n {
		return s.fn.FreeVars[s.i-n]
	}
	return s.fn.Params[s.i]
}

// life says what a function does with a source that is a context, or bound to one.
type life struct {
	results uint64 // a bit for each result that is of no use when the context is done: all that it may be, but for nil
	needs   bool   // it hands the context to a function that fails when the context is done
}

func (c *checker) newLives() *fixpoint.Solver[source, life] {
	// What a recursive call returns adds nothing to what the others do.
	return fixpoint.New(fixpoint.Problem[source, life]{
		Step:  c.lifeOf,
		Join:  func(a, b life) life { return life{a.results | b.results, a.needs || b.needs} },
		Equal: func(a, b life) bool { return a == b },
	})
}

// lifeOf is the Step of lives.
func (c *checker) lifeOf(s source) life {
	root := s.value()
	t := c.newTree()
	t.add(bound{value: root, parent: -1, origin: -1, format: "the context", plain: isContextSource(root), on: -1})
	t.run()
	t.finish()
	var l life
	for i := range min(s.fn.Signature.Results().Len(), 64) {
		if canHold(s.fn.Signature.Results().At(i).Type()) && t.gives(s.fn, i) {
			l.results |= 1 << i
		}
	}
	for _, x := range t.nodes {
		if x.plain && x.sure == catalog.High {
			l.needs = l.needs || c.observed(x.value)
		}
	}
	return l
}

func isContextSource(v ssa.Value) bool {
	t := v.Type()
	if _, captured := v.(*ssa.FreeVar); captured {
		t = t.Underlying().(*types.Pointer).Elem()
	}
	return ctxlib.IsContext(t)
}

// gives reports whether everything that fn returns as result i is bound, but for nil,
// and something is.
func (t *boundTree) gives(fn *ssa.Function, i int) bool {
	some := false
	for _, ret := range ssax.Returns(fn) {
		switch t.given(returned(ret, i), make(map[ssa.Value]bool)) {
		case givesOther:
			return false
		case givesBound:
			some = true
		}
	}
	return some
}

type gift uint8

const (
	givesNil gift = iota
	givesBound
	givesOther
)

// given says what a returned value is, at most.
func (t *boundTree) given(v ssa.Value, seen map[ssa.Value]bool) gift {
	v = ssax.Strip(v)
	if seen[v] || ssax.IsNil(v) {
		return givesNil
	}
	seen[v] = true
	if phi, ok := v.(*ssa.Phi); ok {
		worst := givesNil
		for _, e := range phi.Edges {
			worst = max(worst, t.given(e, seen))
		}
		return worst
	}
	if cell, ok := ssax.LoadedFrom(v).(*ssa.Alloc); ok {
		if stores := ssax.StoresTo(cell); len(stores) > 0 {
			worst := givesNil
			for _, s := range stores {
				worst = max(worst, t.given(s.Val, seen))
			}
			return worst
		}
	}
	if x := t.nodeOf(v); x != nil && x.sure == catalog.High && len(t.done[x.origin]) == 0 {
		return givesBound
	}
	return givesOther
}

// lives follows a value through a call of a function whose body is in view, or about
// which there is a fact.
func (t *boundTree) lives(call *ssa.Call, i int) {
	var results uint64
	sure := catalog.High
	if mc := t.nodes[i].closure; mc != nil && call.Call.Value == t.nodes[i].value {
		results = t.c.closureLife(mc, func(b ssa.Value) bool { return t.holdsBound(b) }).results
	} else {
		for arg, v := range call.Call.Args {
			if v == t.nodes[i].value {
				l, confidence := t.c.argumentLife(&call.Call, arg)
				results, sure = results|l.results, max(sure, confidence)
			}
		}
		if results == 0 && t.nodes[i].plain && boundByType(call) {
			results, sure = 1, catalog.Medium
		}
	}
	for k := range call.Call.Signature().Results().Len() {
		if results&(1<<k) == 0 {
			continue
		}
		typ := call.Call.Signature().Results().At(k).Type()
		t.made(ssax.Result(call, k), i, describe(typ), ctxlib.IsContext(typ), sure)
	}
}

// holdsBound reports whether a variable holds something bound to a context.
func (t *boundTree) holdsBound(addr ssa.Value) bool {
	if _, known := t.index[addr]; known {
		return true
	}
	for _, s := range ssax.StoresTo(addr) {
		if _, known := t.index[s.Val]; known {
			return true
		}
	}
	return false
}

// closureLife returns what a closure does with what it captures from variables for
// which bound holds.
func (c *checker) closureLife(mc *ssa.MakeClosure, bound func(ssa.Value) bool) (l life) {
	fn := mc.Fn.(*ssa.Function)
	for i, b := range mc.Bindings {
		if bound(b) && i < len(fn.FreeVars) {
			of := c.lives.Get(source{fn, len(fn.Params) + i})
			l.results, l.needs = l.results|of.results, l.needs || of.needs
		}
	}
	return l
}

// argumentLife returns what the callee does with an argument: number arg of its SSA
// form, where the receiver counts.
func (c *checker) argumentLife(call *ssa.CallCommon, arg int) (life, catalog.Confidence) {
	if body := ssax.Body(call.StaticCallee()); body != nil && arg < len(body.Params) {
		return c.lives.Get(source{body, arg}), catalog.High
	}
	fn := ssax.Callee(call)
	if fn == nil {
		return life{}, catalog.High
	}
	param := arg - (len(call.Args) - fn.Signature().Params().Len())
	if !call.IsInvoke() {
		return c.lifeByFact(fn, param), catalog.High
	}
	// What is true of all that are in view is likely of the call.
	impls := c.view.Implementations(fn)
	all := life{}
	for k, impl := range impls {
		l := c.lifeByFact(impl, param)
		if f := c.builder.SSA().Pkg.Prog.FuncValue(impl); f != nil && ssax.Body(f) != nil {
			l = c.lives.Get(source{f, arg + 1})
		}
		if k == 0 {
			all = l
		}
		all.results, all.needs = all.results&l.results, all.needs && l.needs
	}
	return all, catalog.Medium
}

// lifeByFact returns what is known of a parameter of a function of another package.
func (c *checker) lifeByFact(fn *types.Func, param int) (l life) {
	fact := new(funcFact)
	if fn.Pkg() == c.pass.Pkg || !c.pass.ImportObjectFact(fn.Origin(), fact) {
		return l
	}
	for _, b := range fact.Lives {
		if b.Param == param {
			l.results |= 1 << b.Result
		}
	}
	return l
}

// boundByType reports whether a call that gets a context returns what only a query or
// a request made with that context is likely to be.
func boundByType(call *ssa.Call) bool {
	results := call.Call.Signature().Results()
	if results.Len() == 0 || call.Call.StaticCallee() != nil && ssax.Body(call.Call.StaticCallee()) != nil {
		return false
	}
	t := results.At(0).Type()
	return isResponse(t) || ctxlib.IsNamedOrPointer(t, "database/sql", "Rows") || ctxlib.IsNamedOrPointer(t, "database/sql", "Row") || ctxlib.IsNamedOrPointer(t, "database/sql", "Tx")
}

// describe says what a result of type t is.
func describe(t types.Type) string {
	switch {
	case ctxlib.IsContext(t):
		return "a derived context"
	case isResponse(t):
		return "the response"
	case ctxlib.IsNamedOrPointer(t, "database/sql", "Rows"), ctxlib.IsNamedOrPointer(t, "database/sql", "Row"):
		return "the query result"
	case ctxlib.IsNamedOrPointer(t, "database/sql", "Tx"):
		return "the transaction"
	}
	return "a value that holds %s"
}

// observed reports whether a function that fails when the context is done gets ctx.
func (c *checker) observed(ctx ssa.Value) bool {
	for _, ref := range *ctx.Referrers() {
		call, ok := ref.(*ssa.Call)
		if !ok {
			continue
		}
		if need, sure := c.needs(&call.Call, ctx); need && sure == catalog.High {
			return true
		}
	}
	return false
}

// observers are the packages of the standard library whose functions fail if their
// context is done, unless ctxuse knows better.
var observers = []string{"database/sql", "net", "net/http", "os/exec"}

// minds reports whether the end of its context may matter to a function.
func (c *checker) minds(fn *types.Func) bool {
	use := c.uses.Of(fn)
	return use == ctxuse.Observes || use == ctxuse.Keeps
}

// needs reports whether a call fails, or gives something of no use, if ctx, one of its
// arguments, is done, and how sure that is.
func (c *checker) needs(call *ssa.CallCommon, ctx ssa.Value) (bool, catalog.Confidence) {
	fn := ssax.Callee(call)
	if fn == nil || ctxlib.DerivesFrom(fn) >= 0 || !c.minds(fn) {
		return false, 0
	}
	if k, ok := ctxlib.Keeps(fn); ok && k.TakesContext {
		return true, catalog.High
	}
	for arg, v := range call.Args {
		if v != ctx {
			continue
		}
		if fn.Pkg() != nil && slices.Contains(observers, fn.Pkg().Path()) {
			return true, catalog.High
		}
		l, sure := c.argumentLife(call, arg)
		if l.needs || l.results != 0 {
			return true, sure
		}
		return minds(call, ctx), catalog.Medium
	}
	return false, 0
}
