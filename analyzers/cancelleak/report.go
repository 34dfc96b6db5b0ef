package cancelleak

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/mustcall"
	"github.com/ctxlint/ctxlint/internal/engine/ssax"
)

// noun names the obligation of s with its article: "the cancel function of
// context.WithTimeout".
func (s *site) noun() string {
	switch s.kind {
	case stopFunc:
		return "the stop function of " + s.maker
	case group:
		return "the group of " + s.maker
	}
	return "the cancel function of " + s.maker
}

// harm says what comes of a lost obligation.
func (s *site) harm() string {
	switch s.kind {
	case stopFunc:
		return "so the signals stay captured and a second one cannot end the program"
	case group:
		return "so its context is not released until the parent is done, and errors of its goroutines are lost"
	}
	return "so the context is not released until its parent is done"
}

// name returns the name of the variable that holds the obligation, or a noun.
func (c *checker) name(s *site) string {
	switch e := c.syntax.target(s.Site, s.result).(type) {
	case *ast.Ident:
		if e.Name != "_" {
			return e.Name
		}
	case *ast.SelectorExpr:
		return types.ExprString(e)
	}
	return s.noun()
}

// span returns where a finding about s is shown: the variable on the left, else
// the call.
func (c *checker) span(s *site) (pos, end token.Pos) {
	if e := c.syntax.target(s.Site, s.result); e != nil {
		return e.Pos(), e.End()
	}
	if cur, ok := c.syntax.call(s.Site); ok {
		return cur.Node().Pos(), cur.Node().End()
	}
	return s.Site.Pos(), token.NoPos
}

func (c *checker) reportSite(s *site, category, message string, fix *analysis.SuggestedFix, related ...analysis.RelatedInformation) {
	pos, end := c.span(s)
	d := analysis.Diagnostic{Pos: pos, End: end, Category: category, Message: message, Related: related}
	if fix != nil {
		d.SuggestedFixes = []analysis.SuggestedFix{*fix}
	}
	c.report.Report(d)
}

// reportDiscarded reports an obligation that the program drops on the spot.
func (c *checker) reportDiscarded(s *site) {
	what := "is discarded"
	switch id, named := c.syntax.target(s.Site, s.result).(*ast.Ident); {
	case s.kind == group:
		what = "is never waited for"
	case named && id.Name != "_" && s.Value == nil && c.assignedLater(id):
		c.reportSite(s, discarded, fmt.Sprintf("%s is overwritten before it is called, %s; call it first", s.noun(), s.harm()), nil)
		return
	case named && id.Name != "_":
		what = "is never used"
	}
	advice := "name it and defer it"
	switch {
	case s.kind == group:
		advice = "call Wait on every path"
	case what == "is never used":
		advice = "defer it"
	}
	c.reportSite(s, discarded, fmt.Sprintf("%s %s, %s; %s", s.noun(), what, s.harm(), advice), c.deferFix(s))
}

// assignedLater reports whether the variable that id names in an assignment is
// assigned again after it, or in a later turn of a loop around it.
func (c *checker) assignedLater(id *ast.Ident) bool {
	v := c.pass.TypesInfo.ObjectOf(id)
	cur, ok := c.syntax.At(id.Pos(), func(n ast.Node) bool { _, ok := n.(*ast.FuncDecl); return ok })
	if v == nil || !ok {
		return false
	}
	if n := c.syntax.innermostLoop(id.Pos()); n != nil && !(n.Pos() <= v.Pos() && v.Pos() < n.End()) {
		return true
	}
	again := false
	ast.Inspect(cur.Node(), func(n ast.Node) bool {
		if assign, ok := n.(*ast.AssignStmt); ok {
			for _, lhs := range assign.Lhs {
				l, ok := lhs.(*ast.Ident)
				again = again || ok && l.Pos() > id.Pos() && c.pass.TypesInfo.ObjectOf(l) == v
			}
		}
		return !again
	})
	return again
}

