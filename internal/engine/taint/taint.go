// Package taint follows values backwards: from a place where a value matters
// to the places that it comes from.
//
// A value is traced through the SSA form of one package: through variables,
// elements of slices and maps, fields, closures, calls of functions in view,
// and the functions that package metriclib lists as carriers. The caller
// supplies summaries of functions in other packages. The classes of the lattice
// are
//
//	bounded · unbounded, by a source · from a parameter · unknown
//
// A trace returns the middle two, as [Origin]s, each with the steps that lead
// from it. They are may-answers: on some path, the value comes from there.
// Bounded and unknown mean the same to a caller: there is nothing to report.
// The work of a trace is bounded by the number of values that it visits and by
// the depth of calls; what lies beyond is unknown.
//
// The trace is flow-sensitive within a function, and context-sensitive where it
// went through the call itself. A field that it cannot tie to one object stands
// for that field in all objects of the type, with every store in the package.
// This is right for a struct of labels, but only a guess for a struct that half
// the program passes around. Two such guesses in a row are usually wrong, so a
// trace makes at most one.
//
// A value that has passed a comparison with a constant, or a test of
// membership, on every path to its use, counts as bounded (see guard.go).
package taint

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/metriclib"
	"github.com/ctxlint/ctxlint/internal/pass/decision"
)

// An Origin is a place that a value comes from: a source, or a parameter, for
// which the callers of its function have to be asked.
type Origin struct {
	Source *Source        // nil for a parameter
	Param  *ssa.Parameter // nil for a source
	Field  *types.Var     // the field of Param's struct, nil for Param itself
	Label  string         // name of a label on the way, "" if none was seen
	Index  int            // index of the value in the traced slice, -1 if unknown
	Steps  []Step         // from the origin to the traced value
	Loose  bool           // the way goes through a field that stands for all objects of its type, see [Tracer.Trace]
	// Vetted says that the way goes through a place that is only reached when a call with
	// the value has been successful. That may be one that knows which values there are, or
	// one that only looks at their form, so the value still has no bound.
	Vetted bool
}

// A Source is an unbounded value.
type Source struct {
	Category metriclib.Category
	What     string    // in the user's words: "r.URL.Path"
	Value    ssa.Value // what is unbounded: r.URL
	Shown    ssa.Value // what What is the text of: the part of Value that is used
	Author   Author    // who chooses it
}

// An Author is who chooses a value.
type Author uint8

// The authors. Of values that are not anybody's, there may well be few.
const (
	Anybody Author = iota // any text at all: the path of a request as it came
	Client                // a client, by what its request names: a parameter, a header, a host
	Peer                  // another program that sends messages: remote calls
	Program               // the program, which sends requests with it
	Outside               // nobody: there is one for each thing outside the program, or for each iteration
)

// A Summary describes one result of a function of another package.
type Summary struct {
	Result   int
	Category metriclib.Category // "" if the result has no source of its own
	What     string
	Where    string // where the source is, as [location.Of] writes it
	Loose    bool   // the way to the source is loose, see [Origin]
	Vetted   bool   // the value is vetted, see [Origin]
	Author   Author // see [Source]
	Params   []int  // parameters that the result is made from, -1 for the receiver
}

// Config is what a trace needs to know from outside the package.
type Config struct {
	Summaries  func(*types.Func) []Summary // of functions that are not in view; may return nil
	Sources    func(*types.Func) (metriclib.Category, bool)
	Sanitizers func(*types.Func) bool
	Strict     func(name string, t types.Type) bool // whether a name is that of an identifier; nil if that does not matter
	Unknown    bool                                 // whether values of which nothing is known are sources, too
	Text       func(ssa.Value) string               // the source text of a value, "" if it has none
}

// A Tracer traces values of one package.
type Tracer struct {
	*Index
	Config
	frames map[frame]*frame
	told   func(decision.Reason) // see [Tracer.Asked]
}

// New returns a tracer for the package that index is about.
func New(index *Index, config Config) *Tracer {
	return &Tracer{Index: index, Config: config, frames: make(map[frame]*frame)}
}

