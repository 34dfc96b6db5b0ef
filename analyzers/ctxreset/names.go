package ctxreset

import (
	"go/ast"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ctxflow"
	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/model/words"
	"github.com/ctxlint/ctxlint/internal/pass/symbol"
)

// symbol names a function, or for a literal the function around it.
func (c *checker) symbol(fn *ssa.Function) symbol.Func {
	fn = ssax.Outermost(fn)
	if obj := ssax.FuncOf(fn); obj != nil {
		return symbol.Of(obj)
	}
	return symbol.Func{Path: c.pass.Pkg.Path(), Package: c.pass.Pkg.Name(), Name: fn.Name()}
}

// funcName names a function as a reader would write it: "load", "(*Store).Get",
// "store.Open" for another package's.
func (c *checker) funcName(fn *ssa.Function) string { return c.symbol(fn).In(c.pass.Pkg.Path()) }

// work is what gets a fresh context: a function, which is not known if neither
// field says more.
type work struct {
	Waits bool // nothing gets it, but its end is waited for
	Func  symbol.Func
}

func workOf(u *ctxflow.Use) work {
	if u.Kind == ctxflow.Waited {
		return work{Waits: true}
	}
	if fn := ssax.Callee(u.Call()); fn != nil {
		return work{Func: symbol.Of(fn)}
	}
	if target := ssax.Target(u.Call().Value); target != nil && target.Parent() == nil {
		if fn := ssax.FuncOf(target); fn != nil {
			return work{Func: symbol.Of(fn)}
		}
	}
	return work{}
}

// in names the work as the package with the given path would.
func (w work) in(path string) string {
	switch {
	case w.Waits:
		return "the wait for its end"
	case w.Func == symbol.Func{}:
		return "the function it is passed to"
	}
	return w.Func.In(path)
}

// workName names what gets the context.
func (c *checker) workName(u *ctxflow.Use) string { return workOf(u).in(c.pass.Pkg.Path()) }

// root says what gives a fresh context.
type root struct {
	Kind rootKind
	Func symbol.Func // the helper that gives it, if one does
	Var  string      // the name of the package variable that holds it, if one does
}

// direct reports whether it is context.Background or context.TODO itself.
func (r root) direct() bool { return r.Func == symbol.Func{} && r.Var == "" }

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
	if callee == nil || callee.Pkg() != c.pass.Pkg || !ctxlib.IsContextual(firstParam(callee)) {
		return ""
	}
	if slices.Contains(words.WithContext(fn.Name()), callee.Name()) {
		return callee.Name()
	}
	return ""
}

func firstParam(fn *types.Func) types.Type {
	if fn.Signature().Params().Len() == 0 {
		return types.Typ[types.Invalid]
	}
	return fn.Signature().Params().At(0).Type()
}

func takesOne(sig *types.Signature) bool {
	for p := range sig.Params().Variables() {
		if ctxlib.IsContextual(p.Type()) {
			return true
		}
	}
	return false
}

func isContextVar(v *types.Var) bool { return ctxlib.IsContext(v.Type()) }

// literal returns the syntax of a function literal.
func literal(fn *ssa.Function) (*ast.FuncLit, bool) {
	lit, ok := nodeOf(fn).(*ast.FuncLit)
	return lit, ok
}

func (c *checker) module() string {
	if c.pass.Module == nil {
		return ""
	}
	return c.pass.Module.Path
}

// sameModule reports whether the user can change the package pkg, about which
// there is a fact that names its module: facts are only made for modules that
// have no version, those of the checkout. A driver that tells no modules leaves
// the import paths.
func sameModule(pass *analysis.Pass, pkg *types.Package, module string) bool {
	if pass.Module != nil && module != "" {
		return true
	}
	return repository(pass.Pkg.Path()) == repository(pkg.Path())
}

// repository returns the part of an import path that names a repository: the host
// and one element, as in go.uber.org/zap; two where many people share the host.
func repository(path string) string {
	elems := strings.SplitN(path, "/", 4)
	n := 2
	switch host := elems[0]; {
	case !strings.Contains(host, "."):
		n = 1
	case slices.Contains(sharedHosts, host):
		n = 3
	}
	return strings.Join(elems[:min(n, len(elems))], "/")
}

var sharedHosts = []string{"bitbucket.org", "codeberg.org", "git.sr.ht", "gitee.com", "github.com", "gitlab.com", "golang.org"}

// nodeOf returns the syntax of a function that the source declares.
func nodeOf(fn *ssa.Function) ast.Node {
	return ssax.Origin(fn).Syntax()
}
