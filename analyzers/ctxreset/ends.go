package ctxreset

import (
	"go/ast"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ast/astutil"
	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/athand"
	"github.com/ctxlint/ctxlint/internal/engine/ctxflow"
	"github.com/ctxlint/ctxlint/internal/engine/ctxuse"
	"github.com/ctxlint/ctxlint/internal/engine/fixpoint"
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

// settlesUp reports whether the name of a function with a context at hand hints that its
// work is for the end of something. A method that is called just Shutdown is given its
// context for the ending itself.
func settlesUp(fn *ssa.Function) bool {
	name := ssax.Outermost(fn).Name()
	return words.SettlesUp(name) && !words.Closes.Is(name)
}

// allCalled reports whether all that gets a fresh context is called by a name that begins
// with a word of the class.
func allCalled(work []ctxflow.Use, class words.Class) bool {
	return !slices.ContainsFunc(work, func(u ctxflow.Use) bool {
		if u.Call() == nil {
			return true
		}
		fn := ssax.Callee(u.Call())
		return fn == nil || !class.Leads(fn.Name())
	})
}

// newOnlyEnds returns the solver for which functions of the package do nothing with
// their context but end something: they hand it to methods such as Shutdown and Flush,
// or to functions of which that is true.
func (c *checker) newOnlyEnds() *fixpoint.Solver[*ssa.Function, bool] {
	return fixpoint.NewBool(false, false, func(fn *ssa.Function) bool {
		ends := 0
		for _, p := range ssax.Body(fn).Params {
			if !ctxlib.IsContextual(p.Type()) {
				continue
			}
			for _, u := range ctxflow.Follow(p, nil).Uses {
				switch {
				case u.Call() == nil || u.Kind == ctxflow.Started:
					return false
				case endsByName(u.Call()), c.endsOnly(u.Call()):
					ends++
				case c.useOf(u.Instr, u.Call()) != ctxuse.Inert:
					return false
				}
			}
		}
		return ends > 0
	})
}

func endsByName(call *ssa.CallCommon) bool {
	fn := ssax.Callee(call)
	return fn != nil && (words.CleansUp(fn.Name()) || words.Settles.Is(fn.Name()))
}

// endsOnly reports whether a call runs a function of the package that does nothing with
// its context but end something.
func (c *checker) endsOnly(call *ssa.CallCommon) bool {
	fn := c.body(call)
	return fn != nil && c.onlyEnds.Get(fn)
}

// endsWhatReturned reports whether a call, judging by its name, ends something in a
// literal that its function returns: the caller calls that when it has done with what
// it got, and its context may have ended by then.
func endsWhatReturned(fn *ssa.Function, callee *types.Func) bool {
	if callee == nil || !words.Closes.Leads(callee.Name()) {
		return false
	}
	for ; fn.Parent() != nil; fn = fn.Parent() {
		if athand.EndsWhatWasBegun(fn.Signature) && athand.Escapes(fn) {
			return true
		}
	}
	return false
}
