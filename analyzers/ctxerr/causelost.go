package ctxerr

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/model/loglib"
	"github.com/ctxlint/ctxlint/internal/pass/catalog"
	"github.com/ctxlint/ctxlint/internal/pass/diag"
	"github.com/ctxlint/ctxlint/internal/pass/edit"
)

// causeFact says that a function asks context.Cause of a context that it is given.
type causeFact struct{}

func (*causeFact) AFact() {}

func (*causeFact) String() string { return "asks for the cause" }

// exportCauseFacts exports which functions ask for the cause of a parameter.
func (c *checker) exportCauseFacts() {
	for _, f := range c.pass.Files {
		for _, d := range f.Decls {
			decl, ok := d.(*ast.FuncDecl)
			if !ok || decl.Body == nil {
				continue
			}
			if fn, ok := c.pass.TypesInfo.Defs[decl.Name].(*types.Func); ok && c.asksCauseIn(decl.Body) {
				c.pass.ExportObjectFact(fn, new(causeFact))
			}
		}
	}
}

func (c *checker) asksCauseIn(body ast.Node) bool {
	found := false
	ast.Inspect(body, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			fn, ok := c.pass.TypesInfo.Uses[id].(*types.Func)
			found = found || ok && ctxlib.IsFunc(fn, "context", "Cause")
		}
		return !found
	})
	return found
}

// checkCauseLost reports where the end of a context that is cancelled with a cause is
// told without it. call is the one that makes the context.
func (c *checker) checkCauseLost(call *ssa.Call) {
	if c.asksCause {
		c.silentCause(call, causeAsked)
		return // in this package, somebody does ask
	}
	cause := c.causeGiven(call)
	if !cause.IsValid() {
		c.silentCause(call, causeEmpty)
		return
	}
	ctx := ssax.Result(call, 0)
	if ctx == nil {
		return
	}
	w := &contextWalk{c: c, seen: make(map[ssa.Value]bool)}
	w.follow(ctx)
	if w.asked {
		c.silentCause(call, causeAsked)
		return
	}
	for _, end := range w.ends {
		c.reportCauseLost(end, cause)
	}
}

// causeGiven returns where the context that call makes gets a cause, or NoPos if it
// is not known to get one that says more than its error.
func (c *checker) causeGiven(call *ssa.Call) token.Pos {
	fn := ssax.Callee(&call.Call)
	switch {
	case ctxlib.IsFunc(fn, "context", "WithTimeoutCause"), ctxlib.IsFunc(fn, "context", "WithDeadlineCause"):
		if c.saysMore(call.Call.Args[2]) {
			return call.Pos()
		}
	case ctxlib.IsFunc(fn, "context", "WithCancelCause"):
		cancel := ssax.Result(call, 1)
		if cancel == nil {
			return token.NoPos
		}
		for _, site := range callsOf(cancel) {
			if args := site.Common().Args; len(args) == 1 && c.saysMore(args[0]) {
				return site.Pos()
			}
		}
	}
	return token.NoPos
}

// saysMore reports whether a cause is an error other than that of a context.
func (c *checker) saysMore(cause ssa.Value) bool {
	if ssax.IsNil(cause) || sentinel(cause) != "" {
		return false
	}
	call, ok := cause.(*ssa.Call)
	return !ok || !isErr(&call.Call) && !ctxlib.IsFunc(ssax.Callee(&call.Call), "context", "Cause")
}

// callsOf returns the calls of a function value in its function and in the literals
// that capture the one variable that holds it.
func callsOf(v ssa.Value) []ssa.CallInstruction {
	var calls []ssa.CallInstruction
	for _, ref := range *v.Referrers() {
		switch ref := ref.(type) {
		case ssa.CallInstruction:
			if ref.Common().Value == v {
				calls = append(calls, ref)
			}
		case *ssa.Store:
			cell, ok := ssax.Variable(ref.Addr)
			if !ok || ref.Val != v {
				continue
			}
			uses := ssax.UsesOf(cell)
			if _, ok := uses.Only(); !ok {
				continue
			}
			for _, load := range uses.Loads {
				calls = append(calls, callsOf(load)...)
			}
		}
	}
	return calls
}

// A contextWalk finds where code asks a context, or one that derives from it, why it
// has ended.
type contextWalk struct {
	c     *checker
	seen  map[ssa.Value]bool
	ends  []*ssa.Call // of the method Err
	asked bool        // a function that gets the context asks for its cause
}

func (w *contextWalk) follow(v ssa.Value) {
	if w.seen[v] || v.Referrers() == nil {
		return
	}
	w.seen[v] = true
	for _, ref := range *v.Referrers() {
		switch ref := ref.(type) {
		case *ssa.Store:
			w.store(ref, v)
		case *ssa.Call:
			w.call(ref, v)
		}
	}
}

