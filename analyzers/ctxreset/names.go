package ctxreset

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ast/astutil"
	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ctxflow"
	"github.com/ctxlint/ctxlint/internal/engine/ctxuse"
	"github.com/ctxlint/ctxlint/internal/engine/inview"
	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/model/waits"
	"github.com/ctxlint/ctxlint/internal/model/words"
	"github.com/ctxlint/ctxlint/internal/pass/scope"
	"github.com/ctxlint/ctxlint/internal/pass/symbol"
)

// symbol names a function, or for a literal what is declared around it: a function,
// or a package variable.
func (c *checker) symbol(fn *ssa.Function) symbol.Func {
	outer := ssax.Outermost(fn)
	if obj := ssax.FuncOf(outer); obj != nil {
		return symbol.Of(obj)
	}
	name := outer.Name()
	if v := c.variableAround(fn.Pos()); v != "" {
		name = v
	}
	return symbol.Func{Path: c.pass.Pkg.Path(), Package: c.pass.Pkg.Name(), Name: name}
}

// variableAround returns the name of the package variable in whose declaration pos
// is, the first of several, "" if it is in none.
func (c *checker) variableAround(pos token.Pos) string {
	file := c.file(pos)
	if file == nil {
		return ""
	}
	for _, decl := range file.Decls {
		group, ok := decl.(*ast.GenDecl)
		if !ok {
			continue
		}
		for _, spec := range group.Specs {
			if v, ok := spec.(*ast.ValueSpec); ok && v.Pos() <= pos && pos < v.End() {
				return v.Names[0].Name
			}
		}
	}
	return ""
}

// funcName names a function as a reader would write it: "load", "(*Store).Get",
// "store.Open" for another package's.
func (c *checker) funcName(fn *ssa.Function) string { return c.symbol(fn).In(c.pass.Pkg.Path()) }

// callerName names the function that begins a chain, "load()", or the variable that
// holds it: "runCmd". What a literal in main does is seldom what main does.
func (c *checker) callerName(fn *ssa.Function) string {
	switch outer := ssax.Outermost(fn); {
	case ssax.FuncOf(outer) == nil:
		return c.funcName(fn)
	case fn != outer && ssax.IsMain(outer):
		return "a callback in main"
	}
	return c.funcName(fn) + "()"
}

// work is what gets a fresh context.
type work struct {
	Func  symbol.Func // the function that does
	Value string      // otherwise, what the source calls with it: "s.fetch"
	Waits string      // otherwise, what is waited for: "ctx.Done()"
	More  int         // how many other functions get it
}

// workOf says what gets a fresh context: the one of uses with the index i, and as many
// others.
func (c *checker) workOf(uses []ctxflow.Use, i int) work {
	w := c.workOfUse(&uses[i])
	others := map[work]bool{w: true}
	for j := range uses {
		others[c.workOfUse(&uses[j])] = true
	}
	w.More = len(others) - 1
	return w
}

func (c *checker) workOfUse(u *ctxflow.Use) work {
	u = c.inCallback(u)
	if u.Kind == ctxflow.Waited {
		return work{Waits: c.waitedFor(u.Instr)}
	}
	if fn := ssax.Callee(u.Call()); fn != nil {
		return work{Func: symbol.Of(fn)}
	}
	if target := ssax.Target(u.Call().Value); target != nil && target.Parent() == nil {
		if fn := ssax.FuncOf(target); fn != nil {
			return work{Func: symbol.Of(fn)}
		}
	}
	return work{Value: c.calledAs(u.Call())}
}

// inCallback returns the use to name for a call that hands the context on to a literal
// among its arguments, as what measures or retries does: that in the literal. For other
// uses, and calls that do I/O themselves, it is u.
func (c *checker) inCallback(u *ctxflow.Use) *ctxflow.Use {
	if u.Call() == nil || c.isRemote(u) {
		return u
	}
	for _, arg := range u.Call().Args {
		lit := ssax.Target(arg)
		if lit == nil || lit.Parent() == nil {
			continue
		}
		for _, p := range lit.Params {
			if !ctxlib.IsContextual(p.Type()) {
				continue
			}
			uses := slices.DeleteFunc(ctxflow.Follow(p, nil).Uses, func(inner ctxflow.Use) bool {
				return inner.Call() == nil || inner.Kind != ctxflow.Argument || c.useOf(inner.Instr, inner.Call()) == ctxuse.Inert
			})
			if len(uses) > 0 {
				return c.inCallback(&uses[c.mainWork(uses)])
			}
		}
	}
	return u
}

// calledAs returns what the source writes where a call has its function, unless that
// is long or the function itself.
func (c *checker) calledAs(call *ssa.CallCommon) string {
	if e := c.callAt(call.Pos()); e != nil {
		if text := types.ExprString(e.Fun); len(text) <= maxExpr && !strings.Contains(text, "func(") {
			return text
		}
	}
	return "a function literal"
}

