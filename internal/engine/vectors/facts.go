package vectors

import (
	"fmt"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// Fact says what a package variable or a field holds, or what a function
// returns, if that is a vector or a list of label names, and how a function uses
// vectors or values that it is given.
type Fact struct {
	Results []Result // by Index; a variable or field has one, with Index 0
	Uses    []ParamUse
}

// A ParamUse is a use of a vector in a function, in terms of its parameters.
type ParamUse struct {
	Method, Consequence string // as in [Use]
	Vector, Values      Result
}

// A Result is one of a function's results, in terms of its parameters.
type Result struct {
	Index   int
	List    bool   // a []string, whose elements are Labels
	Param   int    // the result is the argument of that number, counted from 1
	Name    []Part // of the metric, to be joined by underscores
	Labels  []Part
	Curried []string
	Const   []string
}

// A Part is a string, or several strings.
type Part struct {
	Text   string
	Param  int    // the argument of that number, counted from 1 and including the receiver
	Spread bool   // all elements of that argument, a []string
	Field  string // that field of that argument, a struct
	Any    bool   // a string that is not a constant
}

func (p Part) known() bool { return p.Param == 0 && !p.Any }

func (*Fact) AFact() {}

// String returns the form in which fixtures assert the fact, such as
// "vector http_requests_total{code,method}" and "1: vector $1{code,$2...}".
func (f *Fact) String() string {
	var out []string
	for _, r := range f.Results {
		s := r.String()
		if len(f.Results) > 1 || r.Index > 0 {
			s = fmt.Sprintf("%d: %s", r.Index, s)
		}
		out = append(out, s)
	}
	for _, u := range f.Uses {
		out = append(out, fmt.Sprintf("%s of %s: %s", u.Method, u.Vector, u.Values))
	}
	return strings.Join(out, "; ")
}

// String returns what a fact shows of a result: "vector http_requests_total{code}".
func (r Result) String() string {
	switch {
	case r.Param > 0:
		return fmt.Sprintf("$%d", r.Param)
	case r.List:
		return "labels " + render(r.Labels, ",")
	}
	s := fmt.Sprintf("vector %s{%s}", render(r.Name, "_"), render(r.Labels, ","))
	if len(r.Curried) > 0 {
		s += " curried " + strings.Join(r.Curried, ",")
	}
	if len(r.Const) > 0 {
		s += " const " + strings.Join(r.Const, ",")
	}
	return s
}

func render(parts []Part, sep string) string {
	var out []string
	for _, p := range parts {
		switch {
		case p.Any:
			p.Text = "?"
		case p.Param > 0:
			p.Text = fmt.Sprintf("$%d", p.Param)
			if p.Field != "" {
				p.Text += "." + p.Field
			}
			if p.Spread {
				p.Text += "..."
			}
		}
		out = append(out, p.Text)
	}
	return strings.Join(out, sep)
}

// makesVectors reports whether the package calls a constructor, or a function
// that returns what a constructor made. Only then can its declarations have
// facts.
func (r *Resolver) makesVectors() bool {
	if r.pass.Pkg.Path() == promPath || r.pass.Pkg.Path() == autoPath || r.pass.Pkg.Path() == kubePath || r.pass.Pkg.Path() == goZeroPath {
		return false // the table knows better
	}
	if !r.importsLibrary() && len(r.pass.AllObjectFacts()) == 0 {
		return false
	}
	for _, obj := range r.pass.TypesInfo.Uses {
		fn, ok := obj.(*types.Func)
		if !ok || fn.Pkg() == r.pass.Pkg {
			continue
		}
		if _, ok := constructorOf(fn); ok || r.pass.ImportObjectFact(fn.Origin(), new(Fact)) {
			return true
		}
	}
	return false
}

func (r *Resolver) importsLibrary() bool {
	return slices.ContainsFunc(r.pass.Pkg.Imports(), func(p *types.Package) bool { return slices.Contains(Libraries, p.Path()) })
}

// exportFacts exports facts for the declarations that other packages can name.
func (r *Resolver) exportFacts() {
	index := r.builder.SSA().Index()
	for _, g := range index.Globals() {
		if obj, ok := g.Object().(*types.Var); ok && obj.Exported() && obj.Pkg() == r.pass.Pkg && r.inGlobal(g) != nil {
			r.export(obj, r.values.Get(g))
		}
	}
	for _, f := range index.Fields() {
		if f.Exported() && f.Pkg() == r.pass.Pkg && IsVector(f.Type()) {
			r.export(f, r.values.Get(f))
		}
	}
	for _, fn := range r.builder.SSA().Funcs {
		if obj, ok := fn.Object().(*types.Func); ok && obj.Exported() && fn.Parent() == nil {
			r.exportFunc(obj, fn)
		}
	}
}

func (r *Resolver) export(obj types.Object, t template) {
	r.steps = 0
	if res, ok := t.result(0); ok && t.kind != argumentKind && !t.symbolic() {
		r.pass.ExportObjectFact(obj, &Fact{Results: []Result{res}})
	}
}

func (r *Resolver) exportFunc(obj *types.Func, fn *ssa.Function) {
	var fact Fact
	results := obj.Signature().Results()
	for i := range results.Len() {
		r.steps = 0
		t := results.At(i).Type()
		if !IsVector(t) && !isStrings(t) && !isTypeParam(t) {
			continue
		}
		if res, ok := r.returned(fn, i).result(i); ok {
			fact.Results = append(fact.Results, res)
		}
	}
	for _, d := range r.demands.Get(fn) {
		vector, _ := d.vector.result(0)
		values, _ := d.values.result(0)
		fact.Uses = append(fact.Uses, ParamUse{d.use.Method, d.use.Consequence, vector, values})
	}
	if len(fact.Results)+len(fact.Uses) > 0 {
		r.pass.ExportObjectFact(obj, &fact)
	}
}

func isTypeParam(t types.Type) bool {
	_, ok := types.Unalias(t).(*types.TypeParam)
	return ok
}
