package labelcardinality

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/engine/taint"
	"github.com/ctxlint/ctxlint/internal/model/importpath"
	"github.com/ctxlint/ctxlint/internal/model/metriclib"
	"github.com/ctxlint/ctxlint/internal/model/typename"
	"github.com/ctxlint/ctxlint/internal/pass/location"
)

// sinkFact says which parameters of a function, or of a method of an interface,
// become labels.
type sinkFact struct {
	Params []sinkParam // sorted by Param
}

type sinkParam struct {
	Param     int
	Field     string // of a struct that the parameter is
	Label     string
	Metric    string
	Name      bool
	Index     int
	Retention metriclib.Retention
	Once      bool
	Loose     bool
	Vetted    bool
	Steps     []factStep
}

// A factStep is a step in another package.
type factStep struct {
	Where string // by [location.Of]
	Event taint.Event
}

func (*sinkFact) AFact() {}

// String returns the form in which fixtures assert the fact.
func (f *sinkFact) String() string {
	var parts []string
	for _, p := range f.Params {
		if p.Field != "" {
			parts = append(parts, fmt.Sprintf("label(%d.%s)", p.Param, p.Field))
			continue
		}
		parts = append(parts, fmt.Sprintf("label(%d)", p.Param))
	}
	return strings.Join(slices.Compact(parts), " ")
}

// resultFact says which results of a function are unbounded, or as bounded as a
// parameter.
type resultFact struct {
	Results []taint.Summary // sorted
}

func (*resultFact) AFact() {}

// String returns the form in which fixtures assert the fact.
func (f *resultFact) String() string {
	var parts []string
	for _, r := range f.Results {
		if r.Category != "" {
			parts = append(parts, fmt.Sprintf("%s(%d)", r.Category, r.Result))
		}
		for _, p := range r.Params {
			parts = append(parts, fmt.Sprintf("param%d(%d)", p, r.Result))
		}
	}
	return strings.Join(parts, " ")
}

// tidyFact marks a variable or a field for a vector some of whose series the
// package deletes.
type tidyFact struct{}

func (*tidyFact) AFact()         {}
func (*tidyFact) String() string { return "tidy" }

// exportTidy exports which of the package's vectors are tidy.
func (c *checker) exportTidy() {
	for obj := range c.tidy {
		if obj.Exported() && obj.Pkg() == c.pass.Pkg {
			c.pass.ExportObjectFact(obj, new(tidyFact))
		}
	}
}

// reachFrom returns what an argument of a call of fn becomes.
func (p sinkParam) reachFrom(fn *types.Func) reach {
	r := reach{Label: p.Label, Metric: p.Metric, Name: p.Name, Index: p.Index, Retention: p.Retention, Once: p.Once, Field: p.Field, Loose: p.Loose, Vetted: p.Vetted}
	for _, s := range p.Steps {
		r.Steps = append(r.Steps, taint.Step{Event: s.Event, Where: s.Where, Via: fn})
	}
	return r
}

// exportSinks exports what is known of parameters, for the functions that have
// them and for the methods of interfaces that these implement.
func (c *checker) exportSinks() {
	facts := make(map[*types.Func]*sinkFact)
	var order []*types.Func
	add := func(fn *types.Func, p sinkParam) {
		if facts[fn] == nil {
			facts[fn] = new(sinkFact)
			order = append(order, fn)
		}
		facts[fn].Params = append(facts[fn].Params, p)
	}
	for _, p := range c.order {
		fn, ok := p.Parent().Object().(*types.Func)
		if !ok || !fn.Exported() {
			continue // out of reach for importers
		}
		i := slices.Index(p.Parent().Params, p)
		if fn.Signature().Recv() != nil {
			if i--; i < 0 {
				continue
			}
		}
		for _, r := range c.params[p] {
			if r.Field != "" && !ast.IsExported(r.Field) {
				continue // out of reach, too
			}
			if r.Loose && c.pass.Module != nil && c.pass.Module.Version != "" {
				continue // too weak a claim to be held against the users of a library
			}
			fact := sinkParam{Param: i, Label: r.Label, Metric: r.Metric, Name: r.Name, Index: r.Index, Retention: r.Retention, Once: r.Once, Field: r.Field, Loose: r.Loose, Vetted: r.Vetted}
			taken := taint.Event{Kind: taint.TakenAs, Func: fn.Pkg().Name() + "." + fn.Name(), Name: p.Name()}
			if r.Field != "" {
				taken.Kind = taint.TakenIn
			}
			fact.Steps = append(fact.Steps, factStep{location.Of(c.pass, p.Pos()), taken})
			for _, s := range r.Steps {
				fact.Steps = append(fact.Steps, factStep{cmp.Or(s.Where, location.Of(c.pass, s.Pos)), s.Event})
			}
			add(fn, fact)
			for _, m := range c.declaredBy(fn) {
				add(m, fact)
			}
		}
	}
	for _, fn := range order {
		fact := facts[fn]
		slices.SortStableFunc(fact.Params, func(a, b sinkParam) int {
			return cmp.Or(cmp.Compare(a.Param, b.Param), cmp.Compare(a.Field, b.Field), cmp.Compare(a.Label, b.Label), cmp.Compare(a.Metric, b.Metric))
		})
		c.pass.ExportObjectFact(fn, fact)
	}
}

