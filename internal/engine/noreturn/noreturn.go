// Package noreturn finds the functions that never return to their caller: they
// end in os.Exit, a panic, log.Fatal, runtime.Goexit, t.Fatal or a call to
// another such function.
//
// This is a must-answer: a function that is not known to never return is taken
// to return. Control flow graphs are built only where the source has a call
// that never returns; fixpoint solves recursive functions.
//
// It replaces x/tools' ctrlflow, which every driver would have to run on every
// dependency. This package derives facts only where a function can matter to
// importers, by a rule that is the same in every driver.
package noreturn

import (
	"go/ast"
	"go/types"
	"maps"
	"os"
	"reflect"
	"slices"
	"sync"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/cfg"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/ctxlint/ctxlint/internal/engine/fixpoint"
	"github.com/ctxlint/ctxlint/internal/model/fatal"
	"github.com/ctxlint/ctxlint/internal/pass/prefilter"
	"github.com/ctxlint/ctxlint/internal/pass/scope"
)

// Analyzer computes a [*Result] and exports a fact for each function that never
// returns.
var Analyzer = &analysis.Analyzer{
	Name:       "ctxlintnoreturn",
	Doc:        "find functions that never return",
	URL:        "https://pkg.go.dev/github.com/ctxlint/ctxlint/internal/engine/noreturn",
	Run:        run,
	ResultType: reflect.TypeFor[*Result](),
	FactTypes:  []analysis.Fact{new(Fact)},
}

// Fact marks a function that never returns.
type Fact struct{}

func (*Fact) AFact()         {}
func (*Fact) String() string { return "noreturn" }

// Result answers for the functions that a package declares or calls. Its
// methods may be called concurrently: drivers run the analyzers that share it
// in parallel.
type Result struct {
	pass  *analysis.Pass
	decls map[*types.Func]*ast.FuncDecl

	mu    sync.Mutex
	never *fixpoint.Solver[*types.Func, bool]
}

// NoReturn reports whether fn is known never to return.
func (r *Result) NoReturn(fn *types.Func) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.never.Get(fn.Origin())
}

// EndsIn reports whether a call never returns: of panic, or of a function for
// which NoReturn holds.
func (r *Result) EndsIn(call *ast.CallExpr) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return !r.mayReturn(call)
}

// derive is the Step of never. A recursive call is taken to return. A function
// that is then found never to return certainly never does.
func (r *Result) derive(fn *types.Func) bool {
	if fatal.Known(fn) {
		return true
	}
	decl := r.decls[fn]
	if decl == nil {
		return r.pass.ImportObjectFact(fn, new(Fact))
	}
	return cfg.New(decl.Body, r.mayReturn).NoReturn()
}

// mayReturn is the predicate for cfg.New.
func (r *Result) mayReturn(call *ast.CallExpr) bool {
	if id, ok := ast.Unparen(call.Fun).(*ast.Ident); ok {
		if b, ok := r.pass.TypesInfo.Uses[id].(*types.Builtin); ok && b.Name() == "panic" {
			return false
		}
	}
	fn, ok := typeutil.Callee(r.pass.TypesInfo, call).(*types.Func)
	return !ok || !r.never.Get(fn.Origin())
}

func run(pass *analysis.Pass) (any, error) {
	r := &Result{
		pass:  pass,
		decls: make(map[*types.Func]*ast.FuncDecl),
	}
	r.never = fixpoint.NewBool(false, false, r.derive)
	candidates := make(map[*types.Func]bool)
	for _, f := range pass.Files {
		for _, d := range f.Decls {
			decl, ok := d.(*ast.FuncDecl)
			if !ok || decl.Body == nil {
				continue
			}
			if fn, ok := pass.TypesInfo.Defs[decl.Name].(*types.Func); ok {
				r.decls[fn] = decl
			}
		}
	}
	if scope.IsStandard(pass) || !matters(pass) {
		return r, nil
	}
	for fn, decl := range r.decls {
		if fn.Signature().Results().Len() == 0 || endsWithoutReturn(decl.Body) {
			candidates[fn] = true
		}
	}
	fns := slices.SortedFunc(maps.Keys(candidates), func(a, b *types.Func) int { return int(a.Pos()) - int(b.Pos()) })
	for _, fn := range fns {
		if r.NoReturn(fn) && fn.Exported() && !fatal.Known(fn) { // importers cannot name others, or need no fact about them
			pass.ExportObjectFact(fn, new(Fact))
		}
	}
	return r, nil
}

// matters reports whether facts about pass.Pkg's functions are worth having.
// For a dependency, it follows the same rule by which the vet driver skips
// packages altogether, so that all drivers know the same facts.
func matters(pass *analysis.Pass) bool {
	if pass.Module == nil || pass.Module.Path != "" && pass.Module.Version == "" {
		return true
	}
	imports := func(yield func(string) bool) {
		for _, p := range pass.Pkg.Imports() {
			if !yield(p.Path()) {
				return
			}
		}
	}
	return prefilter.Imports(imports) || len(pass.AllObjectFacts()) > 0 || exits(pass)
}

// exits reports whether the source looks as if it has a function that never
// returns.
func exits(pass *analysis.Pass) bool {
	read := pass.ReadFile
	if read == nil {
		read = os.ReadFile
	}
	for _, f := range pass.Files {
		src, err := read(pass.Fset.File(f.FileStart).Name())
		if err != nil || prefilter.Source(src) {
			return true
		}
	}
	return false
}

// endsWithoutReturn reports whether the last statement of the body of a function
// that has results is not a return, which the compiler allows only if control
// cannot get past it.
func endsWithoutReturn(body *ast.BlockStmt) bool {
	if len(body.List) == 0 {
		return false
	}
	_, isReturn := body.List[len(body.List)-1].(*ast.ReturnStmt)
	return !isReturn
}
