package taint

import (
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/model/importpath"
	"github.com/ctxlint/ctxlint/internal/model/metriclib"
	"github.com/ctxlint/ctxlint/internal/model/words"
	"github.com/ctxlint/ctxlint/internal/util/lazyregexp"
)

// call follows one result of a call.
func (w *walk) call(v *ssa.Call, result int, fr *frame, st state) {
	common := &v.Call
	if b, ok := common.Value.(*ssa.Builtin); ok {
		w.builtin(v, b.Name(), fr, st)
		return
	}
	if isBool(resultType(common, result)) || IsEnum(resultType(common, result)) {
		w.end(fewValues)
		return
	}
	fn := ssax.Callee(common)
	if fn != nil && w.library(v, fn, fr, st) {
		return
	}
	if fn != nil && w.getsFromMessage(common, fn, fr) {
		st.author = Peer
		w.source(v, metriclib.Request, st)
		return
	}
	if static := w.inView(w.static(common.Value, fr)); static != nil {
		w.results(v, static, result, fr, st)
		return
	}
	known := false
	if fn != nil {
		for _, s := range w.summaries(fn) {
			if s.Result == result {
				w.summary(v, fn, s, fr, st)
				known = true
			}
		}
	}
	if common.IsInvoke() {
		for _, impl := range w.Implementations(common) {
			w.results(v, impl, result, fr, st)
			known = true
		}
	}
	if !known {
		w.end(outOfView)
		if !ofProcess(fn) {
			w.unknown(v, resultType(common, result), st)
		}
	}
}

func resultType(common *ssa.CallCommon, i int) types.Type {
	results := common.Signature().Results()
	if i >= results.Len() {
		return types.Typ[types.Invalid]
	}
	return results.At(i).Type()
}

// static returns the function that v is: a function, a literal, or what a
// variable holds.
func (w *walk) static(v ssa.Value, fr *frame) *ssa.Function {
	switch v := v.(type) {
	case *ssa.Function, *ssa.MakeClosure:
		return ssax.Target(v)
	case *ssa.ChangeType:
		return w.static(v.X, fr)
	case *ssa.Parameter:
		if fr != nil && fr.callee == v.Parent() {
			if arg := ssax.Argument(fr.call.Common(), v); arg != nil {
				return w.static(arg, fr.parent)
			}
		}
	case *ssa.UnOp:
		var stores []*ssa.Store
		switch addr := v.X.(type) {
		case *ssa.Alloc:
			stores = ssax.StoresTo(addr)
		case *ssa.Global:
			stores = w.globalStores(addr)
		case *ssa.FieldAddr:
			stores = w.fieldStores(ssax.FieldOf(addr))
		}
		if len(stores) == 1 {
			switch val := stores[0].Val.(type) {
			case *ssa.Function, *ssa.MakeClosure:
				return w.static(val, nil)
			}
		}
	}
	return nil
}

// results follows what callee returns.
func (w *walk) results(v *ssa.Call, callee *ssa.Function, result int, fr *frame, st state) {
	inner := w.enter(v, callee, fr)
	if inner == nil {
		w.end(tooFarToTell)
		return
	}
	for _, ret := range ssax.Returns(callee) {
		if result < len(ret.Results) {
			w.value(ret.Results[result], at(ret), inner, st.step(ret.Pos(), about(Returned, callee)))
		}
	}
}

// summary follows a result of a function of another package.
func (w *walk) summary(v *ssa.Call, fn *types.Func, s Summary, fr *frame, st state) {
	if s.Category != "" && !(s.Loose && st.loose) {
		display := fn.Name()
		if fn.Pkg() != nil {
			display = fn.Pkg().Name() + "." + display
		}
		st := st.step(v.Pos(), Event{Kind: Returns, Func: display, Name: s.What}).elsewhere(s.Where, fn, Event{Kind: Read, Name: s.What})
		st.loose = st.loose || s.Loose
		st.vet = st.vet || s.Vetted
		w.found(Origin{Source: &Source{Category: s.Category, What: s.What, Value: v, Shown: v, Author: s.Author}}, st)
	}
	w.arguments(v, s.Params, fr, st.step(v.Pos(), Event{Kind: Through, Func: fn.Name()}))
}

