package cancelleak

import (
	"go/constant"
	"go/token"
	"go/types"
	"net/http"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/mustcall"
	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/model/web"
	"github.com/ctxlint/ctxlint/internal/pass/catalog"
)

// bound is a value that is of no use once a context is done.
type bound struct {
	value  ssa.Value
	parent int    // the number of the value from which it was made, -1 for that of a site
	origin int    // the number of what value is, or holds, in the first place: a result of a call
	format string // for the message: what it is, with %s for what parent is
	plain  bool   // a context
	keeps  bool   // something that only holds a context: it uses nothing up
	reads  bool   // a call that gets it may read, or use up, what it holds
	on     int    // the number of the switch that says whether it is bound on a path, see [mustcall.Bindings]; -1 if it always is

	closure *ssa.MakeClosure   // that it is, or nil
	sure    catalog.Confidence // that it is bound

	from, to int // of it, and what was made from it, in the order of [boundTree.order]
}

// boundTree has the values of one function that are of no use once a context is done
// that the function makes: the context, contexts derived from it, values that hold it,
// and what the functions of [keepsContext] give for a call with it. What is bound to
// two contexts is listed for the first. All contexts of a function share the tree:
// what is bound to one is a range of its order.
type boundTree struct {
	c        *checker
	nodes    []bound
	index    map[ssa.Value]int
	order    []int                     // numbers of nodes: each before those made from it
	leave    []int                     // of order: those that leave the function, see [leaving]
	switches []int                     // of order: those whose own paths say whether they are bound
	done     map[int][]ssa.Instruction // by origin: what the function does with it for which the context is needed
	work     []int
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
	t := c.newTree()
	for _, ctx := range contexts {
		t.grow(ctx)
	}
	t.finish()
	for at, i := range t.order {
		if x := &t.nodes[i]; len(t.done[x.origin]) == 0 && len(c.leaving.with(fn, x.value)) > 0 {
			t.leave = append(t.leave, at)
		}
	}
	return t
}

// finish completes the tree, to which nothing is added any more.
func (t *boundTree) finish() {
	t.sort()
	for at, i := range t.order {
		if t.nodes[i].on == i {
			t.switches = append(t.switches, at)
		}
	}
	for i := range t.nodes {
		x := &t.nodes[i]
		t.done[x.origin] = append(t.done[x.origin], t.finished(x)...)
	}
}

func (c *checker) newTree() *boundTree {
	return &boundTree{c: c, index: make(map[ssa.Value]int), done: make(map[int][]ssa.Instruction)}
}

// grow adds a context and what is bound to it.
func (t *boundTree) grow(ctx ssa.Value) {
	if ctx == nil {
		return
	}
	t.add(bound{value: ctx, parent: -1, origin: -1, format: "the context", plain: true, on: -1})
	t.run()
}

func (t *boundTree) run() {
	for len(t.work) > 0 {
		i := t.work[0]
		t.work = t.work[1:]
		t.follow(i)
	}
}

// add adds a value, unless it is there. Origin -1 stands for the value itself.
func (t *boundTree) add(x bound) {
	if _, known := t.index[x.value]; known || x.value == nil {
		return
	}
	i := len(t.nodes)
	if x.origin < 0 {
		x.origin = i
	}
	t.index[x.value] = i
	t.nodes = append(t.nodes, x)
	t.work = append(t.work, i)
}

// made adds a value that is made from node i, and a thing of its own.
func (t *boundTree) made(v ssa.Value, i int, format string, plain bool, sure catalog.Confidence) {
	x := t.nodes[i]
	t.add(bound{value: v, parent: i, origin: -1, format: format, plain: plain, on: x.on, sure: max(x.sure, sure)})
}

// part adds a value that holds, or is a part of, what node i is.
func (t *boundTree) part(v ssa.Value, i int, format string) {
	x := t.nodes[i]
	keeps := x.plain || x.keeps
	t.add(bound{value: v, parent: i, origin: x.origin, format: format, keeps: keeps, reads: !keeps, on: x.on, sure: x.sure})
}

// same adds a value that is what node i is.
func (t *boundTree) same(v ssa.Value, i int) {
	x := t.nodes[i]
	x.value, x.parent, x.format = v, i, "%s"
	t.add(x)
}