func (w *contextWalk) store(st *ssa.Store, v ssa.Value) {
	cell, ok := ssax.Variable(st.Addr)
	if !ok || st.Val != v {
		return
	}
	uses := ssax.UsesOf(cell)
	for _, load := range uses.Loads {
		if onlyStored(st, load, uses) {
			w.follow(load)
		}
	}
}

// onlyStored reports whether a load gives what was stored by st and nothing else.
func onlyStored(st *ssa.Store, load *ssa.UnOp, uses *ssax.Uses) bool {
	if _, only := uses.Only(); only {
		return true
	}
	if uses.Escapes || load.Parent() != st.Parent() {
		return false
	}
	for _, other := range uses.Stores {
		if other != st && (other.Parent() != st.Parent() || ssax.StoreReaches(other, load, uses.Stores)) {
			return false
		}
	}
	return true
}

func (w *contextWalk) call(call *ssa.Call, v ssa.Value) {
	fn := ssax.Callee(&call.Call)
	switch {
	case isErr(&call.Call):
		w.ends = append(w.ends, call)
	case fn == nil:
	case ctxlib.DerivesFrom(fn) == 0 && call.Call.Args[0] == v:
		if derived := ssax.Result(call, 0); derived != nil {
			w.follow(derived)
		}
	case w.c.pass.ImportObjectFact(fn, new(causeFact)):
		w.asked = true
	}
}

// reportCauseLost reports a call of Err whose result is told to somebody.
func (c *checker) reportCauseLost(end *ssa.Call, cause token.Pos) {
	told, confidence := c.told(end)
	if !told || ssax.InTest(end.Parent()) {
		if !told {
			c.report.Silent(causeLost, end.Pos(), notTold)
		}
		return
	}
	node := c.syntax.Call(end.Pos())
	if node == nil {
		return
	}
	d := analysis.Diagnostic{
		Pos: node.Pos(), End: node.End(), Category: causeLost,
		Message: "the context is cancelled with a cause, but its Err does not tell it, and nothing else asks for it; use context.Cause",
		Related: []analysis.RelatedInformation{{Pos: cause, Message: "the cause is given here"}},
	}
	if fix := c.causeFix(node); fix != nil {
		d.SuggestedFixes = []analysis.SuggestedFix{*fix}
	}
	c.report.ReportFinding(diag.Finding{Diagnostic: d, Confidence: confidence})
}

// told reports whether an error is returned, logged or put into a text. Whoever gets it
// returned may ask whether it is that of a context, which a cause need not be.
func (c *checker) told(err ssa.Value) (told bool, confidence catalog.Confidence) {
	confidence = catalog.High
	for _, ref := range *err.Referrers() {
		switch ref := ref.(type) {
		case *ssa.Return:
			told, confidence = true, catalog.Medium
		case *ssa.ChangeInterface:
			if also, sure := c.told(ref); also {
				told, confidence = true, max(confidence, sure)
			}
		case *ssa.Store:
			for _, list := range ssax.SlicesOf(ref) {
				if fn := takerOf(list); fn != nil {
					told = true
					if ctxlib.IsFunc(fn, "fmt", "Errorf") {
						confidence = catalog.Medium
					}
				}
			}
		}
	}
	return told, confidence
}

// takerOf returns the function that logs or formats the elements of list, or nil.
func takerOf(list *ssa.Slice) *types.Func {
	for _, ref := range *list.Referrers() {
		if call, ok := ref.(*ssa.Call); ok {
			if fn := ssax.Callee(&call.Call); slices.ContainsFunc([]func(*types.Func) bool{loglib.Takes, loglib.Prints, loglib.Formats}, func(takes func(*types.Func) bool) bool { return takes(fn) }) {
				return fn
			}
		}
	}
	return nil
}

// causeFix returns the fix that asks context.Cause.
func (c *checker) causeFix(node *ast.CallExpr) *analysis.SuggestedFix {
	sel, ok := node.Fun.(*ast.SelectorExpr)
	if !ok {
		return nil
	}
	name, edits, ok := edit.Import(c.pass, node.Pos(), "context")
	ctx := c.source.Text(sel.X)
	if !ok || ctx == "" {
		return nil
	}
	return &analysis.SuggestedFix{
		Message:   "Ask context.Cause",
		TextEdits: append(edits, analysis.TextEdit{Pos: node.Pos(), End: node.End(), NewText: fmt.Appendf(nil, "%s.Cause(%s)", name, ctx)}),
	}
}