// Trace returns the origins of v, which is used by the instruction at. The
// origins of a slice, a map or a struct are those of all it holds. If loose is
// set, the way from v on is already loose, so v is not followed through another
// field whose object is unknown.
func (t *Tracer) Trace(v ssa.Value, at ssa.Instruction, loose bool) []Origin {
	w := &walk{Tracer: t, seen: make(map[visit]bool)}
	w.value(v, use{block: at.Block()}, nil, state{index: -1, loose: loose})
	return w.origins
}

// TraceField is like [Tracer.Trace] for the field called name of v, a struct or
// a pointer to one.
func (t *Tracer) TraceField(v ssa.Value, name string, at ssa.Instruction, loose bool) []Origin {
	w := &walk{Tracer: t, seen: make(map[visit]bool)}
	for i := 0; ; i++ {
		f := ssax.Field(v.Type(), i)
		if f == nil {
			return nil
		}
		if f.Name() == name {
			w.stores(v, f, i, nil, state{index: -1, loose: loose})
			return w.origins
		}
	}
}

// maxVisits bounds the work for one trace. One that is cut off returns fewer
// origins.
const maxVisits = 4000

// maxDepth bounds how deep a trace goes into calls.
const maxDepth = 8

// walk is one trace.
type walk struct {
	*Tracer
	seen    map[visit]bool
	origins []Origin
}

type visit struct {
	v     ssa.Value
	fr    *frame
	label string
	index int
	loose bool
	vet   bool
}

// frame is the call through which the walk went into a function; nil stands for
// a function that the walk began in or came to otherwise.
type frame struct {
	call   ssa.CallInstruction
	callee *ssa.Function
	parent *frame
}

// enter returns the frame for callee, called by call in fr, or nil if that is
// recursive or too deep.
func (t *Tracer) enter(call ssa.CallInstruction, callee *ssa.Function, fr *frame) *frame {
	depth := 0
	for f := fr; f != nil; f = f.parent {
		depth++
		if f.callee == callee || depth > maxDepth {
			return nil
		}
	}
	key := frame{call, callee, fr}
	if f := t.frames[key]; f != nil {
		return f
	}
	f := &key
	t.frames[key] = f
	return f
}

// state is what a walk remembers of the way to a value.
type state struct {
	label  string
	index  int
	loose  bool
	vet    bool      // see [Origin.Vetted]
	author Author    // see [Source]
	outer  ssa.Value // the outermost expression that only selects from the value
	steps  *trail
}

type trail struct {
	Step
	next *trail
}

// step returns the state after a step at pos.
func (st state) step(pos token.Pos, what Event) state {
	if pos.IsValid() {
		st.steps = &trail{Step{Event: what, Pos: pos}, st.steps}
	}
	st.outer = nil
	return st
}

// elsewhere returns the state after a step in another package, at where.
func (st state) elsewhere(where string, via *types.Func, what Event) state {
	st.steps = &trail{Step{Event: what, Where: where, Via: via}, st.steps}
	return st
}

func (st state) path() []Step {
	var steps []Step
	for t := st.steps; t != nil; t = t.next {
		steps = append(steps, t.Step)
	}
	return steps
}

func (w *walk) found(o Origin, st state) {
	o.Label, o.Index, o.Loose, o.Vetted = st.label, st.index, st.loose, st.vet
	o.Steps = append(o.Steps, st.path()...)
	w.origins = append(w.origins, o)
}

// source records that v is a source.
func (w *walk) source(v ssa.Value, c metriclib.Category, st state) {
	shown := v
	if st.outer != nil && st.outer.Parent() == v.Parent() {
		shown = st.outer
	}
	what := w.text(shown)
	if what == "" {
		what = w.text(v)
	}
	s := &Source{Category: c, What: what, Value: v, Shown: shown, Author: st.author}
	w.found(Origin{Source: s}, st.step(shown.Pos(), Event{Kind: Read, Name: what}))
}

func (w *walk) text(v ssa.Value) string {
	if w.Text == nil || v == nil {
		return ""
	}
	return w.Text(v)
}
