// Package ctxuse finds out what functions do with the context that they are
// given: whether its end and its deadline matter to them, or they only log,
// read values, or keep it for later.
//
// The summaries are made from syntax, so that a dependency needs no SSA. They
// are may-answers: what happens on some path counts. A method of an interface
// does what its implementations in view do. Where no body is in view, the name
// decides, and where one is, the name of a logger can only make the answer less
// certain. Whatever is unknown counts as [Observes], the use that a context is
// made for. Each body is walked once for each round of fixpoint, which solves
// recursive functions.
package ctxuse

import (
	"go/ast"
	"go/types"
	"reflect"
	"sync"

	"golang.org/x/tools/go/analysis"

	"github.com/ctxlint/ctxlint/internal/engine/fixpoint"
	"github.com/ctxlint/ctxlint/internal/engine/inview"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/model/importpath"
	"github.com/ctxlint/ctxlint/internal/pass/scope"
)

// A Use is what a function does with its context.
type Use uint8

const (
	Observes Use = iota // waits for its end, checks for it, or hands it to something that may
	Inert               // at most reads values from it or logs them; an unnamed parameter is inert
	Keeps               // stores it, or starts something with it that outlives the call
	Perhaps             // Observes as far as can be proved, and Inert if its name or what is in view tells
)

// Analyzer computes a [*Result] and exports a [Fact] for each function that takes
// a context and does not observe it, or does although its name says otherwise.
var Analyzer = &analysis.Analyzer{
	Name:       "ctxlintctxuse",
	Doc:        "find out what functions do with the context that they are given",
	URL:        "https://pkg.go.dev/github.com/ctxlint/ctxlint/internal/engine/ctxuse",
	Requires:   []*analysis.Analyzer{inview.Analyzer},
	Run:        run,
	ResultType: reflect.TypeFor[*Result](),
	FactTypes:  []analysis.Fact{new(Fact)},
}

// Fact tells importers of the function's package what [Result.Of] returns.
type Fact struct{ Use Use }

func (*Fact) AFact() {}

// String returns the form in which fixtures assert the fact.
func (f *Fact) String() string {
	switch f.Use {
	case Observes:
		return "observes its context"
	case Keeps:
		return "keeps its context"
	case Perhaps:
		return "perhaps observes its context"
	}
	return "context is inert"
}

// Result answers for the functions that a package declares or calls. Its methods may
// be called concurrently: a driver may run several analyzers at the same time.
type Result struct {
	mu    sync.Mutex
	pass  *analysis.Pass
	decls map[*types.Func]*ast.FuncDecl
	uses  *fixpoint.Solver[ast.Node, Use] // for declarations and literals
	view  *inview.View
	inert map[string]bool // names of methods in view that need not observe their context; nil before it is asked for
	rates *rates
	funcs *funcValues
}

func run(pass *analysis.Pass) (any, error) {
	r := &Result{
		pass:  pass,
		decls: make(map[*types.Func]*ast.FuncDecl),
		view:  inview.Of(pass),
		rates: &rates{pass: pass},
		funcs: &funcValues{pass: pass},
	}
	// A recursive call adds nothing to what the rest of the body does.
	r.uses = fixpoint.New(fixpoint.Problem[ast.Node, Use]{
		Bottom: Inert,
		Step:   r.body,
		Join:   stronger,
		Equal:  func(a, b Use) bool { return a == b },
		Spent:  Observes,
	})
	if !importsContext(pass.Pkg) {
		return r, nil
	}
	var takers []*types.Func
	for _, f := range pass.Files {
		for _, d := range f.Decls {
			decl, ok := d.(*ast.FuncDecl)
			if !ok {
				continue
			}
			if fn, ok := pass.TypesInfo.Defs[decl.Name].(*types.Func); ok && ctxlib.Takes(fn.Signature()) {
				r.decls[fn] = decl
				takers = append(takers, fn)
			}
		}
	}
	if scope.IsStandard(pass) {
		return r, nil // facts about it are never relied on
	}
	for _, fn := range takers {
		if !fn.Exported() {
			continue // importers cannot name it
		}
		if use := r.Of(fn); use != Observes || byName(fn) != Observes {
			pass.ExportObjectFact(fn, &Fact{use})
		}
	}
	return r, nil
}

