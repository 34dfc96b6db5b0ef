// Package athand answers which context is at hand in a function, where in the
// function that context is still live, and how a function literal runs in
// relation to the function around it.
//
// A context at hand is one that the caller, or a request, has brought: a
// parameter, a carrier such as *http.Request, a captured variable, or a field
// of the receiver in which the package stores nothing but callers' contexts.
//
// Answers are must-answers. What is unknown gets the answer that makes no
// finding: no context, not live, at another time. How recursive functions run
// is solved by fixpoint; nothing else here looks further than the functions of
// one package, each once.
package athand

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"iter"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ctxflow"
	"github.com/ctxlint/ctxlint/internal/engine/ctxlife"
	"github.com/ctxlint/ctxlint/internal/engine/fixpoint"
	"github.com/ctxlint/ctxlint/internal/engine/ssabuild"
	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/model/web"
	"github.com/ctxlint/ctxlint/internal/model/words"
	"github.com/ctxlint/ctxlint/internal/pass/arrivals"
	"github.com/ctxlint/ctxlint/internal/pass/diag"
)

// A Finder answers for the functions of one package. It is not safe for
// concurrent use.
type Finder struct {
	pass     *analysis.Pass
	builder  *ssabuild.Builder
	lives    *ctxlife.Result
	carriers map[string]string // further carriers: expressions by type
	fields   map[*types.Var]ctxflow.Origins
	live     map[*ssa.Function]*Liveness
	held     map[*ssa.Function]map[*types.Var]*assignments
	modes    *fixpoint.Solver[*ssa.Function, Mode]  // cleanup or not, for a declared function
	calls    *fixpoint.Solver[*ssa.Parameter, bool] // whether a parameter is only called
	upgrades *fixpoint.Solver[*ssa.Function, bool]  // whether a function takes over a connection
	arrivals *fixpoint.Solver[*ssa.Parameter, bool] // whether a context may have ended when it is passed
	seen     map[seenEnd]*Liveness
	dropped  map[*types.Var]bool // parameters of which the body says that it has no use for them
}

// New returns a finder for the package of pass. Carriers are further types that
// carry a context, as [ParseCarriers] returns them.
func New(pass *analysis.Pass, builder *ssabuild.Builder, lives *ctxlife.Result, carriers map[string]string) *Finder {
	f := &Finder{
		pass:     pass,
		builder:  builder,
		lives:    lives,
		carriers: carriers,
		fields:   make(map[*types.Var]ctxflow.Origins),
		live:     make(map[*ssa.Function]*Liveness),
		held:     make(map[*ssa.Function]map[*types.Var]*assignments),
		seen:     make(map[seenEnd]*Liveness),
		dropped:  make(map[*types.Var]bool),
	}
	f.modes = f.newModes()
	f.calls = fixpoint.NewBool(true, false, f.onlyCalls)
	f.upgrades = fixpoint.NewBool(false, false, f.upgradesIn)
	f.arrivals = fixpoint.NewBool(false, true, f.comesEnded)
	return f
}

// A Context is a context at hand in a function.
type Context struct {
	Expr     string        // how the code would write it: "ctx", "r.Context()"
	Root     string        // the name of the variable in Expr: "r"
	Var      *types.Var    // that variable
	Func     *ssa.Function // the function that has it: fn, or one around it
	Request  bool          // it belongs to a request that a handler answers
	Receiver bool          // only the receiver has it
	Deadline bool          // the function has given it a deadline, for the nearest
	Life     ctxlife.Life  // what is known of its end; only [Finder.Worthwhile] tells

	param  *ssa.Parameter // Var
	field  *types.Var     // of param, nil if the context is no field
	given  *ssa.Parameter // whose callers decide about Life, nil if that is not so or not known; only [Finder.Worthwhile] tells
	within bool           // the function that asks runs as part of that of given; only [Finder.Worthwhile] tells
}

// Doubt says what is not known of the context of which [Finder.Worthwhile] has told the life.
func (h *Context) Doubt() diag.Doubt {
	d := diag.Doubt{Doubtful: h.Life.Doubtful(), Library: h.Life.Library}
	if h.given != nil {
		d.Caller = Arriving(h.given)
		d.Caller.Within = h.within && d.Caller.Caller != ""
	}
	return d
}

