package ctxkey

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/analysis"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/pass/catalog"
	"github.com/ctxlint/ctxlint/internal/pass/diag"
	"github.com/ctxlint/ctxlint/internal/pass/edit"
	"github.com/ctxlint/ctxlint/internal/pass/keys"
	"github.com/ctxlint/ctxlint/internal/pass/location"
)

// checkCollision reports a key of a basic type that another place sets, too, or that only
// a variable of type any hides from the check of keys that staticcheck has.
func (c *checker) checkCollision(s *site) {
	k := s.key
	switch {
	case k.id == "":
		c.report.Silent(collision, s.call.Pos(), unknownKey)
		return
	case c.setBefore(s):
		c.report.Silent(collision, s.call.Pos(), saidBefore)
		return
	case k.t != nil && !isBasic(k.t) || k.t == nil && k.typ != "string" && k.typ != "int":
		c.report.Silent(collision, s.call.Pos(), ownType)
		return
	}
	d := analysis.Diagnostic{Category: collision}
	d.Pos, d.End = c.span(s.call)
	shown := k.show(c.pass.Pkg)
	if other := c.otherType(s); other != nil {
		d.Message = fmt.Sprintf("the key %s is also set with a value of another type, so one overwrites the other; give each a key type of its own", shown)
		d.Related = []analysis.RelatedInformation{{Pos: other.call.Pos(), Message: fmt.Sprintf("%s sets it here", shortName(other.call))}}
		c.report.Report(d)
		return
	}
	if place, ok := c.setByImport(k.id, s); ok {
		d.Message = fmt.Sprintf("the key %s is also set at %s, so one overwrites the other; give each package a key type of its own", shown, location.In(place, c.pass.Pkg.Path()))
		c.report.ReportFinding(diag.Finding{Diagnostic: d, Confidence: catalog.Medium})
		return
	}
	assumes := keys.Assumption{Elsewhere: k.id, Value: typeOfValue(s), Confidence: catalog.Medium}
	if !behindAny(s) {
		d.Message = fmt.Sprintf("the key %s is also set in another package, so one overwrites the other; give each package a key type of its own", shown)
		c.report.KeepForRun(diag.Finding{Diagnostic: d, AssumesKey: assumes})
		c.report.Silent(collision, s.call.Pos(), onlyRunSees)
		return
	}
	d.Message = fmt.Sprintf("%s is of type %s, so that any package with the same value uses the same key; give it a type of its own", shown, k.typ)
	confidence := catalog.Medium
	if fix := c.typeFix(k.v); fix != nil {
		confidence = catalog.High
		d.SuggestedFixes = []analysis.SuggestedFix{*fix}
	}
	c.report.ReportFinding(diag.Finding{Diagnostic: d, Confidence: confidence})
}

// setBefore reports whether another site before this one sets the key: one finding is
// enough for all.
func (c *checker) setBefore(s *site) bool {
	for _, other := range c.sites {
		if other == s {
			return false
		}
		if other.sets() && other.key.id == s.key.id && !ssax.InTest(other.call.Parent()) {
			return true
		}
	}
	return false
}

// behindAny reports whether the key is in a variable of type any.
func behindAny(s *site) bool { return s.key.v != nil && types.IsInterface(s.key.v.Type()) }

// typeOfValue returns the type of the value that is set, "" if it is not known.
func typeOfValue(s *site) string {
	if s.value == nil || types.IsInterface(ssax.Strip(s.value).Type()) {
		return ""
	}
	return typeName(ssax.Strip(s.value).Type())
}

// otherType returns another function of the package, and not of tests, that sets the key
// to a value of another type, or nil.
func (c *checker) otherType(s *site) *site {
	mine := typeOfValue(s)
	for _, other := range c.sites {
		if other != s && other.sets() && other.key.id == s.key.id && !ssax.InTest(other.call.Parent()) {
			if theirs := typeOfValue(other); theirs != "" && mine != "" && theirs != mine {
				return other
			}
		}
	}
	return nil
}

// setByImport returns where a package that this one imports sets the key.
func (c *checker) setByImport(id string, s *site) (place string, ok bool) {
	for _, f := range c.pass.AllPackageFacts() {
		fact, isKeys := f.Fact.(*keysFact)
		if !isKeys || f.Package == c.pass.Pkg {
			continue
		}
		for _, u := range fact.Sets {
			if u.Kind == keys.Set && u.Key == id && (!ok || u.Place < place) {
				place, ok = u.Place, true
			}
		}
	}
	return place, ok
}

// typeFix returns the fix that gives the key in a variable of type any a type of its own:
// an empty struct. Nil unless the variable is declared by itself, no other package can
// see it, and the package does nothing with it but set and read values.
func (c *checker) typeFix(v *types.Var) *analysis.SuggestedFix {
	if v == nil || v.Exported() || v.Pkg() != c.pass.Pkg || !c.onlyKey(v) {
		return nil
	}
	file := edit.FileOf(c.pass, v.Pos())
	name := v.Name() + "Type"
	if file == nil || c.pass.Pkg.Scope().Lookup(name) != nil {
		return nil
	}
	for _, d := range file.Decls {
		decl, ok := d.(*ast.GenDecl)
		if !ok || decl.Tok != token.VAR || decl.Lparen.IsValid() || len(decl.Specs) != 1 {
			continue
		}
		spec := decl.Specs[0].(*ast.ValueSpec)
		if len(spec.Names) != 1 || len(spec.Values) != 1 || c.pass.TypesInfo.Defs[spec.Names[0]] != v {
			continue
		}
		start := decl.Pos()
		if decl.Doc != nil {
			start = decl.Doc.Pos()
		}
		return &analysis.SuggestedFix{
			Message: "Give the key a type of its own",
			TextEdits: []analysis.TextEdit{
				{Pos: start, End: start, NewText: []byte("type " + name + " struct{}\n\n")},
				{Pos: spec.Values[0].Pos(), End: spec.Values[0].End(), NewText: []byte(name + "{}")},
			},
		}
	}
	return nil
}

// onlyKey reports whether all uses of a variable are keys of calls that set and read
// values, and no other key of the package has its value.
func (c *checker) onlyKey(v *types.Var) bool {
	uses, sites := 0, 0
	for _, obj := range c.pass.TypesInfo.Uses {
		if obj == v {
			uses++
		}
	}
	var id string
	for _, s := range c.sites {
		if s.key.v == v {
			sites++
			id = s.key.id
		}
	}
	for _, s := range c.sites {
		if s.key.id == id && s.key.v != v {
			return false
		}
	}
	return uses == sites && uses > 0
}
