package cancelleak

import (
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/mustcall"
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
// and what the functions of [ctxlib.Keeps] give for a call with it. What is bound to
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
