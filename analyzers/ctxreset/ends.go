package ctxreset

import (
	"go/ast"
	"slices"

	"golang.org/x/tools/go/ast/astutil"
	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ctxflow"
	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/model/words"
)

// Work for the end of something has to be done when the context at hand has ended. The
// code shows that where it has seen the end. Elsewhere names only hint: those of the
// fresh context and of its timeout are about nothing else, and end the matter; those
// of functions are about more, and leave the finding likely.

// isForEnd reports whether the fresh context is called one for the end of something:
// the variable that holds it or what derives from it, or what it is derived with.
//
//	shutdownCtx, cancel := context.WithTimeout(context.Background(), drainTimeout)
func (c *checker) isForEnd(r *reset) bool {
	return slices.ContainsFunc(append([]ssa.Instruction{r.instr}, r.flow.Derived...), func(instr ssa.Instruction) bool {
		return slices.ContainsFunc(c.namesAround(instr), words.IsForEnd)
	})
}

// namesAround returns the names of the context variables that the value of a call is
// assigned to, and those in the other arguments of a call that derives a context.
func (c *checker) namesAround(instr ssa.Instruction) []string {
	e, file := c.expr(instr), c.file(instr.Pos())
	if e == nil || file == nil {
		return nil
	}
	var names []string
	if call, ok := e.(*ast.CallExpr); ok {
		for _, arg := range call.Args {
			if t := c.pass.TypesInfo.TypeOf(arg); t != nil && !ctxlib.IsContextual(t) {
				names = append(names, identifiers(arg)...)
			}
		}
	}
	path, _ := astutil.PathEnclosingInterval(file, e.Pos(), e.End())
	for _, n := range path {
		switch n := n.(type) {
		case *ast.AssignStmt:
			for _, l := range n.Lhs {
				if t := c.pass.TypesInfo.TypeOf(l); t != nil && ctxlib.IsContextual(t) {
					names = append(names, identifiers(l)...)
				}
			}
		case *ast.ValueSpec:
			for _, name := range n.Names {
				if t := c.pass.TypesInfo.TypeOf(name); t != nil && ctxlib.IsContextual(t) {
					names = append(names, name.Name)
				}
			}
		}
		if _, ok := n.(ast.Stmt); ok {
			break
		}
	}
	return names
}

func identifiers(e ast.Expr) []string {
	var names []string
	ast.Inspect(e, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			names = append(names, id.Name)
		}
		return true
	})
	return names
}

// settlesUp reports whether the name of a function with a context at hand, or of what
// it gives the fresh one to, hints that the work is for the end of something. A method
// that is called just Shutdown is given its context for the ending itself.
func settlesUp(fn *ssa.Function, work []ctxflow.Use) bool {
	name := ssax.Outermost(fn).Name()
	if words.SettlesUp(name) && !words.Closes.Is(name) {
		return true
	}
	return !slices.ContainsFunc(work, func(u ctxflow.Use) bool { return !settles(u.Call()) })
}

// settles reports whether the name of what a call runs hints that it deals with what is
// left at the end.
func settles(call *ssa.CallCommon) bool {
	if call == nil {
		return false
	}
	fn := ssax.Callee(call)
	return fn != nil && words.Settles.Leads(fn.Name())
}
