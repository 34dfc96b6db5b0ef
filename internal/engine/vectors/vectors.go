// Package vectors finds out what a metric vector is: the name of its metric and
// the names of its labels, as given to its constructor.
//
// A vector is followed back from its use through locals, captured variables,
// struct fields, package variables, composite literals, currying, helpers that
// make or register it, and other packages, about whose variables, fields and
// functions there are facts. A description (prometheus.Desc) counts as a vector,
// because the metrics made of it take label values in the same way.
//
// Answers are must-answers. If more than one constructor may have made a
// vector, they must agree; a vector of which not all labels are known is
// unknown. The work is bounded by a number of steps for each value; fixpoint
// solves values that are computed from themselves.
package vectors

import (
	"go/token"
	"reflect"
	"slices"
	"strings"
	"sync"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/fixpoint"
	"github.com/ctxlint/ctxlint/internal/engine/ssabuild"
)

// Analyzer gives the package's [*Resolver] and exports what other packages need
// to know about its variables, fields and functions.
var Analyzer = &analysis.Analyzer{
	Name:       "ctxlintvectors",
	Doc:        "find the names and labels of metric vectors",
	URL:        "https://pkg.go.dev/github.com/ctxlint/ctxlint/internal/engine/vectors",
	Requires:   []*analysis.Analyzer{ssabuild.Analyzer},
	Run:        run,
	ResultType: reflect.TypeFor[*Resolver](),
	FactTypes:  []analysis.Fact{new(Fact)},
}

// A Vector is what is known about a metric vector.
type Vector struct {
	// Name is the fully qualified name of the metric, with "*" for a namespace that
	// is not constant. It is "" if nothing is known.
	Name string

	// Labels are the names of the labels that still need a value, in the order
	// in which WithLabelValues takes them. A name that is not a constant is "".
	Labels []string

	Curried []string // labels that MustCurryWith or CurryWith has bound, sorted
	Const   []string // constant labels whose names are constants, sorted

	// Pos is where this package calls the constructor, or where another package
	// declares what the vector was found in.
	Pos token.Pos
}

// String returns "name{label,label}" for messages.
func (v Vector) String() string { return v.Name + "{" + strings.Join(v.Labels, ",") + "}" }

// Named reports whether the names of all labels are known.
func (v Vector) Named() bool { return !slices.Contains(v.Labels, "") }

// A Resolver answers for the values of one package. Its methods may be called
// concurrently; the first call builds the package's SSA form.
type Resolver struct {
	pass    *analysis.Pass
	builder *ssabuild.Builder
	mu      sync.Mutex
	values  *fixpoint.Solver[any, template] // for what find knows how to find
	demands *fixpoint.Solver[*ssa.Function, []demand]
	maps    map[ssa.Value]bool // whose keys are being looked for
	steps   int                // since the query, or the current Step of values, began
}

// maxSteps bounds the work of one query, not counting that of shared values,
// each of which has its own budget. What takes longer is unknown.
const maxSteps = 5000

func run(pass *analysis.Pass) (any, error) {
	r := &Resolver{
		pass:    pass,
		builder: pass.ResultOf[ssabuild.Analyzer].(*ssabuild.Builder),
		maps:    make(map[ssa.Value]bool),
	}
	r.values = fixpoint.New(fixpoint.Problem[any, template]{
		Bottom: neutral, // a value that is computed from itself adds nothing
		Step:   r.find,
		Join:   join,
		Equal:  template.equal,
		Spent:  unknown,
	})
	r.demands = r.newDemands()
	if r.makesVectors() {
		r.exportFacts()
	}
	return r, nil
}

// begin starts a query; the caller must defer the returned function.
func (r *Resolver) begin() (end func()) {
	r.mu.Lock()
	r.steps = 0
	return r.mu.Unlock
}

// Vector returns what is known about the vector or description v, a value of
// the resolver's package.
func (r *Resolver) Vector(v ssa.Value) (Vector, bool) {
	defer r.begin()()
	t, ok := r.resolve(v)
	if !ok || t.kind != vectorKind {
		return Vector{}, false
	}
	return t.vector()
}

// Strings returns the elements of v, a slice of strings, if their number is
// known. An element that is not a constant is "".
func (r *Resolver) Strings(v ssa.Value) ([]string, bool) {
	defer r.begin()()
	list, ok := r.list(v)
	if !ok {
		return nil, false
	}
	return texts(list)
}

// Keys returns the keys of v, a map with keys of a string type, sorted, if all
// of them are constants and known to be in the map at the instruction at.
func (r *Resolver) Keys(v ssa.Value, at ssa.Instruction) ([]string, bool) {
	defer r.begin()()
	return r.keys(v, at)
}

// Text returns the value of v if it is a constant string, or a variable that
// only ever holds one.
func (r *Resolver) Text(v ssa.Value) (string, bool) {
	defer r.begin()()
	p := r.text(v)
	return p.Text, p.known()
}