// arguments follows the arguments with the given indices, -1 for the receiver.
func (w *walk) arguments(v *ssa.Call, params []int, fr *frame, st state) {
	for _, p := range params {
		if arg := ssax.Explicit(&v.Call, p); arg != nil {
			w.value(arg, at(v), fr, st)
		}
	}
}

func (w *walk) summaries(fn *types.Func) []Summary {
	if w.Summaries == nil {
		return nil
	}
	return w.Summaries(fn)
}

func (w *walk) sourceOf(fn *types.Func) (metriclib.Category, bool) {
	if w.Sources != nil {
		if c, ok := w.Sources(fn); ok {
			return c, true
		}
	}
	return metriclib.SourceOf(fn)
}

// library follows a call of a function that the tables know, and reports
// whether they do.
func (w *walk) library(v *ssa.Call, fn *types.Func, fr *frame, st state) bool {
	common := &v.Call
	if w.Sanitizers != nil && w.Sanitizers(fn) {
		w.end(sanitized)
		return true
	}
	if metriclib.AtomicOf(fn) != metriclib.NoAtomic && w.counter(common.Args[0], v, st) {
		return true
	}
	if fn.Name() == "Error" && common.IsInvoke() && ctxlib.IsError(fn.Signature().Recv().Type()) || fn.Pkg() == nil && fn.Name() == "Error" {
		if w.fixedError(common.Value, at(v), fr, make(map[ssa.Value]bool)) {
			w.end(fewTexts)
			return true
		}
		w.source(v, metriclib.Error, st)
		return true
	}
	if c, ok := w.sourceOf(fn); ok {
		recv := ssax.Explicit(common, -1)
		switch {
		case metriclib.IsOutside(fn):
			w.outside(v, c, st)
		case recv != nil && fn.Signature().Recv() != nil && fixed(recv):
			w.end(oneValue)
		case fn.Pkg().Path() == "net/http" && recv != nil:
			w.requestSource(v, recv, fn.Name(), c, fr, st)
		case c == metriclib.Request && requestIn(common, fn) != nil:
			w.copied(v, requestIn(common, fn), c, fr, st)
		case c == metriclib.Method && w.oneMethod(v.Parent(), make(map[*ssa.Function]bool)):
			w.end(fewMethods)
		default:
			if c == metriclib.Request && !metriclib.IsWhole(fn.Name()) {
				st.author = Client
			}
			w.source(v, c, st)
		}
		return true
	}
	params, ok := metriclib.Carries(fn)
	if !ok {
		return false
	}
	switch {
	case ctxlib.IsFunc(fn, "fmt", "Sprintf"):
		w.sprintf(v, fr, st)
	case len(params) == 1 && params[0] == -1:
		if st.outer == nil {
			st.outer = v
		}
		recv := ssax.Explicit(common, -1)
		if isBuffer(recv.Type()) {
			st.outer = nil
			w.written(recv, fr, st)
			return true
		}
		w.value(recv, at(v), fr, st)
	default:
		if fn.Pkg() != nil && importpath.Canonical(fn.Pkg().Path()) == attributePath {
			st = named(common, st)
		} else {
			st.outer = nil
		}
		w.arguments(v, params, fr, st)
	}
	return true
}

const attributePath = "go.opentelemetry.io/otel/attribute"

// named returns the state with the name of the attribute that the call makes.
func named(common *ssa.CallCommon, st state) state {
	for _, arg := range common.Args {
		if k, ok := arg.(*ssa.Const); ok && stringOf(k) != "" && st.label == "" {
			st.label = stringOf(k)
		}
	}
	return st
}