// Arriving is what a finding assumes that is about the end of the context of a parameter:
// that some caller passes one that ends. It is empty for a parameter of which callers are
// not recorded.
func Arriving(p *ssa.Parameter) arrivals.Assumption {
	fn := ssax.FuncOf(p.Parent())
	if fn == nil || arrivals.Takes(fn.Signature()) < 0 || !ctxlib.IsContextual(p.Type()) {
		return arrivals.Assumption{}
	}
	return arrivals.Assumption{Caller: arrivals.Caller(fn), Open: isOpen(fn)}
}

// In returns the context at hand in fn, or nil if there is none. In order of
// preference, that is a context parameter, a carrier among the parameters, a field of
// a struct among them, a field of the receiver, or what the function around a literal has.
func (f *Finder) In(fn *ssa.Function) *Context {
	for h := range f.all(fn) {
		return h
	}
	return nil
}

// Lacks reports whether fn has no context, and could be given one by its callers: it is not a
// test, an initializer, or there to end something.
func (f *Finder) Lacks(fn *ssa.Function) bool {
	return len(fn.Blocks) > 0 && fn.Synthetic == "" && fn.Name() != "main" && fn.Name() != "init" &&
		!ctxlib.Takes(fn.Signature) && f.In(fn) == nil && !IgnoresContext(fn) && !ssax.InTest(fn) && !words.CleansUp(fn.Name())
}

// Worthwhile is like [Finder.In], but leaves out the contexts that never end and
// have no values: nothing is lost without those. It also leaves out a parameter for
// which some caller in the package passes a context that has ended: what the function
// does is to be done nevertheless. It prefers a context of which it is known that
// something is lost without it.
func (f *Finder) Worthwhile(fn *ssa.Function) *Context {
	var doubtful *Context
	for h := range f.all(fn) {
		h.Life = f.life(h)
		if h.Life.Kind == ctxlife.Given || h.Life.Kind == ctxlife.Typed {
			h.given = f.givenBy(h)
			h.within = h.field == nil && f.Mode(fn, h.Func) == Inline
		}
		switch {
		case h.Life.Never(), h.Life.Kind == ctxlife.Held && f.Mode(fn, h.Func) == Inline, h.field == nil && f.arrivals.Get(h.param):
		case !h.Life.Doubtful():
			return h
		case doubtful == nil:
			doubtful = h
		}
	}
	return doubtful
}

func (f *Finder) life(h *Context) ctxlife.Life {
	if h.field != nil {
		return f.lives.OfField(h.param.Type(), h.field)
	}
	return f.lives.OfParameter(h.param)
}

// givenBy returns the parameter that gives a context: its own, or the only one whose context
// the package stores in its field. It is nil if there are several.
func (f *Finder) givenBy(h *Context) *ssa.Parameter {
	if h.field == nil {
		return h.param
	}
	return f.storedIn(h.field)
}

// all yields the contexts at hand in fn, in order of preference.
func (f *Finder) all(fn *ssa.Function) iter.Seq[*Context] {
	return func(yield func(*Context) bool) {
		for ; fn != nil; fn = fn.Parent() {
			own := false
			for h := range f.own(fn) {
				if own = true; !yield(h) {
					return
				}
			}
			if !own && IgnoresContext(fn) {
				return // ignored on purpose
			}
		}
	}
}

// Own returns the context at hand in fn itself, without those of the functions
// around it.
func (f *Finder) Own(fn *ssa.Function) *Context {
	for h := range f.own(fn) {
		return h
	}
	return nil
}

// own yields the contexts at hand in fn itself, in order of preference.
func (f *Finder) own(fn *ssa.Function) iter.Seq[*Context] {
	return func(yield func(*Context) bool) {
		params := fn.Params
		var recv *ssa.Parameter
		if fn.Signature.Recv() != nil && len(params) > 0 {
			recv, params = params[0], params[1:]
		}
		for _, p := range params {
			if v, ok := named(p); ok && ctxlib.IsContextual(p.Type()) && !f.discards(fn, v) {
				if !yield(&Context{Expr: v.Name(), Root: v.Name(), Var: v, Func: fn, param: p}) {
					return
				}
			}
		}
		for _, p := range params {
			if v, ok := named(p); ok && !ctxlib.IsContextual(p.Type()) {
				expr, ok := f.carrier(p.Type())
				if ok && !yield(&Context{Expr: strings.Replace(expr, "x", v.Name(), 1), Root: v.Name(), Var: v, Func: fn, Request: web.IsRequest(v, fn.Signature.Params()), param: p}) {
					return
				}
			}
		}
		for _, p := range params {
			if h := f.ofStruct(fn, p); h != nil && !yield(h) {
				return
			}
		}
		if recv != nil {
			if h := f.ofReceiver(fn, recv); h != nil {
				yield(h)
			}
		}
	}
}