// perhaps adds a phi, a variable or a load of one that is what node i is, on some
// paths.
func (t *boundTree) perhaps(v ssa.Value, i int) {
	x := t.nodes[i]
	x.value, x.parent, x.format, x.on = v, i, "%s", len(t.nodes)
	t.add(x)
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

// nodeOf returns the node that v is a copy of, or nil.
func (t *boundTree) nodeOf(v ssa.Value) *bound {
	for _, w := range copies(v) {
		if i, ok := t.index[w]; ok {
			return &t.nodes[i]
		}
	}
	return nil
}

// bindings returns on what it depends which of the nodes that are bound to ctx are so
// on a path.
func (t *boundTree) bindings(ctx ssa.Value) *mustcall.Bindings {
	b, number := new(mustcall.Bindings), make(map[int]int)
	root := &t.nodes[t.index[ctx]]
	first, _ := slices.BinarySearch(t.switches, root.from+1)
	last, _ := slices.BinarySearch(t.switches, root.to)
	for _, at := range t.switches[first:last] {
		i := t.order[at]
		number[i] = len(b.Switches)
		b.Switches = append(b.Switches, t.nodes[i].value)
	}
	b.On = func(v ssa.Value) (int, bool) {
		i, ok := t.index[v]
		if !ok || t.nodes[i].from < root.from || t.nodes[i].from >= root.to {
			return 0, false
		}
		if n, ok := number[t.nodes[i].on]; ok {
			return n, true
		}
		return -1, true
	}
	return b
}

func (t *boundTree) follow(i int) {
	x := t.nodes[i]
	refs := x.value.Referrers()
	if refs == nil {
		return
	}
	if _, captured := x.value.(*ssa.FreeVar); captured {
		t.loads(x.value, i, t.same)
		return
	}
	for _, ref := range *refs {
		switch ref := ref.(type) {
		case *ssa.MakeInterface, *ssa.ChangeInterface, *ssa.ChangeType:
			t.same(ref.(ssa.Value), i)
		case *ssa.TypeAssert:
			if !ref.CommaOk {
				t.same(ref, i)
			}
		case *ssa.Phi:
			t.perhaps(ref, i)
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

// loads follows the contents of a variable, given its address: how says what becomes
// of a load. Closures over it are bound if they do something with it.
func (t *boundTree) loads(cell ssa.Value, i int, how func(ssa.Value, int)) {
	for _, ref := range *cell.Referrers() {
		switch ref := ref.(type) {
		case *ssa.UnOp:
			how(ref, i)
		case *ssa.MakeClosure:
			if t.nodes[i].plain && worksWith(ref, cell) {
				t.part(ref, i, "a closure over %s")
				t.nodes[t.index[ref]].closure = ref
			}
		}
	}
}

// stored follows a value into a variable, or into a struct made here. A context in a
// field that nothing reads holds nothing back.
func (t *boundTree) stored(s *ssa.Store, i int) {
	x := t.nodes[i]
	if s.Val != x.value {
		return
	}
	switch addr := s.Addr.(type) {
	case *ssa.Alloc:
		switch stores := ssax.StoresTo(addr); {
		case len(stores) == 1:
			t.loads(addr, i, t.same)
		case onlyStored(addr) != nil: // besides the parameter
			t.perhaps(addr, i)
			t.loads(addr, t.index[addr], t.perhaps)
		default:
			t.perhaps(addr, i)
			for _, ref := range *addr.Referrers() {
				if load, ok := ref.(*ssa.UnOp); ok {
					t.perhaps(load, t.index[addr])
				}
			}
		}
	case *ssa.FieldAddr:
		made := madeHere(addr)
		if field := ssax.FieldOf(addr); made == nil || x.plain && field.Pkg() == t.c.pass.Pkg && !field.Exported() && !t.c.reads.has(field) {
			return
		}
		t.part(made, i, "a value that holds %s")
		for _, ref := range *made.Referrers() {
			if load, ok := ref.(*ssa.UnOp); ok && load.Op == token.MUL {
				t.part(load, i, "a value that holds %s")
			}
		}
	}
}

// madeHere returns the struct that has a field, or a field of a field, at addr, if the
// function makes it.
func madeHere(addr *ssa.FieldAddr) *ssa.Alloc {
	for {
		switch x := addr.X.(type) {
		case *ssa.Alloc:
			return x
		case *ssa.FieldAddr:
			addr = x
		default:
			return nil
		}
	}
}

// called follows a value through a call that gives something bound to it.
func (t *boundTree) called(call *ssa.Call, i int) {
	x := t.nodes[i]
	if x.plain && web.IsClientStream(call.Call.Signature()) && minds(&call.Call, x.value) {
		t.made(ssax.Result(call, 0), i, "the stream", false, catalog.High)
		return
	}
	fn := ssax.Callee(&call.Call)
	if fn != nil && x.plain {
		if arg := ctxlib.DerivesFrom(fn); arg >= 0 && arg < len(call.Call.Args) && call.Call.Args[arg] == x.value {
			t.made(ssax.Result(call, 0), i, "a derived context", true, catalog.High)
			return
		}
	}
	if fn != nil {
		for _, e := range keepsContext {
			if e.matches(fn) && x.plain == e.takesContext && !asksForHead(fn, &call.Call) {
				t.made(ssax.Result(call, 0), i, e.what, false, catalog.High)
				return
			}
		}
	}
	if wraps(fn) && !x.plain {
		t.part(ssax.Result(call, 0), i, "the reader")
		return
	}
	t.lives(call, i)
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
			t.part(load, i, "the response body")
		}
	}
}

// worksWith reports whether a closure over a variable that holds a context hands the
// context to a call, itself or in a literal within it; one that only waits for its end
// is not harmed. The address is that of the variable, or the variable that the
// function around the closure has captured.
func worksWith(mc *ssa.MakeClosure, addr ssa.Value) bool {
	for i, b := range mc.Bindings {
		if b != addr {
			continue
		}
		captured := mc.Fn.(*ssa.Function).FreeVars[i]
		for _, ref := range *captured.Referrers() {
			switch ref := ref.(type) {
			case *ssa.UnOp:
				if isArgument(ref) {
					return true
				}
			case *ssa.MakeClosure:
				if worksWith(ref, captured) {
					return true
				}
			}
		}
	}
	return false
}

// worksWithValue is like worksWith for the variable that holds v and nothing else.
func worksWithValue(mc *ssa.MakeClosure, v ssa.Value) bool {
	return slices.ContainsFunc(mc.Bindings, func(b ssa.Value) bool {
		cell, ok := b.(*ssa.Alloc)
		return ok && same(onlyStored(cell), v) && worksWith(mc, cell)
	})
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
