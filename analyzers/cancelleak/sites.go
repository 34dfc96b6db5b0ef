package cancelleak

import (
	"go/ast"
	"go/types"
	"slices"
	"sync"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/mustcall"
	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/pass/symbol"
)

// kind tells the obligations apart in messages.
type kind uint8

const (
	cancelFunc kind = iota // a cancel function
	stopFunc               // the stop function of signal.NotifyContext
	group                  // an errgroup.Group that must be waited for
)

// site is a place where an obligation is made.
type site struct {
	mustcall.Obligation
	kind   kind
	result int         // index of the result that is the obligation
	maker  string      // the function that makes it, as a reader would write it: "context.WithTimeout"
	callee *types.Func // nil for a call of a function value
	holder *types.Var  // the local variable to which the result is assigned, or nil
}

func (s *site) fn() *ssa.Function { return s.Site.Parent() }

// sites returns the obligations that a call makes, nil for most calls. They are kept
// unless they may rest on a summary that is yet to change.
func (c *checker) sites(call *ssa.Call) []*site {
	sites, ok := c.made[call]
	if !ok {
		sites = c.makeSites(call)
		if len(sites) > 0 && !c.summary.results.Open() {
			c.made[call] = sites
		}
	}
	return sites
}

func (c *checker) makeSites(call *ssa.Call) []*site {
	results := call.Call.Signature().Results()
	if results.Len() == 0 {
		return nil
	}
	callee := ssax.Callee(&call.Call)
	if i := ctxlib.DerivesFrom(callee); i >= 0 && ssax.IsNil(call.Call.Args[i]) || callee != nil && c.never.NoReturn(callee) {
		return nil // panics
	}
	if ctxlib.IsErrGroup(callee) {
		return []*site{c.newSite(call, callee, group, 0)}
	}
	var out []*site
	for i := range results.Len() {
		if c.isObligation(callee, i, results.At(i).Type()) {
			k := cancelFunc
			if ctxlib.IsNotifyContext(callee) {
				k = stopFunc
			}
			out = append(out, c.newSite(call, callee, k, i))
		}
	}
	return out
}

// isObligation reports whether result i of a call of callee, of type t, must be
// called by whoever gets it. The type says so unless the callee is known to hand
// out a function that it has kept as well; a fact says so for a plain func().
func (c *checker) isObligation(callee *types.Func, i int, t types.Type) bool {
	byType := ctxlib.IsCancelFunc(t)
	if !byType && !ctxlib.CanHoldCancel(t) || callee == nil {
		return byType
	}
	switch c.summary.result(callee.Origin(), i) {
	case fresh:
		return true
	case borrowed:
		return false
	}
	// That a container of cancel functions gives one back says nothing: the type
	// is an argument of it.
	_, generic := callee.Origin().Signature().Results().At(i).Type().(*types.TypeParam)
	return byType && !generic
}

func (c *checker) newSite(call *ssa.Call, callee *types.Func, k kind, result int) *site {
	s := &site{kind: k, result: result, callee: callee}
	s.Site = call
	if callee != nil {
		s.maker = symbol.Of(callee).In(c.pass.Pkg.Path())
	} else {
		s.maker = "a function value"
	}
	s.Value = used(ssax.Result(call, result))
	for i := range call.Call.Signature().Results().Len() {
		if i != result && ctxlib.IsContextual(call.Call.Signature().Results().At(i).Type()) {
			s.Context = ssax.Result(call, i)
		}
	}
	s.Parents = sync.OnceValue(func() []ssa.Value { return parents(call) })
	s.holder = c.syntax.assignedVar(c.pass.TypesInfo, call, result)
	if s.holder != nil {
		s.Overwrites = func(other *ssa.Call) bool { return c.overwrites(s, other) }
		s.Rivals = func() []*ssa.Call { return c.assigning(s.fn())[s.holder] }
	}
	return s
}

// overwrites reports whether the call other assigns an obligation to the variable of
// s, which outlives an iteration of any loop that both are in.
func (c *checker) overwrites(s *site, other *ssa.Call) bool {
	if other == s.Site {
		// In the next iteration: overwritten only if the variable is the same one.
		id, ok := c.syntax.target(s.Site, s.result).(*ast.Ident)
		return ok && c.pass.TypesInfo.Defs[id] == nil && !c.syntax.declaredIn(c.syntax.innermostLoop(s.Site.Pos()), s.holder)
	}
	return slices.ContainsFunc(c.sites(other), func(o *site) bool { return o.kind != group && o.holder == s.holder })
}

// assigning returns, by local variable, the calls of a function that assign an
// obligation to it. It keeps those of one function, whose sites follow each other, and
// is for sites, which are checked when all summaries are complete.
func (c *checker) assigning(fn *ssa.Function) map[*types.Var][]*ssa.Call {
	if c.assigns.fn != fn {
		c.assigns.fn, c.assigns.calls = fn, make(map[*types.Var][]*ssa.Call)
		for _, b := range fn.Blocks {
			for _, instr := range b.Instrs {
				if call, ok := instr.(*ssa.Call); ok {
					for _, s := range c.sites(call) {
						c.assigns.calls[s.holder] = append(c.assigns.calls[s.holder], call)
					}
				}
			}
		}
	}
	return c.assigns.calls
}

// used returns v, or nil if nothing refers to it.
func used(v ssa.Value) ssa.Value {
	if v == nil {
		return nil
	}
	for _, ref := range *v.Referrers() {
		if _, ok := ref.(*ssa.DebugRef); !ok {
			return v
		}
	}
	return nil
}

// hasSites reports whether some call of the package makes an obligation. It asks
// the syntax, so that SSA is built only for packages that need it.
func (c *checker) hasSites() bool {
	found := false
	for _, f := range c.pass.Files {
		ast.Inspect(f, func(n ast.Node) bool {
			if call, ok := n.(*ast.CallExpr); ok && !found {
				found = c.mayMake(call)
			}
			return !found
		})
	}
	return found
}

// mayMake reports whether a call expression has a result that may be an obligation.
func (c *checker) mayMake(call *ast.CallExpr) bool {
	tv, ok := c.pass.TypesInfo.Types[call]
	if !ok || tv.Type == nil || tv.IsType() {
		return false
	}
	results, ok := tv.Type.(*types.Tuple)
	if !ok {
		return c.mayMakeResult(call, 0, tv.Type)
	}
	for i := range results.Len() {
		if c.mayMakeResult(call, i, results.At(i).Type()) {
			return true
		}
	}
	return false
}

func (c *checker) mayMakeResult(call *ast.CallExpr, i int, t types.Type) bool {
	if ctxlib.IsCancelFunc(t) {
		if fun, ok := c.pass.TypesInfo.Types[call.Fun]; ok && fun.IsType() {
			return false // a conversion
		}
		return true
	}
	if ptr, ok := types.Unalias(t).(*types.Pointer); ok && i == 0 {
		named, ok := types.Unalias(ptr.Elem()).(*types.Named)
		return ok && named.Obj().Name() == "Group" && named.Obj().Pkg() != nil && named.Obj().Pkg().Path() == errgroupPath
	}
	return ctxlib.CanHoldCancel(t) && c.summary.mayReturnCancel(call)
}
