package cancelleak

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/analysis"

	"github.com/ctxlint/ctxlint/internal/engine/failing"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/model/web"
	"github.com/ctxlint/ctxlint/internal/pass/catalog"
	"github.com/ctxlint/ctxlint/internal/pass/diag"
	"github.com/ctxlint/ctxlint/internal/pass/failures"
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
	switch {
	case s.kind == stopFunc:
		return "so a second signal cannot end the program"
	case s.kind == group:
		return "so errors are lost and its context lives as long as its parent"
	case ctxlib.IsDeadline(s.callee):
		return "so the context lives until its deadline"
	case freestanding(s):
		return "so nothing ends what waits for it"
	}
	return "so the context lives as long as its parent"
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

// reportSite reports a finding about s, of which the category's own steps are proved with
// the given confidence.
func (c *checker) reportSite(s *site, confidence catalog.Confidence, category, message string, fix *analysis.SuggestedFix, related ...analysis.RelatedInformation) {
	c.reportLeaving(s, failures.Way{}, confidence, category, message, fix, related...)
}

// reportLeaving is reportSite for an obligation that is lost only on a way out of a function:
// see [diag.Finding.Leaving].
func (c *checker) reportLeaving(s *site, way failures.Way, confidence catalog.Confidence, category, message string, fix *analysis.SuggestedFix, related ...analysis.RelatedInformation) {
	pos, end := c.span(s)
	d := analysis.Diagnostic{Pos: pos, End: end, Category: category, Message: message, Related: related}
	if fix != nil {
		d.SuggestedFixes = []analysis.SuggestedFix{*fix}
	}
	if s.Site != nil && web.IsCommand(s.fn().Signature) {
		confidence = catalog.Low // when a command returns, the process mostly ends
	}
	if way.Of != "" && c.exitsAfter(way) {
		confidence = catalog.Low
	}
	c.report.ReportFinding(diag.Finding{Diagnostic: d, Confidence: max(confidence, c.confidence(s)), Leaving: way, AssumesCaller: assumes(s)})
}

// exitsAfter reports whether the process ends after a way out of a function of package main,
// all of whose callers are in view.
func (c *checker) exitsAfter(way failures.Way) bool {
	if c.pass.Pkg.Name() != "main" {
		return false
	}
	if c.after == nil {
		c.after = make(failures.Index)
		c.after.Add(c.pass.ResultOf[failing.Analyzer].(*failing.Result).Failures())
	}
	return c.after.Exits(way)
}
