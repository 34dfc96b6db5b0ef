package ctxreset

import (
	"cmp"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/athand"
	"github.com/ctxlint/ctxlint/internal/engine/ctxflow"
	"github.com/ctxlint/ctxlint/internal/engine/fixpoint"
	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/pass/symbol"
)

// rootFact marks a function that returns nothing but fresh contexts, or a package
// variable that holds one.
type rootFact struct {
	Root string // "context.Background" or "context.TODO"
}

func (*rootFact) AFact() {}

// String returns the form in which fixtures assert the fact.
func (f *rootFact) String() string { return "fresh " + f.Root }

// rootKind is what is known of a function's result.
type rootKind string

const (
	noRoot   rootKind = ""
	sameRoot rootKind = "recursion" // nothing but what a recursive call gives, which adds no other root
)

// newRoots returns the solver for the roots from which all contexts that a function
// returns derive.
func (c *checker) newRoots() *fixpoint.Solver[*ssa.Function, rootKind] {
	return fixpoint.New(fixpoint.Problem[*ssa.Function, rootKind]{
		Bottom: sameRoot,
		Step:   c.findRoot,
		Join: func(before, now rootKind) rootKind {
			if before == sameRoot || now == noRoot {
				return now
			}
			return before
		},
		Equal: func(a, b rootKind) bool { return a == b },
		Spent: noRoot,
	})
}

// seed is a place in a function where a fresh context comes into it.
type seed struct {
	value ssa.Value       // the context
	instr ssa.Instruction // the call or load that gives it
	root  root            // what it is
	plain bool            // it has neither a deadline nor values that would be lost with it
}

// rootName is what a reader of the package sees in the source.
func (c *checker) rootName(s *seed) string { return s.root.in(c.pass.Pkg.Path()) }

// seeds returns the fresh contexts of fn, in its order.
func (c *checker) seeds(fn *ssa.Function) []*seed {
	var out []*seed
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			if s := c.seed(instr); s != nil {
				out = append(out, s)
			}
		}
	}
	return out
}

// seed returns the fresh context that instr gives, nil for most instructions.
func (c *checker) seed(instr ssa.Instruction) *seed {
	switch instr := instr.(type) {
	case *ssa.Call:
		root := c.rootOfCall(&instr.Call)
		if root.Kind == noRoot || root.Kind == sameRoot {
			return nil
		}
		s := &seed{value: instr, instr: instr, root: root, plain: root.direct() || c.givesPlain(&instr.Call)}
		if !ctxlib.IsContextual(instr.Type()) { // several results
			s.value = nil
			for _, ref := range *instr.Referrers() {
				if ext, ok := ref.(*ssa.Extract); ok && ctxlib.IsContextual(ext.Type()) {
					s.value = ext
				}
			}
			if s.value == nil {
				return nil
			}
		}
		return s
	case *ssa.UnOp:
		g, ok := instr.X.(*ssa.Global)
		if !ok || instr.Op != token.MUL || !ctxlib.IsContext(instr.Type()) {
			return nil
		}
		if kind := c.rootOfVariable(g); kind != noRoot {
			return &seed{value: instr, instr: instr, root: root{Kind: kind, Var: g.Name()}, plain: c.fields.global(g).plain}
		}
	}
	return nil
}

// rootOfCall returns the root that a call gives: of context.Background, of a
// function that takes neither a context nor a carrier and returns a fresh one,
// or of a function value that can be nothing else.
func (c *checker) rootOfCall(call *ssa.CallCommon) root {
	fn := ssax.Callee(call)
	switch {
	case rootOf(call) != noRoot:
		return root{Kind: rootOf(call)}
	case !returnsContext(call.Signature()) || call.IsInvoke():
		return root{}
	case fn != nil && fn.Pkg() != c.pass.Pkg:
		fact := new(rootFact)
		if c.pass.ImportObjectFact(fn.Origin(), fact) {
			return root{Kind: rootKind(fact.Root), Func: symbol.Of(fn)}
		}
		return root{}
	}
	target := c.target(call)
	if target == nil {
		return root{}
	}
	if obj := ssax.FuncOf(target); obj != nil && (ctxlib.IsRoot(obj) || obj.Pkg() != c.pass.Pkg) {
		if ctxlib.IsRoot(obj) {
			return root{Kind: rootKind("context." + obj.Name())}
		}
		return root{}
	}
	return root{Kind: c.roots.Get(target), Func: c.symbol(target)}
}

// givesPlain reports whether a call of a helper of this package gives a root as
// it is, and not one with a deadline or a value.
func (c *checker) givesPlain(call *ssa.CallCommon) bool {
	fn := c.target(call)
	if fn == nil || len(fn.Blocks) == 0 {
		return false
	}
	return !slices.ContainsFunc(ssax.Returns(fn), func(ret *ssa.Return) bool {
		return len(ret.Results) != 1 || !isPlainRoot(ret.Results[0])
	})
}

func isPlainRoot(v ssa.Value) bool {
	call, ok := v.(*ssa.Call)
	return ok && rootOf(&call.Call) != noRoot
}

func returnsContext(sig *types.Signature) bool {
	for r := range sig.Results().Variables() {
		if ctxlib.IsContextual(r.Type()) {
			return true
		}
	}
	return false
}

// findRoot is the Step of roots. A function that gets a context from its caller
// detaches it on purpose.
func (c *checker) findRoot(fn *ssa.Function) rootKind {
	if !returnsContext(fn.Signature) || c.atHand.Own(fn) != nil || athand.IgnoresContext(fn) || len(fn.Blocks) == 0 {
		return noRoot
	}
	result, root := -1, noRoot
	for i := range fn.Signature.Results().Len() {
		if ctxlib.IsContextual(fn.Signature.Results().At(i).Type()) {
			result = i
		}
	}
	isRoot := func(call *ssa.CallCommon) bool {
		r := c.rootOfCall(call).Kind
		if r != noRoot && c.report.Detached(call.Pos()) {
			return false // whoever gets it, gets it on purpose
		}
		if root == noRoot || root == sameRoot {
			root = cmp.Or(r, root)
		}
		return r != noRoot
	}
	for _, ret := range ssax.Returns(fn) {
		if result < len(ret.Results) && !ctxflow.Of(ret.Results[result], isRoot).OnlyRoot() {
			return noRoot
		}
	}
	return root
}

// rootOfVariable returns the root that a package variable always holds: it is only
// assigned in its declaration.
func (c *checker) rootOfVariable(g *ssa.Global) rootKind {
	obj, ok := g.Object().(*types.Var)
	if !ok {
		return noRoot
	}
	if g.Pkg.Pkg != c.pass.Pkg {
		fact := new(rootFact)
		if c.pass.ImportObjectFact(obj, fact) {
			return rootKind(fact.Root)
		}
		return noRoot
	}
	return c.fields.global(g).root
}
