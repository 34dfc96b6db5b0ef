package missingctx

import (
	"go/types"

	"golang.org/x/tools/go/analysis"

	"github.com/ctxlint/ctxlint/internal/engine/ctxuse"
	"github.com/ctxlint/ctxlint/internal/model/ctxforms"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/model/words"
	"github.com/ctxlint/ctxlint/internal/pass/scope"
)

// counterparts knows how what a package calls is called under a context.
type counterparts struct {
	pass   *analysis.Pass
	uses   *ctxuse.Result
	added  map[string]string
	except map[string]string
	known  map[*types.Func]*counterpart // nil for functions without one
}

// A counterpart is how to call a function under a context.
type counterpart struct {
	ctxforms.Form
	other  *types.Func // that takes the context, nil if a table says so
	likely bool        // that its callee waits is likely, not proved
}

func newCounterparts(pass *analysis.Pass, o *Options) (*counterparts, error) {
	added, err := parseList("counterparts", o.Counterparts, true)
	if err != nil {
		return nil, err
	}
	except, err := parseList("except", o.Except, false)
	if err != nil {
		return nil, err
	}
	return &counterparts{pass: pass, added: added, except: except, known: make(map[*types.Func]*counterpart)}, nil
}

// mentioned reports whether the package uses anything that the analyzer looks at: most
// packages need no SSA form.
func (k *counterparts) mentioned() bool {
	facts := len(k.pass.AllObjectFacts()) > 0
	for _, obj := range k.pass.TypesInfo.Uses {
		fn := function(obj)
		if fn == nil || fn.Pkg() == nil {
			continue
		}
		switch {
		case isPause(fn), fn.Name() == "Done", ctxforms.Binds(fn), k.of(fn) != nil:
			return true
		case facts && fn.Pkg() != k.pass.Pkg && k.pass.ImportObjectFact(fn, new(chainFact)):
			return true
		}
	}
	return false
}

// of returns how fn is called under a context, nil if it is not known to wait. Whether
// the counterpart does anything with its context is asked later, by [counterparts.waits].
func (k *counterparts) of(fn *types.Func) *counterpart {
	if fn == nil {
		return nil
	}
	fn = fn.Origin()
	known, ok := k.known[fn]
	if !ok {
		known = k.find(fn)
		k.known[fn] = known
	}
	return known
}

func (k *counterparts) find(fn *types.Func) *counterpart {
	if len(k.except) > 0 {
		if _, ok := k.except[ctxforms.Symbol(fn)]; ok {
			return nil
		}
	}
	if form, ok := ctxforms.Of(fn); ok {
		return &counterpart{Form: form}
	}
	if len(k.added) > 0 {
		if name, ok := k.added[ctxforms.Symbol(fn)]; ok {
			if other := beside(fn, name); other != nil && takesMore(fn, other) {
				return &counterpart{Form: ctxforms.Form{Use: name}, other: other}
			}
		}
	}
	return k.infer(fn)
}

// infer returns the counterpart of a function of another module, whose body nobody sees:
// a function that is called the same with a context, takes one and then the same, and
// gives the same. One of the user's own module is judged by its body, as a chain.
func (k *counterparts) infer(fn *types.Func) *counterpart {
	if fn.Pkg() == nil || !fn.Exported() || scope.IsStandardPath(fn.Pkg().Path()) || scope.SharesModule(k.pass, fn.Pkg()) ||
		ctxlib.Takes(fn.Signature()) || ctxuse.IsLogger(fn) || words.IsLogging(fn.Name()) || !ctxlib.CanFail(fn.Signature()) {
		return nil
	}
	if ctxforms.Differs(fn) {
		return nil
	}
	client := ctxforms.IsClient(fn.Pkg().Path())
	if !client && words.Starts.Leads(fn.Name()) {
		return nil // what makes an object is likely to use the context for its own ends
	}
	for _, name := range words.WithContext(fn.Name()) {
		if other := beside(fn, name); other != nil && takesMore(fn, other) {
			return &counterpart{Form: ctxforms.Form{Use: name}, other: other, likely: !client}
		}
	}
	return nil
}

// waits reports whether the end of its context matters to what takes the place of a
// call.
func (k *counterparts) waits(c *counterpart) bool {
	return c.other == nil || k.uses.Of(c.other) == ctxuse.Observes
}

// beside returns the function or method of that name that is declared where fn is.
func beside(fn *types.Func, name string) *types.Func {
	recv := fn.Signature().Recv()
	if recv == nil {
		other, _ := fn.Pkg().Scope().Lookup(name).(*types.Func)
		return other
	}
	obj, _, _ := types.LookupFieldOrMethod(recv.Type(), true, fn.Pkg(), name)
	other, _ := obj.(*types.Func)
	return other
}

// takesMore reports whether other takes a context, then what fn takes, and then at most
// options, and gives what fn gives.
func takesMore(fn, other *types.Func) bool {
	a, b := fn.Signature(), other.Signature()
	if !ctxlib.IsContext(ctxlib.FirstParam(b)) || b.TypeParams().Len() > 0 || !sameTuple(a.Results(), b.Results(), 0) {
		return false
	}
	if a.Params().Len()+1 == b.Params().Len() {
		return a.Variadic() == b.Variadic() && sameTuple(a.Params(), b.Params(), 1)
	}
	return a.Params().Len()+2 == b.Params().Len() && b.Variadic() && !a.Variadic() && sameTuple(a.Params(), b.Params(), 1)
}

// sameTuple reports whether a has the types that b has from the index skip on.
func sameTuple(a, b *types.Tuple, skip int) bool {
	if b.Len()-skip < a.Len() || skip == 0 && a.Len() != b.Len() {
		return false
	}
	for i := range a.Len() {
		if !types.Identical(a.At(i).Type(), b.At(i+skip).Type()) {
			return false
		}
	}
	return true
}