// waitedFor returns what the source waits for in a receive or a select statement,
// of which one is from a context.
func (c *checker) waitedFor(instr ssa.Instruction) string {
	var channels []ssa.Value
	switch instr := instr.(type) {
	case *ssa.UnOp:
		channels = append(channels, instr.X)
	case *ssa.Select:
		for _, state := range instr.States {
			channels = append(channels, state.Chan)
		}
	}
	for _, ch := range channels {
		call, ok := ssax.Strip(ch).(*ssa.Call)
		if !ok || !call.Call.IsInvoke() || call.Call.Method.Name() != "Done" {
			continue
		}
		if e := c.callAt(call.Call.Pos()); e != nil {
			if text := types.ExprString(e); len(text) <= maxExpr {
				return text
			}
		}
	}
	return "its Done channel"
}

// maxExpr is how much of an expression a message has.
const maxExpr = 30

// callAt returns the call whose parenthesis is at pos, nil if there is none.
func (c *checker) callAt(pos token.Pos) *ast.CallExpr {
	file := c.file(pos)
	if file == nil {
		return nil
	}
	path, _ := astutil.PathEnclosingInterval(file, pos, pos)
	for _, n := range path {
		if call, ok := n.(*ast.CallExpr); ok && call.Lparen == pos {
			return call
		}
	}
	return nil
}

// in names the work as the package with the given path would.
func (w work) in(path string) string {
	name := w.Value
	switch {
	case w.Waits != "":
		name = "the wait for " + w.Waits
	case w.Func != symbol.Func{}:
		name = w.Func.In(path)
	}
	switch w.More {
	case 0:
		return name
	case 1:
		return name + " and 1 other call"
	}
	return fmt.Sprintf("%s and %d other calls", name, w.More)
}

// cutOff says what a fresh context does to the work: it cuts a call off from the context
// that is written as expr, and a wait goes on after the end of that.
func (w work) cutOff(path, expr string) string {
	if w.Waits != "" {
		return fmt.Sprintf("keeps %s from ending with %s", w.in(path), expr)
	}
	return fmt.Sprintf("cuts %s off from %s", w.in(path), expr)
}

// workName names what gets the context.
func (c *checker) workName(u *ctxflow.Use) string { return c.workOfUse(u).in(c.pass.Pkg.Path()) }

// allWork names what gets the context, and tells how many others do.
func (c *checker) allWork(r *reset) string {
	return c.workOf(r.work, c.mainWork(r.work)).in(c.pass.Pkg.Path())
}

// mainWork returns the index of the use that is named for all: of those that run as part
// of the function, if any does, the first that talks to something outside the process,
// or otherwise the first.
func (c *checker) mainWork(uses []ctxflow.Use) int {
	rank := func(u *ctxflow.Use) int {
		switch {
		case u.Kind == ctxflow.Started:
			return 0
		case !c.isRemote(c.inCallback(u)):
			return 1
		}
		return 2
	}
	best := 0
	for i := range uses {
		if rank(&uses[i]) > rank(&uses[best]) {
			best = i
		}
	}
	return best
}

// isRemote reports whether a call talks to something outside the process: a table says
// so, or it is of an interface or another module, takes a context and can fail.
func (c *checker) isRemote(u *ctxflow.Use) bool {
	if u.Call() == nil {
		return false
	}
	fn := ssax.Callee(u.Call())
	if fn == nil {
		return false
	}
	if waits.Known(fn).IsIO() {
		return true
	}
	return ctxlib.CanFail(fn.Signature()) && (inview.IsMethod(fn) || fn.Pkg() != nil && !scope.SharesModule(c.pass, fn.Pkg()) && !scope.IsStandardPath(fn.Pkg().Path()))
}

// root says what gives a fresh context.
type root struct {
	Kind rootKind
	Func symbol.Func // the helper that gives it, if one does
	Var  string      // the name of the package variable that holds it, if one does
}

// direct reports whether it is context.Background or context.TODO itself.
func (r root) direct() bool { return r.Func == symbol.Func{} && r.Var == "" }

// meant reports whether the code says that no context is wanted. context.TODO says the
// opposite, that one should be passed on as soon as there is one.
func (r root) meant() bool { return r.Kind != "context.TODO" }

// in is what a reader in the package with the given path sees in the source:
// "context.Background()", "detached() (context.Background())", "background
// (context.Background())".
func (r root) in(path string) string {
	name := string(r.Kind) + "()"
	switch {
	case r.direct():
		return name
	case r.Var != "":
		return r.Var + " (" + name + ")"
	}
	return r.Func.In(path) + "() (" + name + ")"
}

// twin returns the function that does what fn does and takes a context, if fn is
// nothing but a wrapper of it: Get of GetContext.
func (c *checker) twin(fn *ssa.Function, u *ctxflow.Use) string {
	if u.Kind != ctxflow.Argument {
		return ""
	}
	callee := ssax.Callee(u.Call())
	if callee == nil || callee.Pkg() != c.pass.Pkg || !ctxlib.IsContextual(ctxlib.FirstParam(callee.Signature())) {
		return ""
	}
	if slices.Contains(words.WithContext(fn.Name()), callee.Name()) {
		return callee.Name()
	}
	return ""
}

func isContextVar(v *types.Var) bool { return ctxlib.IsContext(v.Type()) }

// literal returns the syntax of a function literal.
func literal(fn *ssa.Function) (*ast.FuncLit, bool) {
	lit, ok := nodeOf(fn).(*ast.FuncLit)
	return lit, ok
}

// nodeOf returns the syntax of a function that the source declares.
func nodeOf(fn *ssa.Function) ast.Node {
	return ssax.Origin(fn).Syntax()
}
