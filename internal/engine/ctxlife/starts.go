package ctxlife

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ctxflow"
	"github.com/ctxlint/ctxlint/internal/engine/fixpoint"
	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/model/web"
)

// site is a call that starts commands of a library.
type site struct {
	library string
	arg     ssa.Value // the context that it gives them
	life    Life      // where arg is nil
}

// Fact says that a function starts commands: with which contexts.
type Fact struct{ Starts []Start }

// A Start is one way in which a function starts commands of a library.
type Start struct {
	Library string
	Kind    Kind
	Param   int // index of the parameter that is the context, -1 for a context of that Kind
}

func (*Fact) AFact() {}

// String returns the form in which fixtures assert the fact.
func (f *Fact) String() string {
	var parts []string
	for _, s := range f.Starts {
		what := fmt.Sprintf("parameter %d", s.Param)
		if s.Param < 0 {
			what = contexts[s.Kind]
		}
		parts = append(parts, fmt.Sprintf("starts %s with %s", s.Library, what))
	}
	return strings.Join(parts, ", ")
}

var contexts = map[Kind]string{Root: "a root", Values: "values", Unknown: "an unknown context", Ends: "a context that ends"}

// findSites finds where the package starts commands.
func (r *Result) findSites() {
	for _, fn := range r.builder.SSA().Funcs {
		if !ssax.InTest(fn) {
			eachCall(fn, func(call *ssa.CallCommon) { r.sites = append(r.sites, r.sitesOf(call)...) })
		}
	}
}

func eachCall(fn *ssa.Function, do func(*ssa.CallCommon)) {
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			if call, ok := instr.(ssa.CallInstruction); ok {
				do(call.Common())
			}
		}
	}
}

// sitesOf returns the starts that a call of a function of another package makes.
func (r *Result) sitesOf(call *ssa.CallCommon) []site {
	fn := ssax.Callee(call)
	if library, ok := web.Starts(fn); ok {
		return []site{{library, contextArgument(call), Life{Kind: Root}}}
	}
	if fn == nil || r.facts[fn.Origin()] == nil {
		return nil
	}
	var out []site
	for _, s := range r.facts[fn.Origin()].Starts {
		if s.Param < 0 {
			out = append(out, site{s.Library, nil, Life{Kind: s.Kind}})
		} else if arg := ssax.Explicit(call, s.Param); arg != nil {
			out = append(out, site{s.Library, arg, Life{}})
		}
	}
	return out
}

// contextArgument returns the context among the arguments of a call, nil if there
// is none.
func contextArgument(call *ssa.CallCommon) ssa.Value {
	for i, arg := range call.Args {
		if p := ssax.ParamType(call, i); p != nil && ctxlib.IsContextual(p) {
			return arg
		}
	}
	return nil
}

// exportFacts exports how the functions that importers can call start commands.
func (r *Result) exportFacts() {
	if len(r.sites) == 0 {
		return
	}
	x := &summaries{Result: r}
	x.of = fixpoint.New(fixpoint.Problem[*ssa.Function, []Start]{
		Step:  x.step, // a recursive call starts nothing else
		Equal: slices.Equal[[]Start],
	})
	for _, fn := range r.builder.SSA().Funcs {
		obj := ssax.FuncOf(fn)
		if obj == nil || !obj.Exported() || ssax.InTest(fn) {
			continue
		}
		if list := x.of.Get(fn); len(list) > 0 {
			r.pass.ExportObjectFact(obj, &Fact{list})
		}
	}
}

// summaries are the starts that declared functions make, themselves and through
// others of the package.
type summaries struct {
	*Result
	of *fixpoint.Solver[*ssa.Function, []Start]
}

func (x *summaries) step(fn *ssa.Function) []Start {
	var out []Start
	add := func(library string, arg ssa.Value, life Life) {
		s := Start{library, life.Kind, -1}
		if arg != nil {
			s = x.start(library, arg, fn)
		}
		out = append(out, s)
	}
	x.eachOf(fn, func(call *ssa.CallCommon) {
		for _, s := range x.sitesOf(call) {
			add(s.library, s.arg, s.life)
		}
		callee := ssax.Body(ssax.Static(call))
		if callee == nil || callee.Parent() != nil || callee.Pkg != x.builder.SSA().Pkg {
			return
		}
		for _, s := range x.of.Get(callee) {
			var arg ssa.Value
			if s.Param >= 0 {
				arg = ssax.Explicit(call, s.Param)
			}
			add(s.Library, arg, Life{Kind: s.Kind})
		}
	})
	slices.SortFunc(out, func(a, b Start) int {
		return cmp.Or(cmp.Compare(a.Library, b.Library), cmp.Compare(a.Param, b.Param), cmp.Compare(a.Kind, b.Kind))
	})
	return slices.Compact(out)
}

// eachOf does something for the calls in fn and in the literals there.
func (x *summaries) eachOf(fn *ssa.Function, do func(*ssa.CallCommon)) {
	eachCall(fn, do)
	for _, lit := range fn.AnonFuncs {
		x.eachOf(lit, do)
	}
}

// start returns the start with a context in the declared function fn: a parameter
// of fn, perhaps with values added, or one of which it is known whether it ends.
func (x *summaries) start(library string, arg ssa.Value, fn *ssa.Function) Start {
	if p := ParameterOf(arg); p != nil && p.Parent() == fn {
		if i := slices.Index(fn.Params, p) - len(fn.Params) + fn.Signature.Params().Len(); i >= 0 {
			return Start{library, None, i}
		}
	}
	switch kind := x.OfValue(arg).Kind; kind {
	case Root, Values, Ends:
		return Start{library, kind, -1}
	}
	return Start{library, Unknown, -1}
}

// ParameterOf returns the parameter that v is, or to which v only adds values. It
// is nil if v is something else.
func ParameterOf(v ssa.Value) *ssa.Parameter {
	seen := make(map[ssa.Value]bool)
	for !seen[v] {
		seen[v] = true
		switch x := ssax.Strip(v).(type) {
		case *ssa.Parameter:
			return x
		case *ssa.Call:
			if ctxflow.Derives(&x.Call) != ctxflow.Surely || ctxlib.HasEnd(ssax.Callee(&x.Call)) {
				return nil
			}
			v = contextArgument(&x.Call)
		case *ssa.UnOp:
			cell, ok := ssax.Variable(x.X)
			if !ok {
				return nil
			}
			if v, ok = ssax.UsesOf(cell).Only(); !ok {
				return nil
			}
		default:
			return nil
		}
	}
	return nil
}
