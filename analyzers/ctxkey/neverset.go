package ctxkey

import (
	"fmt"
	"go/ast"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/importpath"
	"github.com/ctxlint/ctxlint/internal/pass/catalog"
	"github.com/ctxlint/ctxlint/internal/pass/decision"
	"github.com/ctxlint/ctxlint/internal/pass/diag"
	"github.com/ctxlint/ctxlint/internal/pass/keys"
	"github.com/ctxlint/ctxlint/internal/pass/scope"
)

// checkNeverSet reports a value that is read under a key which nothing sets. It returns
// whether it did.
func (c *checker) checkNeverSet(s *site) bool {
	k := s.key
	if k.fresh && k.t != nil && owner(k.t) != nil {
		return c.reportNeverSet(s, catalog.High, "a pointer that is made here equals no other, so no value is found; use the key by value, or one variable for it", nil)
	}
	why := unknownKey
	if k.id != "" {
		why = c.maySet(k)
	}
	if why != "" {
		c.report.Silent(neverSet, s.call.Pos(), why)
		return false
	}
	near := c.nearMiss(k)
	if k.t != nil && isBasic(k.t) {
		if near == nil || c.anySet(k.id) {
			c.report.Silent(neverSet, s.call.Pos(), anybodySets)
			return false
		}
		return c.reportNeverSet(s, catalog.Medium, fmt.Sprintf("the value is set under %s, which is another key than %s, so it is not found here; use the same key", near.key.show(c.pass.Pkg), k.show(c.pass.Pkg)), near)
	}
	name := ownerOf(k)
	if why := c.notJudged(k, name); why != "" {
		c.report.Silent(neverSet, s.call.Pos(), why)
		return false
	}
	message := fmt.Sprintf("nothing sets the key %s, so this value is always nil; set it, or drop what reads it", k.show(c.pass.Pkg))
	if near != nil {
		message = fmt.Sprintf("nothing sets the key %s, so this is always nil: the value is set under %s; use the same key", k.show(c.pass.Pkg), near.key.show(c.pass.Pkg))
	}
	if name.Pkg() == c.pass.Pkg && !c.nameable(name, k) {
		return c.reportNeverSet(s, c.settledBy(k, near), message, near)
	}
	settled := c.settledBy(k, near)
	if !importpath.IsInternal(name.Pkg().Path()) {
		settled = max(settled, catalog.Medium)
	}
	c.report.KeepForRun(diag.Finding{
		Diagnostic: c.neverSetDiagnostic(s, message, near),
		AssumesKey: keys.Assumption{Unset: k.id, Type: k.typ, Confidence: settled},
	})
	c.report.Silent(neverSet, s.call.Pos(), onlyRunSees)
	return false
}

func ownerOf(k key) *types.TypeName {
	if k.t == nil {
		return nil
	}
	return owner(k.t)
}

// inModule reports whether a package is of the module that is analysed.
func (c *checker) inModule(pkg *types.Package) bool {
	return pkg != nil && scope.SharesModule(c.pass, pkg)
}

// maySet returns why the key may be set: the package, or one that it imports, does so, or
// does more with keys of the type than can be followed. A key that comes to a call as any was made
// somewhere, and is one of those.
func (c *checker) maySet(k key) decision.Reason {
	if c.loose[k.typ] {
		return looseKeys
	}
	for _, s := range c.sites {
		if s.sets() && (s.key.id == k.id || s.key.id == "" && s.key.typ == k.typ) {
			return isSet
		}
	}
	for _, f := range c.pass.AllPackageFacts() {
		if fact, ok := f.Fact.(*keysFact); ok && f.Package != c.pass.Pkg {
			for _, u := range fact.Sets {
				if u.Key == k.id || u.Kind == keys.Unknown && u.Key == k.typ {
					return isSet
				}
			}
		}
	}
	return ""
}

func (c *checker) anySet(id string) bool {
	for _, s := range c.sites {
		if s.sets() && s.key.id == id {
			return true
		}
	}
	return false
}

// nearMiss returns where the package sets a value under a key that only looks like k: the
// same constant of another type, or the same type by value or by pointer.
func (c *checker) nearMiss(k key) *site {
	for _, s := range c.sites {
		if !s.sets() || s.key.t == nil || k.t == nil || s.key.typ == k.typ {
			continue
		}
		if k.value != "" && s.key.value == k.value || owner(k.t) != nil && owner(s.key.t) == owner(k.t) {
			return s
		}
	}
	return nil
}

// nameable reports whether other packages can use the key: by its type, or by an exported
// constant or variable of that type.
func (c *checker) nameable(name *types.TypeName, k key) bool {
	if c.pass.Pkg.Name() == "main" {
		return false
	}
	if name.Exported() {
		return true
	}
	all := c.pass.Pkg.Scope()
	for _, n := range all.Names() {
		obj := all.Lookup(n)
		if !obj.Exported() {
			continue
		}
		switch obj.(type) {
		case *types.Const, *types.Var:
			if types.Identical(obj.Type(), k.t) || types.IsInterface(obj.Type()) {
				return true
			}
		}
	}
	return false
}

// show writes a key as the source does.
func (k key) show(in *types.Package) string {
	if k.v != nil {
		return k.v.Name()
	}
	if k.t == nil {
		return k.id
	}
	name := types.TypeString(k.t, func(p *types.Package) string {
		if p == in {
			return ""
		}
		return p.Name()
	})
	switch {
	case k.value != "" && isBasic(k.t):
		return k.value
	case k.value != "":
		return name + "(" + k.value + ")"
	case strings.HasPrefix(name, "*"):
		return "&" + name[1:] + "{}"
	}
	return name + "{}"
}

func (c *checker) neverSetDiagnostic(s *site, message string, near *site) analysis.Diagnostic {
	d := analysis.Diagnostic{Category: neverSet, Message: message}
	d.Pos, d.End = c.span(s.call)
	if near != nil {
		d.Related = []analysis.RelatedInformation{{Pos: near.call.Pos(), Message: "the other key is set here"}}
	}
	return d
}

// settledBy returns the confidence of a finding about the key k, which nothing in the package
// sets: high if a value is set under a similar one, near, or another one of its type.
// Otherwise tests may set it to hand something in, or a package that is not analysed.
func (c *checker) settledBy(k key, near *site) catalog.Confidence {
	if near != nil || slices.ContainsFunc(c.sites, func(s *site) bool { return s.sets() && s.key.t != nil && s.key.typ == k.typ }) {
		return catalog.High
	}
	return catalog.Low
}

func (c *checker) reportNeverSet(s *site, confidence catalog.Confidence, message string, near *site) bool {
	c.report.ReportFinding(diag.Finding{Diagnostic: c.neverSetDiagnostic(s, message, near), Confidence: confidence})
	return true
}

func (c *checker) callee(call *ast.CallExpr) *types.Func {
	fn, _ := typeutil.Callee(c.pass.TypesInfo, call).(*types.Func)
	return fn
}

// shortName names the function around a call.
func shortName(call *ssa.Call) string { return ssax.ShortName(ssax.Outermost(call.Parent())) }
