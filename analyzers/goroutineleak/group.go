package goroutineleak

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/model/loglib"
	"github.com/ctxlint/ctxlint/internal/pass/scope"
)

// A group is an errgroup.Group with a context of its own, and its tasks:
//
//	g, gctx := errgroup.WithContext(ctx)
//	g.Go(func() error { return produce(gctx) })
//	g.Go(func() error { <-ctx.Done(); return ctx.Err() }) // not ended by a failure of the other
type group struct {
	made   *ast.CallExpr
	of     types.Object // the group
	own    types.Object // the context that ends when a task fails, nil if it is dropped
	parent types.Object // the one that it is derived from
	tasks  []*ast.FuncLit
	many   bool // some task is started in a loop
	waits  bool
}

// checkGroups reports tasks of a group that wait for the context from which that of
// the group is derived: when another task fails they go on, and Wait with them. A
// task that mentions the group's context anywhere is taken to know what it does.
func (c *checker) checkGroups() {
	if !slices.ContainsFunc(c.pass.Pkg.Imports(), func(p *types.Package) bool { return p.Path() == "golang.org/x/sync/errgroup" }) {
		return
	}
	for _, f := range c.pass.Files {
		for _, d := range f.Decls {
			decl, ok := d.(*ast.FuncDecl)
			if !ok || decl.Body == nil || scope.TestFile(c.pass.Fset, decl.Pos()) {
				continue
			}
			for _, g := range c.groups(decl.Body) {
				c.checkGroup(g)
			}
		}
	}
}

func (c *checker) checkGroup(g *group) {
	if g.own == nil {
		c.checkDropped(g)
		return
	}
	heeded := slices.ContainsFunc(g.tasks, func(lit *ast.FuncLit) bool { return c.mentions(lit, g.own) })
	switch {
	case !g.waits:
		c.report.Silent(noDone, g.made.Pos(), notWaited)
		return
	case !heeded || len(g.tasks) < 2:
		return
	}
	for _, lit := range g.tasks {
		wait := c.waitFor(lit, g.parent)
		if wait == nil {
			continue
		}
		if c.mentions(lit, g.own) {
			c.report.Silent(noDone, wait.Pos(), knowsGroup)
			continue
		}
		c.found(analysis.Diagnostic{
			Pos:      wait.Pos(),
			End:      wait.End(),
			Category: noDone,
			Message: fmt.Sprintf("this task of the group waits for the end of %s and not of %s, so when another task fails it runs on, and %s.Wait blocks; wait for %[2]s.Done()",
				g.parent.Name(), g.own.Name(), g.of.Name()),
			Related: []analysis.RelatedInformation{{Pos: g.made.Pos(), Message: "the group and its context are made here"}},
		})
	}
}

// checkDropped reports a group whose context is dropped although it is all that tells
// the tasks, which work under the context around it, that one of them has failed.
func (c *checker) checkDropped(g *group) {
	switch {
	case !g.waits:
		c.report.Silent(noDone, g.made.Pos(), notWaited)
		return
	case len(g.tasks) < 2 && !g.many:
		return
	}
	i := slices.IndexFunc(g.tasks, func(lit *ast.FuncLit) bool { return c.waitFor(lit, g.parent) != nil || c.worksWith(lit, g.parent) })
	if i < 0 {
		return
	}
	c.found(analysis.Diagnostic{
		Pos:      g.made.Pos(),
		End:      g.made.End(),
		Category: noDone,
		Message: fmt.Sprintf("the context of this group is dropped and its tasks use %s, so when one fails the others run on and %s.Wait blocks; give them the context of the group",
			g.parent.Name(), g.of.Name()),
		Related: []analysis.RelatedInformation{{Pos: g.tasks[i].Pos(), Message: "this task does not hear of the failure of another"}},
	})
}

// worksWith reports whether the literal hands ctx to a call that may take time: not one
// that derives from it or writes a log.
func (c *checker) worksWith(lit *ast.FuncLit, ctx types.Object) bool {
	found := false
	ast.Inspect(lit.Body, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok || found {
			return !found
		}
		if fn, _ := typeutil.Callee(c.pass.TypesInfo, call).(*types.Func); fn != nil && fn.Pkg() != nil {
			if path := fn.Pkg().Path(); path == "context" || loglib.IsLibrary(path) {
				return true
			}
		}
		found = slices.ContainsFunc(call.Args, func(arg ast.Expr) bool { return c.is(arg, ctx) })
		return !found
	})
	return found
}

