package ctxreset

import (
	"cmp"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/conditions"
	"github.com/ctxlint/ctxlint/internal/engine/ctxflow"
	"github.com/ctxlint/ctxlint/internal/engine/ctxuse"
	"github.com/ctxlint/ctxlint/internal/engine/designs"
	"github.com/ctxlint/ctxlint/internal/engine/fixpoint"
	"github.com/ctxlint/ctxlint/internal/engine/purpose"
	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/words"
	"github.com/ctxlint/ctxlint/internal/pass/callpath"
	"github.com/ctxlint/ctxlint/internal/pass/scope"
)

// chainFact says that a function which takes no context gives a fresh one to
// work, itself or through others. The chain is complete: facts of packages that
// are imported indirectly are not relied on.
type chainFact struct {
	Module string        // path of the function's module, "" if the driver does not tell
	Hops   callpath.Path // from the function itself down to the one that makes the context
	Root   root          // the fresh context
	Work   work          // what gets it
	// Timeout says that the function which makes it gives it a deadline.
	Timeout bool
	At      string          // where it is made, by [location.Of]
	Design  *designs.Design // to which the function that makes it belongs, nil if it is to none
	Twin    string          // the name of the function to call instead of the first one, where there is one
	Last    string          // likewise for the last one, if the chain has others

	Conditions []conditions.Condition // about parameters of the function itself: all have to hold

	Explained bool // comments in the chain say in plain words that it is meant
	Likely    bool // that the work cares for the end of its context is likely, not proved
	Alters    bool // the work may be meant to be finished once it is begun
}

func (*chainFact) AFact() {}

// String returns the form in which fixtures assert the fact.
func (f *chainFact) String() string {
	return f.Hops.String() + ": " + f.Root.in("")
}

// exportFacts exports the chains of the package's functions, and the functions
// and variables that give fresh contexts.
func (c *checker) exportFacts() {
	if scope.IsStandard(c.pass) {
		return
	}
	for _, fn := range c.builder.SSA().Funcs {
		obj, ok := fn.Object().(*types.Func)
		if !ok || fn.Parent() != nil {
			continue
		}
		c.report.Guard(fn.Pos(), func() {
			if fact := c.chains.Get(fn); fact != nil {
				c.pass.ExportObjectFact(obj, fact)
			}
			if root := c.roots.Get(fn); root != noRoot && root != sameRoot {
				c.pass.ExportObjectFact(obj, &rootFact{string(root)})
			}
		})
	}
	for _, name := range c.pass.Pkg.Scope().Names() {
		v, ok := c.pass.Pkg.Scope().Lookup(name).(*types.Var)
		if !ok {
			continue
		}
		if g := c.builder.SSA().Pkg.Var(name); g != nil && isContextVar(v) {
			if root := c.rootOfVariable(g); root != noRoot {
				c.pass.ExportObjectFact(v, &rootFact{string(root)})
			}
		}
	}
}

// newChains returns the solver for the chains that begin with functions of the
// package. A recursive call adds nothing to a function's own chain. Of several
// equal chains through a cycle, each function has one with the fewest calls.
func (c *checker) newChains() *fixpoint.Solver[*ssa.Function, *chainFact] {
	return fixpoint.New(fixpoint.Problem[*ssa.Function, *chainFact]{
		Step:  c.findChain,
		Join:  worse,
		Equal: func(a, b *chainFact) bool { return a == b },
	})
}

// findChain is the Step of chains.
func (c *checker) findChain(fn *ssa.Function) *chainFact {
	if !c.reaching()[ssax.FuncOf(fn)] || !c.mayBeHelper(fn) {
		return nil
	}
	var fact *chainFact
	for _, candidate := range c.candidates(fn) {
		fact = worse(fact, candidate)
	}
	if fact == nil {
		return nil
	}
	return c.headed(fn, fact)
}

// reaching returns the functions of the package from which calls may lead to a fresh
// context. Most functions of most packages are none of them, and have no chain.
func (c *checker) reaching() map[*types.Func]bool {
	if c.reach == nil {
		methods := make(map[string]bool) // of other packages, with a chain
		for _, f := range c.pass.AllObjectFacts() {
			if _, ok := f.Fact.(*chainFact); ok && f.Object.Pkg() != c.pass.Pkg {
				methods[f.Object.Name()] = true
			}
		}
		c.reach = ssax.Reaching(c.builder.SSA().Funcs, func(fn *ssa.Function) bool {
			return ssax.Any(fn, func(instr ssa.Instruction) bool { return c.seed(instr) != nil || c.leaves(instr, methods) })
		}, c.target)
	}
	return c.reach
}

// leaves reports whether an instruction may call a function of another package that has
// a chain. methods are the names of those that are methods.
func (c *checker) leaves(instr ssa.Instruction, methods map[string]bool) bool {
	call, ok := instr.(ssa.CallInstruction)
	switch {
	case !ok:
		return false
	case call.Common().IsInvoke():
		return methods[call.Common().Method.Name()]
	}
	target := c.target(call.Common())
	if target == nil {
		return false
	}
	fn := ssax.FuncOf(target)
	return fn != nil && fn.Pkg() != c.pass.Pkg && c.chainOfFunc(fn) != nil
}