// reportPaths reports an obligation that is met on some paths only.
func (c *checker) reportPaths(s *site, flow *mustcall.Flow, leaks []mustcall.Leak) {
	var related []analysis.RelatedInformation
	overwritten := true
	for _, l := range leaks {
		overwritten = overwritten && l.Kind == mustcall.Overwritten
		related = append(related, c.exit(s, l))
	}
	if overwritten {
		c.reportSite(s, discarded, fmt.Sprintf("%s is overwritten before it is called, %s; call it first", s.noun(), s.harm()), nil, related...)
		return
	}
	name := c.name(s)
	subject := name
	if name != s.noun() {
		subject = name + ", " + s.noun() + ","
	}
	advice := "call it before leaving"
	if c.syntax.innermostLoop(s.Site.Pos()) == nil && onlyCalled(flow) {
		advice = "defer it right here"
	}
	c.reportSite(s, path, fmt.Sprintf("%s is not called on every path, %s; %s", subject, s.harm(), advice), nil, related...)
}

// onlyCalled reports whether every use of the obligation is a call in the
// function itself, so that one defer can take their place.
func onlyCalled(flow *mustcall.Flow) bool { return len(flow.Uses.Escaped) == 0 }

// exit describes one way out on which the obligation is not met.
func (c *checker) exit(s *site, l mustcall.Leak) analysis.RelatedInformation {
	switch l.Kind {
	case mustcall.AtNextIteration:
		pos := s.Site.Pos()
		if n := c.syntax.innermostLoop(pos); n != nil {
			pos = n.Pos()
		}
		return analysis.RelatedInformation{Pos: pos, End: pos + token.Pos(len("for")), Message: "the next turn of this loop starts without calling it"}
	case mustcall.Overwritten:
		pos := l.At.Pos()
		if call, ok := l.At.(*ssa.Call); ok {
			if e := c.syntax.target(call, s.result); e != nil {
				pos = e.Pos()
			}
		}
		return analysis.RelatedInformation{Pos: pos, Message: "overwritten here while it still has to be called"}
	}
	pos := ssax.ExitPos(l.At.(*ssa.Return))
	message := "this return leaves without calling it"
	if !l.At.Pos().IsValid() {
		message = "the end of the function is reached without calling it"
	}
	return analysis.RelatedInformation{Pos: pos, Message: message}
}

// reportIgnored reports an obligation that is handed only to functions that do
// nothing with it.
func (c *checker) reportIgnored(s *site, calls []*ssa.CallCommon) {
	var related []analysis.RelatedInformation
	callee := "a function"
	for i, call := range calls {
		name := "a function literal"
		if fn := ssax.Callee(call); fn != nil {
			name = ssax.FuncName(fn, c.pass.Pkg)
		}
		if i == 0 {
			callee = name
		}
		related = append(related, analysis.RelatedInformation{Pos: call.Pos(), Message: name + " takes it here and ignores it"})
	}
	c.reportSite(s, ignoredParam, fmt.Sprintf("%s is passed to %s which never calls it, %s; call it yourself", s.noun(), callee, s.harm()), nil, related...)
}

// reportDead reports an obligation that is stored only where nothing reads it.
func (c *checker) reportDead(s *site, stores []*ssa.Store) {
	place := "a place"
	var related []analysis.RelatedInformation
	for i, st := range stores {
		if v := ssax.Place(st.Addr); v != nil {
			if i == 0 {
				place = "variable " + v.Name()
				if v.IsField() {
					place = "field " + v.Name()
				}
			}
			related = append(related, analysis.RelatedInformation{Pos: v.Pos(), Message: v.Name() + " is declared here"})
		}
	}
	c.reportSite(s, field, fmt.Sprintf("%s is stored in %s which nothing in the package reads, %s; call it where the owner is closed", s.noun(), place, s.harm()), nil, related...)
}

// reportIdle reports an obligation that only function literals use that are never run.
func (c *checker) reportIdle(s *site, closures []*ssa.MakeClosure) {
	var related []analysis.RelatedInformation
	for _, mc := range closures {
		related = append(related, analysis.RelatedInformation{Pos: mc.Fn.Pos(), Message: "this function literal is never called, deferred, started or passed on"})
	}
	c.reportSite(s, unusedClosure, fmt.Sprintf("%s is only called in a function literal that never runs, %s", s.noun(), s.harm()), nil, related...)
}
