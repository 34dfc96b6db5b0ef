package mustcall

import (
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
)

// graph is what all obligations of one function share: its blocks in order, its
// branches, and what holds at a block whatever the obligation. It knows only
// SSA, and computes each part when it is first asked for.
type graph struct {
	fn       *ssa.Function
	branches *Branches

	rank   []int  // by index of a block: its place in an order in which only cycles lead back
	stage  []int  // by index: control gets only to blocks of the same or a later stage
	cyclic []bool // by index: the block may be in a cycle

	places map[ssa.Instruction]int // in its block
	exits  []*ssa.BasicBlock       // that run deferred calls
	reach  *ssax.BlockReach
	loops  *ssax.Loops

	keys     map[term]*users                // of the branches that test one condition
	subjects map[term]*users                // of the branches that compare a subject with constants
	spent    int                            // the number of branches that are too large to be compared
	bearing  map[ssa.Value]bool             // phis and variables on which the outcome of some branch depends
	holders  map[ssa.Value]*users           // of the branches whose outcome depends on a given phi or variable
	given    map[*ssa.BasicBlock]*givenFact // what the branches in dominating blocks say
	mark     []int                          // by index: the last walk that visited the block
	walks    int

	idle       [][]bits                   // zeros, see borrow
	controlled [][]*ssa.BasicBlock        // by index: the branches that decide whether control gets to a block
	after      []int                      // by index: the index of the next post-dominator, -1 for the end
	enter      []int                      // by index: the place of a block in the tree of post-dominators, before those below it
	leave      []int                      // by index: the last such place below it
	final      *relevance                 // of what matters to all obligations
	shared     *slice                     // of final
	base       *relevance                 // of what else has to be looked at whatever the obligation
	upShared   []int                      // by index: the nearest block in final or base that is the block or post-dominates it, -1 if there is none
	stores     map[term][]*ssa.BasicBlock // with a store, by its address
}

// givenFact is what holds at the start of a block because all paths to it take
// one side of a branch, linked to what holds at the branch.
type givenFact struct {
	fact
	outer *givenFact
}

// graphOf returns the graph of a function.
func (p *Protocol) graphOf(fn *ssa.Function) *graph {
	g, ok := p.graphs[fn]
	if !ok {
		g = newGraph(fn)
		if p.graphs == nil {
			p.graphs = make(map[*ssa.Function]*graph)
		}
		p.graphs[fn] = g
	}
	return g
}

func newGraph(fn *ssa.Function) *graph {
	g := &graph{
		fn:       fn,
		branches: NewBranches(),
		reach:    ssax.NewBlockReach(fn),
		holders:  make(map[ssa.Value]*users),
		given:    make(map[*ssa.BasicBlock]*givenFact),
		mark:     make([]int, len(fn.Blocks)),
	}
	g.order()
	return g
}

// order numbers the blocks in reverse postorder, so that every cycle lies
// between the two ends of an edge that leads back.
func (g *graph) order() {
	n := len(g.fn.Blocks)
	g.rank, g.stage, g.cyclic = make([]int, n), make([]int, n), make([]bool, n)
	ordered, left := make([]*ssa.BasicBlock, n), n
	seen := make([]bool, n)
	for _, root := range slices.Backward(g.fn.Blocks) { // the entry last; the recover block cannot be reached from it
		if len(root.Preds) == 0 || root.Index == 0 {
			postorder(root, seen, func(b *ssa.BasicBlock) {
				left--
				g.rank[b.Index], ordered[left] = left, b
			})
		}
	}
	stage, last := 0, -1 // the highest rank from which an edge leads back to here or before
	for i, b := range ordered[left:] {
		for _, p := range b.Preds {
			if from := g.rank[p.Index]; from >= left+i {
				last = max(last, from)
			}
		}
		g.stage[b.Index], g.cyclic[b.Index] = stage, last >= left+i
		if last <= left+i {
			stage++
		}
	}
}

// postorder calls done for each block that can be reached from root and is not
// seen yet, after the blocks that it leads to.
func postorder(root *ssa.BasicBlock, seen []bool, done func(*ssa.BasicBlock)) {
	type visit struct {
		b    *ssa.BasicBlock
		next int
	}
	seen[root.Index] = true
	for stack := []visit{{root, 0}}; len(stack) > 0; {
		top := &stack[len(stack)-1]
		if top.next == len(top.b.Succs) {
			done(top.b)
			stack = stack[:len(stack)-1]
			continue
		}
		s := top.b.Succs[top.next]
		top.next++
		if !seen[s.Index] {
			seen[s.Index] = true
			stack = append(stack, visit{s, 0})
		}
	}
}

// reaches reports whether a path of at least one edge leads from a to b.
func (g *graph) reaches(a, b *ssa.BasicBlock) bool {
	switch {
	case g.stage[a.Index] > g.stage[b.Index], a == b && !g.cyclic[a.Index]:
		return false
	case a != b && a.Dominates(b) || g.meets(a, b):
		return true
	}
	return g.reach.Reaches(a, b)
}

// maxMeets bounds how far after a the place is looked for from which control always
// gets to b, or at least may, before all paths are taken.
const maxMeets = 4