// written follows what is written to a strings.Builder or a bytes.Buffer.
func (w *walk) written(recv ssa.Value, fr *frame, st state) {
	refs := recv.Referrers()
	if refs == nil {
		return
	}
	for _, r := range *refs {
		switch r := r.(type) {
		case *ssa.Call:
			if fn := r.Call.StaticCallee(); fn != nil && len(r.Call.Args) == 2 && r.Call.Args[0] == recv && words.Writes.Leads(fn.Name()) {
				w.value(r.Call.Args[1], at(r), fr, st)
			}
		case *ssa.MakeInterface:
			for _, user := range *r.Referrers() {
				if call, ok := user.(*ssa.Call); ok && isNamed(call, "Fprint", "Fprintf", "Fprintln") {
					for _, arg := range call.Call.Args[1:] {
						w.value(arg, at(call), fr, st)
					}
				}
			}
		}
	}
}

// isNamed reports whether a call names a function with one of the given names.
func isNamed(call *ssa.Call, names ...string) bool {
	fn := ssax.Callee(&call.Call)
	return fn != nil && slices.Contains(names, fn.Name())
}

func isBuffer(t types.Type) bool {
	return ctxlib.IsNamedOrPointer(t, "strings", "Builder") || ctxlib.IsNamedOrPointer(t, "bytes", "Buffer")
}

// verb matches a verb of a format, and the name of a label before it, as in the
// name of a metric: path=%q, path="%s".
var verb = lazyregexp.New(`(?:([A-Za-z_]\w*)=\\?"?)?%[-+# 0]*\d*(?:\.\d*)?([a-zA-Z%])`)

// sprintf follows the operands that are printed with a verb that shows their
// value.
func (w *walk) sprintf(v *ssa.Call, fr *frame, st state) {
	format, ok := v.Call.Args[0].(*ssa.Const)
	st.outer = nil
	slice, isSlice := v.Call.Args[1].(*ssa.Slice)
	if !ok || !isSlice {
		w.arguments(v, []int{0, 1}, fr, st)
		return
	}
	array, ok := slice.X.(*ssa.Alloc)
	if !ok {
		w.value(slice, at(v), fr, st)
		return
	}
	var verbs, labels []string
	for _, m := range verb.FindAllStringSubmatch(stringOf(format), -1) {
		if m[2] != "%" {
			verbs, labels = append(verbs, m[2]), append(labels, m[1])
		}
	}
	for _, r := range *array.Referrers() {
		addr, ok := r.(*ssa.IndexAddr)
		if !ok {
			continue
		}
		k, ok := addr.Index.(*ssa.Const)
		if !ok {
			continue
		}
		i := int(k.Int64())
		st := st
		if i < len(verbs) {
			if strings.Contains("Ttp", verbs[i]) {
				w.end(onlyType)
				continue
			}
			if st.label == "" {
				st.label = labels[i]
			}
		}
		for _, s := range ssax.StoresTo(addr) {
			w.value(s.Val, at(s), fr, st)
		}
	}
	if st.label == "" {
		st.label = tagName(format)
	}
}

// builtin follows the result of a call to a builtin function.
func (w *walk) builtin(v *ssa.Call, name string, fr *frame, st state) {
	args := v.Call.Args
	switch name {
	case "recover":
		w.source(v, metriclib.Error, st)
	case "append":
		w.value(args[0], at(v), fr, st)
		if len(args) > 1 {
			st.index = -1
			w.appended(v, args[1], fr, st)
		}
	case "min", "max":
		for _, arg := range args {
			if _, ok := arg.(*ssa.Const); ok {
				return
			}
		}
		for _, arg := range args {
			w.value(arg, at(v), fr, st)
		}
	}
}

// appended follows the values appended to a slice, whose indices are not known.
func (w *walk) appended(v *ssa.Call, values ssa.Value, fr *frame, st state) {
	if slice, ok := values.(*ssa.Slice); ok {
		if array, ok := slice.X.(*ssa.Alloc); ok {
			for _, r := range *array.Referrers() {
				if addr, ok := r.(*ssa.IndexAddr); ok {
					w.under(addr, fr, st)
				}
			}
			return
		}
	}
	w.value(values, at(v), fr, st)
}
