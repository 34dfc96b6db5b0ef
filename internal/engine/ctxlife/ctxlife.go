// Package ctxlife answers whether a context can ever end, from what gave it to
// the place where it is: from callers to a parameter, from stores to a field or a
// variable, and from the start of a program to its commands.
//
// That a context never ends is a must-answer: it is a root on every path, and
// every caller, store and start that there can be is in view. Everything else is
// said to be as much as is known, and what is unknown is never a root. The origin
// of each value is looked for once in each round of fixpoint, which solves
// recursive functions.
//
// A context that its maker cancels when it returns is held meanwhile: it does not end in the
// functions that are called with it, but may end in what those start or keep it for.
//
// The commands of a program usually live in packages that the one which starts it
// imports, so the start is out of view. A life then tells on which library's
// commands it depends, [Result.Starts] how a package starts them, and whoever sees
// all packages puts the two together. A function that starts them with a context
// that it is given has a fact, by which its caller knows that the caller decides.
package ctxlife

import (
	"go/types"
	"reflect"
	"slices"
	"sync"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/fixpoint"
	"github.com/ctxlint/ctxlint/internal/engine/ssabuild"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/model/typename"
	"github.com/ctxlint/ctxlint/internal/model/web"
	"github.com/ctxlint/ctxlint/internal/pass/scope"
	"github.com/ctxlint/ctxlint/internal/pass/starts"
)

// A Kind says how much can come of a context. Of a context that may be one of
// several, the greatest counts.
type Kind uint8

const (
	None    Kind = iota // nothing gives it
	Root                // it never ends, and has no values
	Values              // it never ends, but may have values
	Held                // it does not end while the function runs that it is passed to; what this starts or keeps may see its end
	Command             // the start of a command line decides
	Given               // callers that are out of view decide
	Typed               // so do they, and what they pass is also made to never end: see endlessType, [web.GivesRoot]
	Unknown             // it comes from where it is not followed
	Ends                // it is derived with an end of its own
)

// Life is what is known of a context.
type Life struct {
	Kind    Kind
	Library string // for Command, the library of the commands; "" if there are several
}

// Never reports whether the context never ends and has nothing to pass on.
func (l Life) Never() bool { return l.Kind == Root }

// Endless reports whether the context never ends.
func (l Life) Endless() bool { return l.Kind == Root || l.Kind == Values }

// Doubtful reports whether it is not known that anything is lost without the
// context: whether it can end, or has values that somebody wants.
func (l Life) Doubtful() bool { return l.Kind == Values || l.Kind == Command || l.Kind == Typed }

func join(a, b Life) Life {
	switch {
	case a.Kind > b.Kind:
		return a
	case a.Kind < b.Kind:
		return b
	case a.Library != b.Library:
		a.Library = ""
	}
	return a
}

// Analyzer computes a [*Result] and exports facts about functions that start
// commands.
var Analyzer = &analysis.Analyzer{
	Name:       "ctxlintctxlife",
	Doc:        "find out which contexts never end",
	URL:        "https://pkg.go.dev/github.com/ctxlint/ctxlint/internal/engine/ctxlife",
	Requires:   []*analysis.Analyzer{ssabuild.Analyzer, scope.Analyzer},
	Run:        run,
	ResultType: reflect.TypeFor[*Result](),
	FactTypes:  []analysis.Fact{new(Fact)},
}

// Result answers for the contexts of one package. Its methods may be called
// concurrently.
type Result struct {
	pass    *analysis.Pass
	builder *ssabuild.Builder
	facts   map[*types.Func]*Fact // of the functions of other packages that this one uses
	sites   []site                // where it starts commands, outside of tests

	mu    sync.Mutex
	lives *fixpoint.Solver[any, Life] // of parameters, fields, variables, results and, by library, commands
}

func run(pass *analysis.Pass) (any, error) {
	r := &Result{
		pass:    pass,
		builder: pass.ResultOf[ssabuild.Analyzer].(*ssabuild.Builder),
		facts:   make(map[*types.Func]*Fact),
	}
	r.lives = fixpoint.New(fixpoint.Problem[any, Life]{
		Step:  r.step,
		Join:  join,
		Equal: func(a, b Life) bool { return a == b },
		Spent: Life{Kind: Unknown},
	})
	if len(pass.Files) == 0 || scope.IsStandard(pass) || scope.IsThirdParty(pass) || !r.mayStart() {
		return r, nil
	}
	r.findSites()
	r.exportFacts()
	return r, nil
}

// mayStart reports whether the package uses anything that starts commands.
func (r *Result) mayStart() bool {
	known := len(r.pass.AllObjectFacts()) > 0
	may := false
	for _, obj := range r.pass.TypesInfo.Uses {
		fn, ok := obj.(*types.Func)
		if !ok || fn.Pkg() == nil || fn.Pkg() == r.pass.Pkg {
			continue
		}
		fn = fn.Origin()
		if _, ok := web.Starts(fn); ok {
			may = true
		}
		if fact := new(Fact); known && r.facts[fn] == nil && r.pass.ImportObjectFact(fn, fact) {
			r.facts[fn] = fact
			may = true
		}
	}
	return may
}

// OfValue returns the life of a context.
func (r *Result) OfValue(v ssa.Value) Life {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.value(v)
}

// OfParameter returns the life of the context that p is or carries.
func (r *Result) OfParameter(p *ssa.Parameter) Life {
	if library, ok := web.CommandOf(p.Type()); ok {
		return r.ofCommand(library)
	}
	if !ctxlib.IsContextual(p.Type()) {
		if web.GivesRoot(p.Parent().Signature) || r.readsRequest(p) || mayLack(p.Type()) {
			return Life{Kind: Typed}
		}
		return unknown // a request, a stream
	}
	return r.get(p)
}

// mayLack reports whether t is a type of a library whose values have a context only if somebody
// gives them one, such as a query that is bound to it.
func mayLack(t types.Type) bool {
	named := typename.Of(t)
	if named == nil || named.Obj().Pkg() == nil || types.IsInterface(named) || scope.IsStandardPath(named.Obj().Pkg().Path()) {
		return false
	}
	if _, known := web.Exactly(t); known {
		return false
	}
	return slices.ContainsFunc([]string{"SetContext", "WithContext"}, func(name string) bool {
		obj, _, _ := types.LookupFieldOrMethod(t, true, nil, name)
		fn, ok := obj.(*types.Func)
		return ok && ctxlib.Takes(fn.Signature())
	})
}

// OfField returns the life of the context in a field of a struct of type t.
func (r *Result) OfField(t types.Type, field *types.Var) Life {
	return r.get(fieldKey{field.Origin(), inView(t, field)})
}

func (r *Result) ofCommand(library string) Life {
	if l := r.get(library); l.Kind != None {
		return l
	}
	return Life{Command, library}
}

func (r *Result) get(key any) Life {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.lives.Get(key)
}

// Starts returns how the package starts the commands of libraries, sorted. Where it
// does so with a context that the callers of a function give, they have to tell.
func (r *Result) Starts() []starts.Start {
	var out []starts.Start
	for _, s := range r.sites {
		switch l := r.ofSite(s); l.Kind {
		case Root:
			out = append(out, starts.Start{Library: s.library, Context: starts.Root})
		case Ends:
			out = append(out, starts.Start{Library: s.library, Context: starts.Live})
		case Values, Typed, Unknown:
			out = append(out, starts.Start{Library: s.library, Context: starts.Unknown})
		}
	}
	return starts.Sorted(out)
}

func (r *Result) ofSite(s site) Life {
	if s.arg == nil {
		return s.life
	}
	return r.OfValue(s.arg)
}
