package concurrency

import (
	"cmp"
	"fmt"
	"go/constant"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/mustcall"
	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
)

// A Walk follows the paths of a function and counts, on each, what the caller
// wants counted. A test that occurs twice on a path has the same outcome both
// times.
type Walk struct {
	// Step returns the count after an instruction, given the count before it.
	// If stop is true, the path is not followed any further.
	Step func(instr ssa.Instruction, n int) (after int, stop bool)

	// Cross does the same for an edge. It may be nil.
	Cross func(e ssax.Edge, n int) (after int, stop bool)
}

// maxStates bounds the work of one walk. A function with more states is not
// understood.
const maxStates = 4000

// Walk walks all paths of fn that begin with the instruction after start, or at the
// entry if start is nil, with the count n. ok is false if there are too many states.
func (p *Package) Walk(fn *ssa.Function, start ssa.Instruction, n int, w *Walk) (ok bool) {
	block, at := fn.Blocks[0], 0
	if start != nil {
		block = start.Block()
		at = slices.Index(block.Instrs, start) + 1
	}
	s := &walker{Walk: w, tests: p.testsOf(fn), seen: make(map[string]bool)}
	s.todo = []position{{block, at, n, s.dominating(block)}}
	for len(s.todo) > 0 {
		if len(s.seen) > maxStates {
			return false
		}
		pos := s.todo[len(s.todo)-1]
		s.todo = s.todo[:len(s.todo)-1]
		s.run(pos)
	}
	return true
}

type walker struct {
	*Walk
	*tests
	todo []position
	seen map[string]bool
}

// tests are the branch conditions of a function.
type tests struct {
	branches *mustcall.Branches
	nilTests map[*ssa.Phi]bool     // those on which a test for nil depends
	repeated map[mustcall.Key]bool // what more than one branch tests, and the variables that a path may set
	informed []*ssa.BasicBlock     // by block: the nearest above it, or itself, where control knows something new; nil if there is none
}

// testsOf returns the tests of fn.
func (p *Package) testsOf(fn *ssa.Function) *tests {
	if t := p.tests[fn]; t != nil {
		return t
	}
	t := &tests{mustcall.NewBranches(), nilTested(fn), make(map[mustcall.Key]bool), nil}
	p.tests[fn] = t
	once := make(map[mustcall.Key]bool)
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			if phi, ok := instr.(*ssa.Phi); ok {
				if key, ok := t.variable(phi); ok {
					t.repeated[key(phi)] = true
					for _, e := range phi.Edges {
						t.repeated[key(e)] = true // what is known of it holds for the variable
					}
				}
			}
		}
		if branch := ssax.BranchOf(b); branch != nil {
			key := t.branches.Of(branch).Key
			t.repeated[key] = t.repeated[key] || once[key]
			once[key] = true
		}
	}
	t.inform(fn)
	return t
}

// inform fills t.informed, so that a walk from deep in a function need not look at every
// block above it.
func (t *tests) inform(fn *ssa.Function) {
	t.informed = make([]*ssa.BasicBlock, len(fn.Blocks))
	for _, b := range fn.DomPreorder() {
		up := b.Idom()
		if up == nil {
			continue
		}
		t.informed[b.Index] = t.informed[up.Index]
		if branch := ssax.BranchOf(up); branch != nil && len(b.Preds) == 1 && b.Preds[0] == up && t.repeated[t.branches.Of(branch).Key] {
			t.informed[b.Index] = b
		}
	}
}

// variable returns how conditions on the variable phi are identified; ok is false if
// no test asks what it is.
func (t *tests) variable(phi *ssa.Phi) (key func(ssa.Value) mustcall.Key, ok bool) {
	if t.nilTests[phi] {
		return t.branches.NilKeyOf, true
	}
	return t.branches.KeyOf, types.Identical(phi.Type().Underlying(), types.Typ[types.Bool])
}

// position is a state of the search: what comes next, and what is known.
type position struct {
	block *ssa.BasicBlock
	at    int
	n     int
	known outcomes
}

// outcomes are the outcomes of the tests on a path, sorted by key.
type outcomes []outcome

type outcome struct {
	key   mustcall.Key
	holds bool
	deps  []*ssa.BasicBlock
}

func (o outcomes) find(key mustcall.Key) (holds, ok bool) {
	for _, x := range o {
		if x.key == key {
			return x.holds, true
		}
	}
	return false, false
}

func (o outcomes) with(x outcome) outcomes {
	i, found := slices.BinarySearchFunc(o, x.key, func(x outcome, key mustcall.Key) int { return cmp.Compare(x.key, key) })
	if found {
		return o
	}
	return slices.Insert(slices.Clone(o), i, x)
}

// dominating returns the outcomes of tests that control needs in order to get
// to b.
func (s *walker) dominating(b *ssa.BasicBlock) outcomes {
	var known outcomes
	for d := s.informed[b.Index]; d != nil; d = s.informed[d.Idom().Index] {
		up := d.Idom()
		known = s.learn(known, ssax.BranchOf(up), up.Succs[0] == d)
	}
	return known
}

func (s *walker) learn(known outcomes, branch *ssa.If, taken bool) outcomes {
	t := s.branches.Of(branch)
	if !s.repeated[t.Key] {
		return known // nothing else on the path depends on it
	}
	return known.with(outcome{t.Key, taken != t.Negated, t.Deps})
}