// groups returns the groups that are made in a body, in source order.
func (c *checker) groups(body *ast.BlockStmt) []*group {
	var groups []*group
	var loops []ast.Node
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ForStmt, *ast.RangeStmt:
			loops = append(loops, n)
		case *ast.AssignStmt:
			if g := c.groupMade(n); g != nil {
				groups = append(groups, g)
			}
		case *ast.CallExpr:
			sel, ok := ast.Unparen(n.Fun).(*ast.SelectorExpr)
			if !ok {
				break
			}
			fn, _ := typeutil.Callee(c.pass.TypesInfo, n).(*types.Func)
			for _, g := range groups {
				if !c.is(sel.X, g.of) {
					continue
				}
				if ctxlib.IsMethod(fn, "golang.org/x/sync/errgroup", "Group", "Wait") {
					g.waits = true
				}
				if lit, ok := c.task(n, fn); ok {
					g.tasks = append(g.tasks, lit)
					g.many = g.many || slices.ContainsFunc(loops, func(loop ast.Node) bool {
						return g.made.Pos() < loop.Pos() && loop.Pos() < n.Pos() && n.Pos() < loop.End()
					})
				}
			}
		}
		return true
	})
	return groups
}

// task returns the literal that a call of Go or TryGo is given.
func (c *checker) task(call *ast.CallExpr, fn *types.Func) (*ast.FuncLit, bool) {
	if !ctxlib.IsMethod(fn, "golang.org/x/sync/errgroup", "Group", "Go", "TryGo") {
		return nil, false
	}
	lit, ok := ast.Unparen(call.Args[0]).(*ast.FuncLit)
	return lit, ok
}

// groupMade returns the group that a statement makes, if its context has another
// name than the parent, or none.
func (c *checker) groupMade(n *ast.AssignStmt) *group {
	if len(n.Rhs) != 1 || len(n.Lhs) != 2 {
		return nil
	}
	call, ok := ast.Unparen(n.Rhs[0]).(*ast.CallExpr)
	if !ok {
		return nil
	}
	fn, _ := typeutil.Callee(c.pass.TypesInfo, call).(*types.Func)
	if !ctxlib.IsErrGroup(fn) {
		return nil
	}
	g := &group{made: call, of: c.object(n.Lhs[0]), own: c.object(n.Lhs[1]), parent: c.object(call.Args[0])}
	dropped, ok := n.Lhs[1].(*ast.Ident)
	if g.of == nil || g.parent == nil || g.own == g.parent || g.own == nil && (!ok || dropped.Name != "_") {
		return nil
	}
	return g
}

// object returns the variable that an expression names, nil if it names none.
func (c *checker) object(e ast.Expr) types.Object {
	id, ok := ast.Unparen(e).(*ast.Ident)
	if !ok || id.Name == "_" {
		return nil
	}
	v, ok := c.pass.TypesInfo.ObjectOf(id).(*types.Var)
	if !ok {
		return nil
	}
	return v
}

func (c *checker) is(e ast.Expr, obj types.Object) bool { return obj != nil && c.object(e) == obj }

func (c *checker) mentions(n ast.Node, obj types.Object) bool {
	found := false
	ast.Inspect(n, func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		found = found || ok && c.pass.TypesInfo.Uses[id] == obj
		return !found
	})
	return found
}

// waitFor returns the call of Done from which the literal receives the end of the
// context, where nothing but time can end the wait otherwise; nil if there is none.
func (c *checker) waitFor(lit *ast.FuncLit, ctx types.Object) (wait *ast.CallExpr) {
	ast.Inspect(lit.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.SelectStmt:
			return !slices.ContainsFunc(n.Body.List, func(s ast.Stmt) bool { return c.endsWait(s.(*ast.CommClause).Comm, ctx) })
		case *ast.UnaryExpr:
			if n.Op == token.ARROW && wait == nil {
				wait = c.doneOf(n.X, ctx)
			}
		}
		return true
	})
	return wait
}

// endsWait reports whether a case of a select may end the wait for ctx: any but
// those that receive its end, or a time.
func (c *checker) endsWait(comm ast.Stmt, ctx types.Object) bool {
	var recv ast.Expr
	switch comm := comm.(type) {
	case *ast.ExprStmt:
		recv = comm.X
	case *ast.AssignStmt:
		recv = comm.Rhs[0]
	default: // a send, or the default
		return true
	}
	u, ok := ast.Unparen(recv).(*ast.UnaryExpr)
	if !ok {
		return true
	}
	if c.doneOf(u.X, ctx) != nil {
		return false
	}
	ch, ok := c.pass.TypesInfo.TypeOf(u.X).Underlying().(*types.Chan)
	return !ok || !isTime(ch.Elem())
}

// doneOf returns e if it is ctx.Done(), and nil otherwise.
func (c *checker) doneOf(e ast.Expr, ctx types.Object) *ast.CallExpr {
	call, ok := ast.Unparen(e).(*ast.CallExpr)
	if !ok {
		return nil
	}
	if sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); !ok || sel.Sel.Name != "Done" || !c.is(sel.X, ctx) {
		return nil
	}
	return call
}

func isTime(t types.Type) bool { return ctxlib.IsNamedOrPointer(t, "time", "Time") }