// declaredBy returns the methods of the package's interfaces that fn implements.
func (c *checker) declaredBy(fn *types.Func) []*types.Func {
	recv := fn.Signature().Recv()
	if recv == nil {
		return nil
	}
	var methods []*types.Func
	scope := c.pass.Pkg.Scope()
	for _, name := range scope.Names() {
		obj, ok := scope.Lookup(name).(*types.TypeName)
		if !ok {
			continue
		}
		iface, ok := obj.Type().Underlying().(*types.Interface)
		if !ok || !types.Implements(recv.Type(), iface) {
			continue
		}
		for m := range iface.ExplicitMethods() {
			if m.Name() == fn.Name() && m.Pkg() == c.pass.Pkg {
				methods = append(methods, m)
			}
		}
	}
	return methods
}

// exportResults exports what is known of the results of fn, if other packages can
// call it and labels are made of their type.
func (c *checker) exportResults(fn *ssa.Function, obj *types.Func) {
	if !obj.Exported() || fn.Signature.Results().Len() == 0 {
		return
	}
	fact := new(resultFact)
	for i := range fn.Signature.Results().Len() {
		if !labelType(fn.Signature.Results().At(i).Type()) {
			continue
		}
		var params []int
		for _, ret := range ssax.Returns(fn) {
			for _, o := range c.tracer.Trace(ret.Results[i], ret, false) {
				switch {
				case o.Source != nil:
					fact.add(taint.Summary{Result: i, Category: o.Source.Category, What: o.Source.What, Where: location.Of(c.pass, o.Source.Value.Pos()), Loose: o.Loose, Vetted: o.Vetted, Author: o.Source.Author})
				case o.Param.Parent() == fn && o.Field == nil && !o.Loose:
					params = append(params, paramOf(fn, o.Param))
				}
			}
		}
		if slices.Sort(params); len(params) > 0 {
			fact.Results = append(fact.Results, taint.Summary{Result: i, Params: slices.Compact(params)})
		}
	}
	if len(fact.Results) > 0 {
		c.pass.ExportObjectFact(obj, fact)
	}
}

// add adds a source to the fact, one for each category.
func (f *resultFact) add(s taint.Summary) {
	for i, known := range f.Results {
		if known.Result == s.Result && known.Category == s.Category {
			if known.Loose && !s.Loose || known.Loose == s.Loose && known.Vetted && !s.Vetted {
				f.Results[i] = s
			}
			return
		}
	}
	f.Results = append(f.Results, s)
}

// paramOf returns the index of p among the parameters of fn, -1 for the receiver.
func paramOf(fn *ssa.Function, p *ssa.Parameter) int {
	i := slices.Index(fn.Params, p)
	if fn.Signature.Recv() != nil {
		i--
	}
	return i
}

// labelType reports whether labels are made of values of type t.
func labelType(t types.Type) bool {
	switch u := t.Underlying().(type) {
	case *types.Basic:
		return u.Info()&types.IsString != 0 && !taint.IsEnum(t)
	case *types.Slice:
		return labelType(u.Elem())
	case *types.Map:
		return labelType(u.Elem())
	case *types.Struct:
		named := typename.Of(t)
		return named != nil && named.Obj().Pkg() != nil && (named.Obj().Name() == "KeyValue" || named.Obj().Name() == "Label")
	}
	return false
}

// summaries returns what is known of the results of fn, of another package.
func (c *checker) summaries(fn *types.Func) []taint.Summary {
	var fact resultFact
	if fn.Pkg() == c.pass.Pkg || !c.pass.ImportObjectFact(fn, &fact) {
		return nil
	}
	return fact.Results
}

// wrappers returns the functions that may return what they read from a source, for
// a package without sinks.
func (c *checker) wrappers() map[*types.Func]bool {
	found := make(map[*types.Func]bool)
	for _, f := range c.pass.Files {
		for _, d := range f.Decls {
			decl, ok := d.(*ast.FuncDecl)
			if !ok || decl.Body == nil || decl.Type.Results == nil || !decl.Name.IsExported() {
				continue
			}
			fn, ok := c.pass.TypesInfo.Defs[decl.Name].(*types.Func)
			if ok && returnsLabel(fn) && c.readsSource(decl.Body) {
				found[fn] = true
			}
		}
	}
	return found
}

func returnsLabel(fn *types.Func) bool {
	for i := range fn.Signature().Results().Len() {
		if labelType(fn.Signature().Results().At(i).Type()) {
			return true
		}
	}
	return false
}

func (c *checker) readsSource(body *ast.BlockStmt) bool {
	found := false
	ast.Inspect(body, func(n ast.Node) bool {
		if sel, ok := n.(*ast.SelectorExpr); ok && !found {
			switch obj := c.pass.TypesInfo.Uses[sel.Sel].(type) {
			case *types.Func:
				_, isSource := metriclib.SourceOf(obj.Origin())
				found = isSource || c.pass.ImportObjectFact(obj.Origin(), new(resultFact))
			case *types.Var:
				if tv := c.pass.TypesInfo.Selections[sel]; tv != nil && obj.IsField() {
					if named := typename.Of(tv.Recv()); named != nil && named.Obj().Pkg() != nil {
						_, found = metriclib.FieldSource(metriclib.Symbol{Pkg: importpath.Canonical(named.Obj().Pkg().Path()), Recv: named.Obj().Name(), Name: obj.Name()})
					}
				}
			}
		}
		return !found
	})
	return found
}
