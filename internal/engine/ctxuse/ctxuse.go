// Package ctxuse finds out what functions do with the context that they are
// given: whether its end and its deadline matter to them, or they only log,
// read values, or keep it for later.
//
// The summaries are made from syntax, so that a dependency needs no SSA, and
// from names where a function's source is out of reach. They are may-answers:
// what happens on some path counts. Whatever is unknown counts as [Observes],
// the use that a context is made for. Each body is walked once for each round
// of fixpoint, which solves recursive functions.
package ctxuse

import (
	"go/ast"
	"go/types"
	"reflect"

	"golang.org/x/tools/go/analysis"

	"github.com/ctxlint/ctxlint/internal/engine/fixpoint"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/pass/scope"
)

// A Use is what a function does with its context.
type Use uint8

const (
	Observes Use = iota // waits for its end, checks for it, or hands it to something that may
	Inert               // at most reads values from it or logs them; an unnamed parameter is inert
	Keeps               // stores it, or starts something with it that outlives the call
)

// Analyzer computes a [*Result] and exports a [Fact] for each function that takes
// a context and does not observe it.
var Analyzer = &analysis.Analyzer{
	Name:       "ctxlintctxuse",
	Doc:        "find out what functions do with the context that they are given",
	URL:        "https://pkg.go.dev/github.com/ctxlint/ctxlint/internal/engine/ctxuse",
	Run:        run,
	ResultType: reflect.TypeFor[*Result](),
	FactTypes:  []analysis.Fact{new(Fact)},
}

// Fact tells importers of the function's package what [Result.Of] returns.
type Fact struct{ Use Use }

func (*Fact) AFact() {}

// String returns the form in which fixtures assert the fact.
func (f *Fact) String() string {
	if f.Use == Keeps {
		return "keeps its context"
	}
	return "context is inert"
}

// Result answers for the functions that a package declares or calls.
type Result struct {
	pass  *analysis.Pass
	decls map[*types.Func]*ast.FuncDecl
	uses  *fixpoint.Solver[ast.Node, Use] // for declarations and literals
}

func run(pass *analysis.Pass) (any, error) {
	r := &Result{
		pass:  pass,
		decls: make(map[*types.Func]*ast.FuncDecl),
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
			if fn, ok := pass.TypesInfo.Defs[decl.Name].(*types.Func); ok && takesContext(fn.Signature()) {
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
		if use := r.Of(fn); use != Observes {
			pass.ExportObjectFact(fn, &Fact{use})
		}
	}
	return r, nil
}

func importsContext(pkg *types.Package) bool {
	for _, p := range pkg.Imports() {
		if p.Path() == "context" || p.Path() == "golang.org/x/net/context" {
			return true
		}
	}
	return false
}

func takesContext(sig *types.Signature) bool {
	for p := range sig.Params().Variables() {
		if ctxlib.IsContextual(p.Type()) {
			return true
		}
	}
	return false
}

// Of returns what fn, a function, a method or an interface method, does with a
// context that it is given.
func (r *Result) Of(fn *types.Func) Use {
	fn = fn.Origin()
	if isLogger(fn) {
		return Inert
	}
	if decl, ok := r.decls[fn]; ok {
		if decl.Body == nil {
			return Observes
		}
		return r.uses.Get(decl)
	}
	if inertByTable(fn) {
		return Inert
	}
	if keepsByTable(fn) {
		return Keeps
	}
	fact := new(Fact)
	if fn.Pkg() != r.pass.Pkg && r.pass.ImportObjectFact(fn, fact) {
		return fact.Use
	}
	if fn.Pkg() != r.pass.Pkg || isInterfaceMethod(fn) {
		return byName(fn)
	}
	return Observes
}

// OfLit is like Of for a function literal of the package.
func (r *Result) OfLit(lit *ast.FuncLit) Use { return r.uses.Get(lit) }

// stronger returns the use that takes precedence: a function that both keeps
// its context and waits for its end counts as one that keeps it.
func stronger(a, b Use) Use {
	switch {
	case a == Keeps || b == Keeps:
		return Keeps
	case a == Observes || b == Observes:
		return Observes
	}
	return Inert
}

func isInterfaceMethod(fn *types.Func) bool {
	recv := fn.Signature().Recv()
	return recv != nil && types.IsInterface(recv.Type())
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
	s := &scan{r: r, name: name, body: body, aliases: make(map[types.Object]bool), polls: make(map[*ast.CallExpr]bool), joins: joins(r.pass.TypesInfo, body)}
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
	use := Inert
	if s.observes {
		use = Observes
	}
	if s.keeps {
		use = Keeps
	}
	return use
}
