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
)

// funcName names a function as a reader would write it: "load", "(*Store).Get",
// "store.Open" for another package's.
func (c *checker) funcName(fn *ssa.Function) string {
	fn = ssax.Outermost(fn)
	if obj, ok := fn.Object().(*types.Func); ok {
		return ssax.FuncName(obj, c.pass.Pkg)
	}
	return fn.Name()
}

// workName names what gets the context.
func (c *checker) workName(u *ctxflow.Use) string {
	if u.Kind == ctxflow.Waited {
		return "the wait for its end"
	}
	if fn := ssax.Callee(u.Call()); fn != nil {
		return ssax.FuncName(fn, c.pass.Pkg)
	}
	if target := ssax.Target(u.Call().Value); target != nil && target.Parent() == nil {
		return c.funcName(target)
	}
	return "the function it is passed to"
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
	switch strings.TrimPrefix(callee.Name(), fn.Name()) {
	case "Context", "Ctx", "WithContext", "WithCtx":
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