func importsContext(pkg *types.Package) bool {
	return importpath.Imports(pkg.Imports(), "context") || importpath.Imports(pkg.Imports(), "golang.org/x/net/context")
}

// Of returns what fn, a function, a method or an interface method, does with a
// context that it is given.
func (r *Result) Of(fn *types.Func) Use {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.of(fn)
}

// of is Of for who has the lock.
func (r *Result) of(fn *types.Func) Use {
	fn = fn.Origin()
	if decl, ok := r.decls[fn]; ok {
		return r.ofDecl(fn, decl)
	}
	if inertByTable(fn) {
		return Inert
	}
	if keepsByTable(fn) {
		return Keeps
	}
	if readsCache(fn) {
		return Perhaps
	}
	fact := new(Fact)
	switch {
	case fn.Pkg() != r.pass.Pkg && r.pass.ImportObjectFact(fn, fact):
		return fact.Use
	case inview.IsMethod(fn):
		return r.ofInterface(fn)
	case fn.Pkg() != r.pass.Pkg:
		return byName(fn)
	}
	return Observes
}

// ofDecl returns the use of a function that the package declares. What else a
// logger does with its context, such as sending the text elsewhere, may be of no
// concern to its callers.
func (r *Result) ofDecl(fn *types.Func, decl *ast.FuncDecl) Use {
	use := Observes
	if decl.Body != nil {
		use = r.uses.Get(decl)
	}
	if use == Observes && IsLogger(fn) {
		return Perhaps
	}
	return use
}

// CallOf returns what a call of the package does with the context that it
// passes: what its callee does, unless what the method is called on cannot wait.
func (r *Result) CallOf(call *ast.CallExpr, callee *types.Func) Use {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.callOf(call, callee)
}

// callOf is CallOf for who has the lock.
func (r *Result) callOf(call *ast.CallExpr, callee *types.Func) Use {
	if r.rates.isUnlimited(call, callee) {
		return Inert
	}
	return r.of(callee)
}

// OfLit is like Of for a function literal of the package.
func (r *Result) OfLit(lit *ast.FuncLit) Use {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.ofLit(lit)
}

// ofLit is OfLit for who has the lock.
func (r *Result) ofLit(lit *ast.FuncLit) Use { return r.uses.Get(lit) }

// stronger returns the use that takes precedence: a function that both keeps
// its context and waits for its end counts as one that keeps it.
func stronger(a, b Use) Use {
	for _, use := range [...]Use{Keeps, Observes, Perhaps} {
		if a == use || b == use {
			return use
		}
	}
	return Inert
}

// body summarises the declaration or literal that node is.
func (r *Result) body(node ast.Node) Use {
	var (
		name string
		typ  *ast.FuncType
		body *ast.BlockStmt
	)
	switch node := node.(type) {
	case *ast.FuncDecl:
		name, typ, body = node.Name.Name, node.Type, node.Body
	case *ast.FuncLit:
		typ, body = node.Type, node.Body
	}
	s := &scan{r: r, name: name, body: body, use: Inert, aliases: make(map[types.Object]bool), polls: make(map[*ast.CallExpr]bool), joins: joins(r.pass.TypesInfo, body)}
	for _, field := range typ.Params.List {
		for _, name := range field.Names {
			if obj := r.pass.TypesInfo.Defs[name]; obj != nil && ctxlib.IsContextual(obj.Type()) {
				s.aliases[obj] = true
			}
		}
	}
	if len(s.aliases) > 0 {
		s.block(body)
	}
	return s.use
}
