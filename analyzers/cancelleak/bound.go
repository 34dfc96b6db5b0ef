package cancelleak

import (
	"go/constant"
	"go/token"
	"go/types"
	"net/http"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/model/web"
)

// bound is a value that is of no use once a context is done.
type bound struct {
	value  ssa.Value
	parent int    // the number of the value from which it was made, -1 for that of a site
	origin int    // the number of what value is, or holds, in the first place: a result of a call
	format string // for the message: what it is, with %s for what parent is
	plain  bool   // a context

	from, to int // of it, and what was made from it, in the order of [boundTree.order]
}

// boundTree has the values of one function that are of no use once a context is done
// that the function makes: the context, contexts derived from it, values that hold it,
// and what the functions of [keepsContext] give for a call with it. What is bound to
// two contexts is listed for the first. All contexts of a function share the tree:
// what is bound to one is a range of its order.
type boundTree struct {
	c     *checker
	nodes []bound
	index map[ssa.Value]int
	order []int // numbers of nodes: each before those made from it
	leave []int // of order: those that leave the function, see [leaving]
	work  []int
}

// contextsIn returns the contexts that a function makes along with obligations.
func (c *checker) contextsIn(fn *ssa.Function) []ssa.Value {
	var found []ssa.Value
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			if call, ok := instr.(*ssa.Call); ok {
				for _, s := range c.sites(call) {
					found = append(found, s.Context)
				}
			}
		}
	}
	return found
}

// boundIn returns the tree of the given contexts of a function.
func (c *checker) boundIn(fn *ssa.Function, contexts []ssa.Value) *boundTree {
	t := &boundTree{c: c, index: make(map[ssa.Value]int)}
	for _, ctx := range contexts {
		t.grow(ctx)
	}
	t.sort()
	done := make(map[int]bool)
	for _, x := range t.nodes {
		if finished(x.value) {
			done[x.origin] = true
		}
	}
	for at, i := range t.order {
		if x := &t.nodes[i]; !done[x.origin] && len(c.leaving.with(fn, x.value)) > 0 {
			t.leave = append(t.leave, at)
		}
	}
	return t
}

// grow adds a context and what is bound to it.
func (t *boundTree) grow(ctx ssa.Value) {
	if ctx == nil {
		return
	}
	t.add(ctx, -1, -1, "the context", true)
	for len(t.work) > 0 {
		i := t.work[0]
		t.work = t.work[1:]
		t.follow(i)
	}
}

// add adds a value made from node number parent, unless it is there. Origin -1 stands
// for the value itself.
func (t *boundTree) add(v ssa.Value, parent, origin int, format string, plain bool) {
	if _, known := t.index[v]; known || v == nil {
		return
	}
	i := len(t.nodes)
	if origin < 0 {
		origin = i
	}
	t.index[v] = i
	t.nodes = append(t.nodes, bound{value: v, parent: parent, origin: origin, format: format, plain: plain})
	t.work = append(t.work, i)
}

// sort puts what was made from a node right after it.
func (t *boundTree) sort() {
	children := make([][]int, len(t.nodes))
	var stack []int
	for i, x := range slices.Backward(t.nodes) {
		if x.parent < 0 {
			stack = append(stack, i)
		} else {
			children[x.parent] = append(children[x.parent], i) // the last first
		}
	}
	for len(stack) > 0 {
		i := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		t.nodes[i].from = len(t.order)
		t.order = append(t.order, i)
		stack = append(stack, children[i]...)
	}
	for i := range t.nodes {
		t.nodes[i].to = t.nodes[i].from + 1
	}
	for _, i := range slices.Backward(t.order) {
		if p := t.nodes[i].parent; p >= 0 {
			t.nodes[p].to = max(t.nodes[p].to, t.nodes[i].to)
		}
	}
}

// boundTo returns the numbers of the nodes that are bound to ctx, ctx included.
func (t *boundTree) boundTo(ctx ssa.Value) []int {
	i, ok := t.index[ctx]
	if !ok {
		return nil
	}
	return t.order[t.nodes[i].from:t.nodes[i].to]
}

// leavingWith returns the nodes bound to ctx that leave the function.
func (t *boundTree) leavingWith(ctx ssa.Value) []*bound {
	i, ok := t.index[ctx]
	if !ok {
		return nil
	}
	first, _ := slices.BinarySearch(t.leave, t.nodes[i].from)
	last, _ := slices.BinarySearch(t.leave, t.nodes[i].to)
	var found []*bound
	for _, at := range t.leave[first:last] {
		found = append(found, &t.nodes[t.order[at]])
	}
	return found
}

// what says what a node is for a message about ctx.
func (t *boundTree) what(x *bound, ctx ssa.Value) string {
	before, after := "", ""
	for x.value != ctx && x.parent >= 0 {
		head, tail, relative := strings.Cut(x.format, "%s")
		before, after = before+head, tail+after
		if !relative {
			return before + after
		}
		x = &t.nodes[x.parent]
	}
	return before + "the context" + after
}