func (s *walker) run(pos position) {
	if pos.at == 0 {
		key := pos.key()
		if s.seen[key] {
			return
		}
		s.seen[key] = true
	}
	n := pos.n
	for _, instr := range pos.block.Instrs[pos.at:] {
		var stop bool
		if n, stop = s.Step(instr, n); stop {
			return
		}
	}
	for i := range pos.block.Succs {
		s.follow(ssax.Edge{From: pos.block, Succ: i}, n, pos.known)
	}
}

func (pos position) key() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d %d", pos.block.Index, pos.n)
	for _, o := range pos.known {
		fmt.Fprintf(&b, " %d=%t", o.key, o.holds)
	}
	return b.String()
}

// follow continues along an edge, unless what is known rules it out.
func (s *walker) follow(e ssax.Edge, n int, known outcomes) {
	if branch := ssax.BranchOf(e.From); branch != nil {
		t := s.branches.Of(branch)
		if holds, ok := known.find(t.Key); ok && (holds != t.Negated) != (e.Succ == 0) {
			return
		}
		known = s.learn(known, branch, e.Succ == 0)
	}
	if s.Cross != nil {
		var stop bool
		if n, stop = s.Cross(e, n); stop {
			return
		}
	}
	to, before := e.To(), known
	if to.Dominates(e.From) {
		// The next iteration computes the values of the loop again.
		known = slices.DeleteFunc(slices.Clone(known), func(o outcome) bool {
			return len(o.deps) == 0 || slices.ContainsFunc(o.deps, to.Dominates)
		})
	}
	s.todo = append(s.todo, position{to, 0, n, s.variables(known, before, e)})
}

// variables records what the edge assigns to variables that later tests ask about:
// to flags, and to those that are tested for nil. before is what was known at the
// end of the block.
func (s *walker) variables(known, before outcomes, e ssax.Edge) outcomes {
	to := e.To()
	at := slices.Index(to.Preds, e.From)
	for _, instr := range to.Instrs {
		phi, ok := instr.(*ssa.Phi)
		if !ok {
			break
		}
		key, ok := s.variable(phi)
		if !ok {
			continue
		}
		of, value := boolean, phi.Edges[at]
		if s.nilTests[phi] {
			of = nilness
		}
		variable := key(phi)
		known = slices.DeleteFunc(slices.Clone(known), func(o outcome) bool { return o.key == variable })
		holds, ok := of(value)
		if !ok {
			holds, ok = before.find(key(value))
		}
		if ok {
			known = known.with(outcome{variable, holds, []*ssa.BasicBlock{to}})
		}
	}
	return known
}

// boolean returns the value of a constant.
func boolean(v ssa.Value) (holds, ok bool) {
	k, isConst := v.(*ssa.Const)
	if !isConst || k.Value == nil || k.Value.Kind() != constant.Bool {
		return false, false
	}
	return constant.BoolVal(k.Value), true
}

// nilness reports whether v is nil, as far as that can be told from what makes it. A
// function that returns a pointer and no error is taken to make something.
func nilness(v ssa.Value) (isNil, ok bool) {
	switch v := v.(type) {
	case *ssa.Const:
		return v.IsNil(), v.IsNil()
	case *ssa.Alloc, *ssa.MakeInterface, *ssa.MakeChan, *ssa.MakeMap, *ssa.MakeSlice, *ssa.MakeClosure, *ssa.Function, *ssa.FieldAddr:
		return false, true
	case *ssa.Call:
		_, isPointer := v.Type().Underlying().(*types.Pointer)
		return false, isPointer || ctxlib.MakesError(ssax.Callee(&v.Call))
	}
	return false, false
}

// nilTested returns the variables of fn whose values some test for nil depends on.
func nilTested(fn *ssa.Function) map[*ssa.Phi]bool {
	tested := make(map[*ssa.Phi]bool)
	var add func(v ssa.Value)
	add = func(v ssa.Value) {
		phi, ok := v.(*ssa.Phi)
		if !ok || tested[phi] {
			return
		}
		tested[phi] = true
		for _, e := range phi.Edges {
			add(e)
		}
	}
	for _, b := range fn.Blocks {
		if branch := ssax.BranchOf(b); branch != nil {
			if cmp, ok := branch.Cond.(*ssa.BinOp); ok && ssax.IsNil(cmp.Y) {
				add(cmp.X)
			}
		}
	}
	return tested
}

// Ends reports whether the instruction ends the path without a return: a panic,
// or a call with which a test fails.
func Ends(instr ssa.Instruction) bool {
	_, ok := instr.(*ssa.Panic)
	return ok
}

// isClosed returns the receive that the edge depends on by its second result
// (whether the channel is still open), and whether the edge is the one for a
// closed channel.
func isClosed(e ssax.Edge) (recv *ssa.UnOp, closed bool) {
	branch := ssax.BranchOf(e.From)
	if branch == nil {
		return nil, false
	}
	x, ok := branch.Cond.(*ssa.Extract)
	if !ok || x.Index != 1 {
		return nil, false
	}
	recv, ok = x.Tuple.(*ssa.UnOp)
	if !ok || recv.Op != token.ARROW {
		return nil, false
	}
	return recv, e.Succ == 1
}