// meets reports whether all paths from a go through a block, not far away, that is on
// all paths to b.
func (g *graph) meets(a, b *ssa.BasicBlock) bool {
	if g.after == nil {
		return false
	}
	for range maxMeets {
		next := g.after[a.Index]
		if next < 0 {
			return false
		}
		if a = g.fn.Blocks[next]; a.Dominates(b) {
			return true
		}
	}
	return false
}

// place returns the number of an instruction of the function in its block.
func (g *graph) place(instr ssa.Instruction) int {
	if g.places == nil {
		g.places = make(map[ssa.Instruction]int)
		for _, b := range g.fn.Blocks {
			for i, instr := range b.Instrs {
				g.places[instr] = i
			}
		}
	}
	return g.places[instr]
}

// ends returns the blocks that run deferred calls.
func (g *graph) ends() []*ssa.BasicBlock {
	if g.exits == nil {
		for _, b := range g.fn.Blocks {
			if slices.ContainsFunc(b.Instrs, func(instr ssa.Instruction) bool { _, ok := instr.(*ssa.RunDefers); return ok }) {
				g.exits = append(g.exits, b)
			}
		}
	}
	return g.exits
}

// branchOf returns the condition of the branch at the end of b, or nil if there
// is none.
func (g *graph) branchOf(b *ssa.BasicBlock) *condition {
	if instr := ssax.BranchOf(b); instr != nil {
		return g.branches.condition(instr.Cond)
	}
	return nil
}

// index looks at all branches of the function.
func (g *graph) index() {
	if g.keys != nil {
		return
	}
	g.keys, g.subjects, g.bearing = make(map[term]*users), make(map[term]*users), make(map[ssa.Value]bool)
	add := func(m map[term]*users, key term, b *ssa.BasicBlock) {
		if m[key] == nil {
			m[key] = new(users)
		}
		m[key].blocks = append(m[key].blocks, b)
	}
	var conds []ssa.Value
	for _, b := range g.fn.Blocks {
		c := g.branchOf(b)
		if c == nil {
			continue
		}
		if c.spent {
			g.spent++
		}
		conds = append(conds, ssax.BranchOf(b).Cond)
		add(g.keys, c.key, b)
		if c.subject != 0 {
			add(g.subjects, c.subject, b)
		}
	}
	bear(conds, g.bearing)
}

// bear adds, to found, what the given values depend on: phis and the contents of
// variables, and whatever those get their values from.
func bear(values []ssa.Value, found map[ssa.Value]bool) {
	work := slices.Clone(values)
	for len(work) > 0 {
		v := work[len(work)-1]
		work = work[:len(work)-1]
		if found[v] {
			continue
		}
		found[v] = true
		switch v := v.(type) {
		case *ssa.Phi:
			work = append(work, v.Edges...)
		case *ssa.UnOp:
			work = append(work, v.X)
		case *ssa.Alloc:
			for _, s := range ssax.StoresTo(v) {
				work = append(work, s.Val)
			}
		case *ssa.BinOp:
			work = append(work, v.X, v.Y)
		case *ssa.ChangeType:
			work = append(work, v.X)
		case *ssa.MakeInterface:
			work = append(work, v.X)
		}
	}
}

// facts returns what holds at the start of b because every path to it takes one
// side of a branch, the innermost first.
func (g *graph) facts(b *ssa.BasicBlock) *givenFact {
	// Start from the outermost block that is not known yet: it may be far up.
	var chain []*ssa.BasicBlock
	for ; b != nil; b = b.Idom() {
		if _, ok := g.given[b]; ok {
			break
		}
		chain = append(chain, b)
	}
	known := g.given[b]
	for _, b := range slices.Backward(chain) {
		if d := b.Idom(); d != nil && len(b.Preds) == 1 {
			if f, ok := g.factOf(d, b); ok {
				known = &givenFact{f, known}
			}
		}
		g.given[b] = known
	}
	return known
}

// factOf returns what an edge says about the condition at the end of the block
// that it leaves, if some other branch can use that.
func (g *graph) factOf(from, to *ssa.BasicBlock) (fact, bool) {
	c := g.branchOf(from)
	if c == nil {
		return fact{}, false
	}
	return g.useful(c, from.Succs[0] == to)
}

// useful returns the fact that a branch was taken, or not, if some other branch
// can use it. That x is not A matters only to another test for A.
func (g *graph) useful(c *condition, taken bool) (fact, bool) {
	f := fact{c.key, taken != c.negated}
	return f, g.keys[c.key].several() || f.holds && c.subject != 0 && g.subjects[c.subject].several()
}

// mayUse reports whether some branch that control can get to from the start of b
// can use f.
func (g *graph) mayUse(f fact, b *ssa.BasicBlock) bool {
	return g.mayAsk(g.keys[f.key], b) || f.holds && g.mayAsk(g.subjects[g.subjectOf(f.key)], b)
}

// subjectOf returns what the condition with the given key compares with a constant.
func (g *graph) subjectOf(key term) term {
	if k := &g.branches.terms.infos[key]; k.op == opBinary && k.tok == token.EQL && g.branches.terms.infos[k.y].op == opConst {
		return k.x
	}
	return 0
}