// result adds the first result of a call.
func (t *boundTree) result(call *ssa.Call, parent int, what string, plain bool) {
	t.add(ssax.Result(call, 0), parent, -1, what, plain)
}

// same adds a value that is what node i is.
func (t *boundTree) same(v ssa.Value, i int) {
	t.add(v, i, t.nodes[i].origin, "%s", t.nodes[i].plain)
}

func (t *boundTree) follow(i int) {
	x := t.nodes[i]
	refs := x.value.Referrers()
	if refs == nil {
		return
	}
	for _, ref := range *refs {
		switch ref := ref.(type) {
		case *ssa.MakeInterface, *ssa.ChangeInterface, *ssa.ChangeType:
			t.same(ref.(ssa.Value), i)
		case *ssa.Store:
			t.stored(ref, i)
		case *ssa.Call:
			t.called(ref, i)
		case *ssa.FieldAddr:
			if isResponse(x.value.Type()) && ssax.FieldOf(ref).Name() == "Body" {
				t.body(ref, i)
			}
		}
	}
}

// stored follows a value into a variable, or into a struct made here. A field that
// nothing reads holds nothing back.
func (t *boundTree) stored(s *ssa.Store, i int) {
	x := t.nodes[i]
	if s.Val != x.value {
		return
	}
	switch addr := s.Addr.(type) {
	case *ssa.Alloc:
		if onlyStored(addr) == nil {
			return
		}
		for _, ref := range *addr.Referrers() {
			switch ref := ref.(type) {
			case *ssa.UnOp:
				t.same(ref, i)
			case *ssa.MakeClosure:
				if x.plain && worksWith(ref, x.value) {
					t.add(ref, i, x.origin, "a closure over %s", false)
				}
			}
		}
	case *ssa.FieldAddr:
		made, ok := addr.X.(*ssa.Alloc)
		if field := ssax.FieldOf(addr); !ok || field.Pkg() == t.c.pass.Pkg && !field.Exported() && !t.c.reads.has(field) {
			return
		}
		t.add(made, i, x.origin, "a value that holds %s", false)
		for _, ref := range *made.Referrers() {
			if load, ok := ref.(*ssa.UnOp); ok && load.Op == token.MUL {
				t.add(load, i, x.origin, "a value that holds %s", false)
			}
		}
	}
}

// called follows a value through a call that gives something bound to it.
func (t *boundTree) called(call *ssa.Call, i int) {
	x := t.nodes[i]
	if x.plain && web.IsClientStream(call.Call.Signature()) && minds(&call.Call, x.value) {
		t.result(call, i, "the stream", false)
		return
	}
	fn := ssax.Callee(&call.Call)
	if fn == nil {
		return
	}
	if x.plain {
		if arg := ctxlib.DerivesFrom(fn); arg >= 0 && arg < len(call.Call.Args) && call.Call.Args[arg] == x.value {
			t.result(call, i, "a derived context", true)
			return
		}
	}
	for _, e := range keepsContext {
		if e.matches(fn) && x.plain == e.takesContext && !asksForHead(fn, &call.Call) {
			t.result(call, i, e.what, false)
			return
		}
	}
}

// asksForHead reports whether a call makes a request whose response has no body: all
// of it is there when the function that sends the request returns.
func asksForHead(fn *types.Func, call *ssa.CallCommon) bool {
	if !ctxlib.IsFunc(fn, "net/http", "NewRequestWithContext") {
		return false
	}
	k, ok := call.Args[1].(*ssa.Const)
	return ok && k.Value != nil && k.Value.Kind() == constant.String && constant.StringVal(k.Value) == http.MethodHead
}

// body follows the address of resp.Body: what is loaded from it is bound, too.
func (t *boundTree) body(addr *ssa.FieldAddr, i int) {
	for _, ref := range *addr.Referrers() {
		if load, ok := ref.(*ssa.UnOp); ok && load.Op == token.MUL {
			t.add(load, i, t.nodes[i].origin, "the response body", false)
		}
	}
}

// worksWith reports whether a closure captures the variable that holds v, a
// context, and hands it to a call; one that only waits for its end is not harmed.
func worksWith(mc *ssa.MakeClosure, v ssa.Value) bool {
	for i, b := range mc.Bindings {
		cell, ok := b.(*ssa.Alloc)
		if !ok || !same(onlyStored(cell), v) {
			continue
		}
		for _, ref := range *mc.Fn.(*ssa.Function).FreeVars[i].Referrers() {
			load, ok := ref.(*ssa.UnOp)
			if ok && isArgument(load) {
				return true
			}
		}
	}
	return false
}

// isArgument reports whether v, a context, is an argument of some call to
// which it matters when it ends.
func isArgument(v ssa.Value) bool {
	for _, ref := range *v.Referrers() {
		call, ok := ref.(ssa.CallInstruction)
		if ok && slices.Contains(call.Common().Args, v) && !ctxlib.IsFunc(ssax.Callee(call.Common()), "context", "WithoutCancel") && minds(call.Common(), v) {
			return true
		}
	}
	return false
}
