package goroutineleak

import (
	"fmt"
	"go/ast"
	"go/types"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/cfg"

	"github.com/ctxlint/ctxlint/internal/engine/noreturn"
	"github.com/ctxlint/ctxlint/internal/pass/location"
	"github.com/ctxlint/ctxlint/internal/pass/scope"
)

// endlessFact says that a function loops forever: whoever starts it as a goroutine
// cannot end it.
type endlessFact struct {
	Loop     string // "file:line" of the loop
	Reported bool   // the loop itself is, as it has a context
}

func (*endlessFact) AFact() {}

// String returns the form in which fixtures assert the fact.
func (f *endlessFact) String() string {
	if f.Reported {
		return "endless, reported"
	}
	return "endless"
}

// producerFact says on which of its results goroutines send that a function starts.
type producerFact struct {
	Results []production
}

// A production is one channel that a function returns.
type production struct {
	Index, Capacity, Sends int
	Send, Made             string // where, by [location.Of]
}

func (*producerFact) AFact() {}

// String returns the form in which fixtures assert the fact.
func (f *producerFact) String() string {
	var parts []string
	for _, r := range f.Results {
		n := fmt.Sprint(r.Sends)
		if r.Sends >= many {
			n = "many"
		}
		parts = append(parts, fmt.Sprintf("sends %s on result %d, with room for %d", n, r.Index, r.Capacity))
	}
	return strings.Join(parts, ", ")
}

// hasProducers reports whether the package may have a function for which there is a
// producerFact, as far as its declarations say. What a library asks of its callers is in
// its documentation, and not worth the SSA form of each.
func hasProducers(pass *analysis.Pass) bool {
	if scope.IsStandard(pass) || scope.IsThirdParty(pass) {
		return false
	}
	for _, f := range pass.Files {
		for _, d := range f.Decls {
			decl, ok := d.(*ast.FuncDecl)
			if ok && decl.Name.IsExported() && decl.Type.Results != nil && returnsChan(pass.TypesInfo.Defs[decl.Name]) {
				return true
			}
		}
	}
	return false
}

func returnsChan(obj types.Object) bool {
	fn, ok := obj.(*types.Func)
	if !ok {
		return false
	}
	for v := range fn.Signature().Results().Variables() {
		if isChan(v.Type()) {
			return true
		}
	}
	return false
}

// exportProducers exports a fact for each exported function or method that returns a
// channel on which goroutines send that it has started, unless these work on what
// others ask for.
func (c *checker) exportProducers() {
	for _, fn := range c.pkg.SSA().Funcs {
		obj, ok := fn.Object().(*types.Func)
		if !ok || !obj.Exported() || len(fn.Blocks) == 0 || fn.Parent() != nil {
			continue
		}
		fact := new(producerFact)
		for i := range fn.Signature.Results().Len() {
			if !isChan(fn.Signature.Results().At(i).Type()) {
				continue
			}
			p := c.producers.Get(result{fn, i})
			if p == nil || p.far != nil || c.fed(p.own) {
				continue
			}
			fact.Results = append(fact.Results, production{i, p.capacity, p.sends, location.Of(c.pass, p.sender.op.Pos()), location.Of(c.pass, p.made.Pos())})
		}
		if len(fact.Results) > 0 {
			c.pass.ExportObjectFact(obj, fact)
		}
	}
}

// loopingForever returns the exported functions and methods that loop forever, each with
// the loop. Syntax shows that, so that a dependency needs no SSA.
func loopingForever(pass *analysis.Pass, never *noreturn.Result) map[*types.Func]*ast.ForStmt {
	forever := make(map[*types.Func]*ast.ForStmt)
	for _, f := range pass.Files {
		for _, d := range f.Decls {
			decl, ok := d.(*ast.FuncDecl)
			if !ok || decl.Body == nil || !decl.Name.IsExported() {
				continue
			}
			fn, ok := pass.TypesInfo.Defs[decl.Name].(*types.Func)
			if !ok {
				continue
			}
			if loop := lastLoop(decl.Body); loop != nil && endless(decl.Body, never) {
				forever[fn] = loop
			}
		}
	}
	return forever
}

// exportFacts exports a fact for each function that loops forever. Those in reported have
// a finding of their own.
func exportFacts(pass *analysis.Pass, forever map[*types.Func]*ast.ForStmt, reported map[*types.Func]bool) {
	for fn, loop := range forever {
		posn := pass.Fset.Position(loop.Pos())
		name := posn.Filename[strings.LastIndexAny(posn.Filename, `/\`)+1:]
		pass.ExportObjectFact(fn, &endlessFact{fmt.Sprintf("%s:%d", name, posn.Line), reported[fn]})
	}
}

// lastLoop returns the loop without a condition that ends the body, nil if it ends
// otherwise.
func lastLoop(body *ast.BlockStmt) *ast.ForStmt {
	if len(body.List) == 0 {
		return nil
	}
	stmt := body.List[len(body.List)-1]
	if labeled, ok := stmt.(*ast.LabeledStmt); ok {
		stmt = labeled.Stmt
	}
	if loop, ok := stmt.(*ast.ForStmt); ok && loop.Cond == nil {
		return loop
	}
	return nil
}

// endless reports whether control that enters the body never gets to a return, or
// to a call that ends the goroutine.
func endless(body *ast.BlockStmt, never *noreturn.Result) bool {
	g := cfg.New(body, func(call *ast.CallExpr) bool { return !never.EndsIn(call) })
	for _, b := range g.Blocks {
		if b.Live && len(b.Succs) == 0 {
			return false
		}
	}
	return true
}