// candidates returns all chains of fn, of which [checker.findChain] takes the worst.
func (c *checker) candidates(fn *ssa.Function) []*chainFact {
	return append(c.ownResets(fn), c.calleesResets(fn)...)
}

// headed returns the chain as one that begins with fn, nil if none can.
func (c *checker) headed(fn *ssa.Function, fact *chainFact) *chainFact {
	sig := c.prescribed.Of(fn)
	if sig.Fixed() {
		return nil
	}
	head := *fact
	if sig.Prescribed {
		head.Twin = sig.Sibling
	}
	if obj := ssax.FuncOf(fn); obj != nil && (ctxuse.IsLogger(obj) || obj.Exported() && words.StartsUp(obj.Name())) {
		head.Likely = true // its callers are out of sight
	}
	if sig.Shared {
		head.Likely = true // other types have the method because of the same interface
	}
	if c.report.Generated(fn.Pos()) {
		head.Likely = true // whoever calls it may have no say in what the generator writes
	}
	return &head
}

// mayBeHelper reports whether fn can be the head of a chain: it could be given a context, and
// does not give one.
func (c *checker) mayBeHelper(fn *ssa.Function) bool {
	return c.atHand.Lacks(fn) && !returnsContext(fn.Signature)
}

// worse returns the more serious of two chains: any chain rather than none, one
// without rather than one with a comment that explains it, one that is proved rather than
// one that is likely, one that nobody can have meant, and among these the one on fewer
// conditions. Of equals it is the first.
func worse(a, b *chainFact) *chainFact {
	switch {
	case a == nil || b == nil:
		if a == nil {
			return b
		}
	case a.Explained != b.Explained:
		if a.Explained {
			return b
		}
	case a.Likely != b.Likely:
		if a.Likely {
			return b
		}
	case a.Root.meant() != b.Root.meant():
		if a.Root.meant() {
			return b
		}
	case a.Alters != b.Alters:
		if a.Alters {
			return b
		}
	case len(b.Conditions) < len(a.Conditions):
		return b
	}
	return a
}

// stops reports whether a comment that silences findings covers a place in fn at which
// a chain would begin or go on: nothing is reported there, and so it can only be about
// the callers. Where fn could not take a context it stops nothing.
func (c *checker) stops(fn *ssa.Function, pos token.Pos) bool {
	return !c.prescribed.Of(fn).Fixed() && c.report.Silences(chain, pos)
}

// ownResets returns the chains of one function: fn makes the fresh context itself.
func (c *checker) ownResets(fn *ssa.Function) (found []*chainFact) {
	for _, f := range c.atHand.Inline(fn) {
		for _, r := range c.resets(f) {
			i := c.mainWork(r.work)
			if r.work[i].Kind == ctxflow.Started || c.stops(fn, r.instr.Pos()) {
				continue // the caller does not wait for it, or a directive ends the chain
			}
			found = append(found, &chainFact{
				Module:     scope.Module(c.pass),
				Hops:       callpath.Path{{Func: c.symbol(fn), At: c.places.Of(r.instr.Pos())}},
				Root:       r.root,
				Work:       c.workOf(r.work, i),
				Timeout:    hasDeadline(r.flow),
				At:         c.places.Of(r.instr.Pos()),
				Design:     c.designs.Of(fn),
				Twin:       c.twin(fn, &r.work[i]),
				Conditions: conditionsOf(r.work),
				Explained:  r.explained,
				Likely:     r.likely || purpose.Mute(fn, r.work[i].Instr),
				Alters:     r.alters,
			})
		}
	}
	return found
}

// resetsItself reports whether a function that could be given a context gives a fresh one to
// work, in its own body.
func (c *checker) resetsItself(fn *ssa.Function) bool {
	return c.mayBeHelper(fn) && slices.ContainsFunc(c.atHand.Inline(fn), func(f *ssa.Function) bool { return len(c.resets(f)) > 0 })
}

// calleesResets returns the chains that go on with fn's calls.
func (c *checker) calleesResets(fn *ssa.Function) (found []*chainFact) {
	for _, f := range c.atHand.Inline(fn) {
		for _, b := range f.Blocks {
			for _, instr := range b.Instrs {
				call := c.awaitedCall(instr)
				if call == nil {
					continue
				}
				next, why := c.chainOfCall(call)
				if next == nil || why != "" || len(next.Hops) >= callpath.Max || c.stops(fn, call.Pos()) {
					continue
				}
				fact := *next
				fact.Module = scope.Module(c.pass)
				fact.Hops = next.Hops.From(callpath.Hop{Func: c.symbol(fn), At: c.places.Of(call.Pos())})
				fact.Last, fact.Twin = cmp.Or(next.Last, next.Twin), ""
				fact.Explained = next.Explained || c.comments.explains(call.Pos())
				fact.Likely = next.Likely || purpose.Mute(fn, call)
				found = append(found, &fact)
			}
		}
	}
	return found
}

// conditionsOf returns the conditions on which some of the uses of a fresh context, those
// on the fewest, are reached.
func conditionsOf(uses []ctxflow.Use) []conditions.Condition {
	var fewest []conditions.Condition
	for i := range uses {
		if conds := conditions.At(uses[i].Instr); i == 0 || len(conds) < len(fewest) {
			fewest = conds
		}
	}
	return fewest
}