// ofReceiver returns the context that the receiver of the method fn has.
func (f *Finder) ofReceiver(fn *ssa.Function, recv *ssa.Parameter) *Context {
	v, ok := named(recv)
	if !ok || endsThings(fn.Name()) {
		return nil // Close must work after the receiver's context has ended
	}
	if ctxlib.IsContextual(recv.Type()) {
		return nil // methods of the receiver's own context implement it
	}
	if field := f.inherited(recv.Type()); field != nil {
		return &Context{Expr: v.Name() + "." + field.Name(), Root: v.Name(), Var: v, Func: fn, Receiver: true, param: recv, field: field}
	}
	if expr, ok := f.carrier(recv.Type()); ok && fn.Name() != "Context" {
		return &Context{Expr: strings.Replace(expr, "x", v.Name(), 1), Root: v.Name(), Var: v, Func: fn, Receiver: true, param: recv}
	}
	return nil
}

// endsThings reports whether the name of a method says that it ends something,
// even if that is the business of the service: StopTask, destroyInstance. If
// only the receiver has a context, it lasts as long as the receiver, and things
// may have to be ended after that.
func endsThings(name string) bool { return words.CleansUp(name) || words.Ends.Leads(name) }

// named returns the variable of a parameter, or nil if it has no name.
func named(p *ssa.Parameter) (*types.Var, bool) {
	v, ok := p.Object().(*types.Var)
	return v, ok && v.Name() != "" && v.Name() != "_"
}

// discards reports whether the body of fn says that it has no use for a parameter: _ = ctx.
func (f *Finder) discards(fn *ssa.Function, v *types.Var) bool {
	known, ok := f.dropped[v]
	if !ok {
		known = discards(fn, v)
		f.dropped[v] = known
	}
	return known
}

func discards(fn *ssa.Function, v *types.Var) bool {
	decl, ok := fn.Syntax().(*ast.FuncDecl)
	if !ok || decl.Body == nil {
		return false
	}
	return slices.ContainsFunc(decl.Body.List, func(s ast.Stmt) bool {
		a, ok := s.(*ast.AssignStmt)
		if !ok || len(a.Lhs) != 1 || len(a.Rhs) != 1 {
			return false
		}
		to, ok := a.Lhs[0].(*ast.Ident)
		from, named := a.Rhs[0].(*ast.Ident)
		return ok && named && to.Name == "_" && from.Name == v.Name()
	})
}

// IgnoresContext reports whether fn takes a context without giving it a name.
func IgnoresContext(fn *ssa.Function) bool {
	for p := range fn.Signature.Params().Variables() {
		if (p.Name() == "" || p.Name() == "_") && ctxlib.IsContext(p.Type()) {
			return true
		}
	}
	return false
}

// carrier returns the expression for the context that a value of type t carries.
func (f *Finder) carrier(t types.Type) (expr string, ok bool) {
	if name := ctxlib.TypeName(t); name != "" {
		if expr, ok := f.carriers[name]; ok {
			return expr, true
		}
		if words.LongLived.Trails(name) && !web.IsStream(t) {
			return "", false // its context is that of a service, not of the current work
		}
	}
	carrier, ok := ctxlib.CarrierOf(t)
	return carrier.Expr, ok
}

// Visible reports whether the name of the context's variable means that
// variable at pos.
func (f *Finder) Visible(h *Context, pos token.Pos) bool {
	scope := f.pass.Pkg.Scope().Innermost(pos)
	if scope == nil {
		return false
	}
	_, obj := scope.LookupParent(h.Root, pos)
	return obj == h.Var
}

// ParseCarriers parses a list of further carriers, pkg.Type=expression
// separated by commas, in which x stands for the carrier. It returns the
// expressions by type.
func ParseCarriers(s string) (map[string]string, error) {
	out := make(map[string]string)
	for entry := range strings.SplitSeq(s, ",") {
		entry = strings.TrimSpace(entry)
		if entry == "" {
			continue
		}
		name, expr, ok := strings.Cut(entry, "=")
		if !ok || !strings.Contains(name, ".") || !strings.Contains(expr, "x") {
			return nil, fmt.Errorf("carriers: %q is not of the form pkg.Type=expression with x for the carrier", entry)
		}
		out[strings.TrimSpace(name)] = strings.TrimSpace(expr)
	}
	return out, nil
}
