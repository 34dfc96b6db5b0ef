package ctxlife

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ctxflow"
	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/model/typename"
	"github.com/ctxlint/ctxlint/internal/model/web"
)

// fieldKey is a field of a struct as a question.
type fieldKey struct {
	field  *types.Var
	inView bool // other packages cannot store into it
}

// resultKey is the context that a function returns as a question.
type resultKey struct{ fn *ssa.Function }

// step is the Step of lives.
func (r *Result) step(key any) Life {
	switch key := key.(type) {
	case *ssa.Parameter:
		return r.parameter(key)
	case fieldKey:
		return r.field(key)
	case *ssa.Global:
		return r.global(key)
	case resultKey:
		return r.result(key.fn)
	case string:
		return r.command(key)
	}
	return Life{Kind: Unknown}
}

// unknown is the life of what is not followed.
var unknown = Life{Kind: Unknown}

// parameter joins what the callers of a function pass. Tests do not count: what
// they pass says nothing of the program.
func (r *Result) parameter(p *ssa.Parameter) Life {
	fn := p.Parent()
	calls, all := r.builder.SSA().Index().AllCalls(fn)
	life, called := Life{}, false
	for _, call := range calls {
		if arg := ssax.Argument(call.Common(), p); arg != nil && !ssax.InstrInTest(call) {
			life, called = join(life, r.passed(call, arg)), true
		}
	}
	if all && called {
		return life
	}
	if library, ok := web.CommandGiven(fn.Signature); ok {
		return join(life, r.startOf(library))
	}
	life = join(life, Life{Kind: Given})
	if life.Kind != Ends && (endlessType(p.Type()) || web.GivesRoot(fn.Signature)) {
		return Life{Kind: Typed}
	}
	return life
}

// endlessType reports whether t is a type of contexts of its own, whose package has a
// function that makes one out of no other: such a context never ends, unless whoever makes
// it ends it.
//
//	func NewContext(uid, gid uint32) Context
func endlessType(t types.Type) bool {
	named := typename.Of(t)
	if named == nil || ctxlib.IsContext(t) || named.Obj().Pkg() == nil {
		return false
	}
	scope := named.Obj().Pkg().Scope()
	return slices.ContainsFunc(scope.Names(), func(name string) bool {
		fn, ok := scope.Lookup(name).(*types.Func)
		return ok && gives(fn.Signature(), t) && !takesEnd(fn.Signature())
	})
}

// takesEnd reports whether a function is given a context, or something that carries one.
func takesEnd(sig *types.Signature) bool {
	for p := range sig.Params().Variables() {
		if ctxlib.Carries(p.Type()) {
			return true
		}
	}
	return false
}

// readsRequest reports whether the callers in view of the function that has p give it a
// request that they read off a connection, or make, without a context.
func (r *Result) readsRequest(p *ssa.Parameter) bool {
	if !ctxlib.IsNamedOrPointer(p.Type(), "net/http", "Request") {
		return false
	}
	calls, _ := r.builder.SSA().Index().AllCalls(p.Parent())
	read := false
	for _, call := range calls {
		if !ssax.InstrInTest(call) {
			if !isBareRequest(ssax.Argument(call.Common(), p)) {
				return false
			}
			read = true
		}
	}
	return read
}

func isBareRequest(v ssa.Value) bool {
	result, ok := v.(*ssa.Extract)
	if !ok {
		return false
	}
	call, ok := result.Tuple.(*ssa.Call)
	if !ok {
		return false
	}
	fn := ssax.Callee(&call.Call)
	return ctxlib.IsFunc(fn, "net/http", "ReadRequest") || ctxlib.IsFunc(fn, "net/http", "NewRequest")
}

// gives reports whether a function returns a t.
func gives(sig *types.Signature, t types.Type) bool {
	for r := range sig.Results().Variables() {
		if types.Identical(r.Type(), t) {
			return true
		}
	}
	return false
}

// field joins what the package stores into a field.
func (r *Result) field(key fieldKey) Life {
	uses := r.builder.SSA().Index().Field(key.field)
	if !key.inView || uses.Escapes {
		return unknown
	}
	return r.stores(uses.Stores)
}

// inView reports whether no other package can name a field of a struct of type t.
func inView(t types.Type, field *types.Var) bool {
	if !field.Exported() {
		return true
	}
	t = types.Unalias(t)
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = types.Unalias(p.Elem())
	}
	named, ok := t.(*types.Named)
	return ok && (!named.Obj().Exported() || named.Obj().Parent() != named.Obj().Pkg().Scope())
}

func (r *Result) global(g *ssa.Global) Life {
	obj := g.Object()
	if g.Pkg.Pkg != r.pass.Pkg || obj == nil || obj.Exported() {
		return unknown
	}
	uses := r.builder.SSA().Index().Global(g)
	if uses.Escapes {
		return unknown
	}
	return r.stores(uses.Stores)
}

func (r *Result) stores(stores []*ssa.Store) Life {
	life, found := Life{}, false
	for _, st := range stores {
		if !ssax.InstrInTest(st) {
			life, found = join(life, r.value(st.Val)), true
		}
	}
	if !found {
		return unknown
	}
	return life
}

func (r *Result) result(fn *ssa.Function) Life {
	life, found := Life{}, false
	for _, ret := range ssax.Returns(fn) {
		for _, v := range ret.Results {
			if ctxlib.IsContextual(v.Type()) {
				life, found = join(life, r.value(v)), true
			}
		}
	}
	if !found {
		return unknown
	}
	return life
}

// command joins the contexts with which the package starts the commands of a
// library. A start of which too little is known leaves it to whoever knows more.
func (r *Result) command(library string) Life {
	life, found := Life{}, false
	for _, s := range r.sites {
		if s.library != library {
			continue
		}
		found = true
		if s.arg == nil {
			life = join(life, s.life)
		} else {
			life = join(life, r.value(s.arg))
		}
	}
	if !found || life.Kind == Given || life.Kind == Typed || life.Kind == Unknown {
		return Life{Command, library}
	}
	return life
}

// startOf returns the life of the context of a library's commands.
func (r *Result) startOf(library string) Life { return r.lives.Get(library) }

func (r *Result) value(v ssa.Value) Life {
	return (&backward{r: r, seen: make(map[ssa.Value]bool)}).value(v)
}

// backward walks from a context back to what gives it.
type backward struct {
	r      *Result
	seen   map[ssa.Value]bool
	during ssa.Instruction // the call that passes the context, nil if it is not passed on as it is by one that is waited for
}

func (w *backward) value(v ssa.Value) Life {
	if w.seen[v] {
		return Life{} // a loop adds nothing
	}
	w.seen[v] = true
	switch v := v.(type) {
	case *ssa.Parameter:
		if ctxlib.IsContextual(v.Type()) {
			return w.own(v)
		}
	case *ssa.Phi:
		var life Life
		for _, e := range v.Edges {
			life = join(life, w.value(e))
		}
		return life
	case *ssa.ChangeInterface:
		return w.value(v.X)
	case *ssa.ChangeType:
		return w.value(v.X)
	case *ssa.Extract:
		if call, ok := v.Tuple.(*ssa.Call); ok {
			return w.cancellable(call)
		}
	case *ssa.Call:
		return w.call(&v.Call)
	case *ssa.Field:
		return w.field(v.X.Type(), ssax.FieldOf(v))
	case *ssa.UnOp:
		if v.Op == token.MUL {
			return w.load(v.X)
		}
	}
	return unknown
}

// own returns the life of the context of a parameter, which is held no longer where it goes
// anywhere else than to a call of its function.
func (w *backward) own(p *ssa.Parameter) Life {
	life := w.r.lives.Get(p)
	if life.Kind == Held && (w.during == nil || w.during.Parent() != p.Parent()) {
		return Life{Kind: Ends}
	}
	return life
}

func (w *backward) load(addr ssa.Value) Life {
	switch addr := addr.(type) {
	case *ssa.FieldAddr:
		return w.field(addr.X.Type(), ssax.FieldOf(addr))
	case *ssa.Global:
		return w.r.lives.Get(addr)
	}
	cell, ok := ssax.Variable(addr)
	if !ok {
		return unknown
	}
	uses := ssax.UsesOf(cell)
	if uses.Escapes || len(uses.Stores) == 0 {
		return unknown
	}
	var life Life
	for _, st := range uses.Stores {
		life = join(life, w.value(st.Val))
	}
	return life
}

// field returns the life of the context in a field of a value of type t.
func (w *backward) field(t types.Type, field *types.Var) Life {
	if field == nil {
		return unknown
	}
	if library, ok := web.CommandOf(t); ok && field.Pkg().Path() == library {
		return w.r.startOf(library)
	}
	if field.Pkg() != w.r.pass.Pkg {
		return unknown
	}
	return w.r.lives.Get(fieldKey{field.Origin(), inView(t, field)})
}

func (w *backward) call(call *ssa.CallCommon) Life {
	fn := ssax.Callee(call)
	switch {
	case ctxlib.IsRoot(fn):
		return Life{Kind: Root}
	case ctxlib.HasEnd(fn):
		return Life{Kind: Ends}
	case ctxlib.IsFunc(fn, "context", "WithoutCancel"):
		if w.value(call.Args[0]).Kind == Root {
			return Life{Kind: Root}
		}
		return Life{Kind: Values}
	case ctxflow.Derives(call) == ctxflow.Surely:
		return w.withValues(call)
	}
	if recv, _ := ssax.Receiver(call); recv != nil && fn != nil && fn.Name() == "Context" {
		if library, ok := web.CommandOf(recv.Type()); ok {
			return w.r.startOf(library)
		}
	}
	if body := ssax.Body(ssax.Static(call)); body != nil && body.Pkg == w.r.builder.SSA().Pkg {
		return w.r.lives.Get(resultKey{body})
	}
	return unknown
}

// withValues returns the life of what a call derives, which adds a value to a
// context and nothing else.
func (w *backward) withValues(call *ssa.CallCommon) Life {
	for i, arg := range call.Args {
		if p := ssax.ParamType(call, i); p != nil && ctxlib.IsContextual(p) {
			life := w.value(arg)
			if life.Kind == Held {
				return Life{Kind: Ends} // so that its values are not forgotten
			}
			return join(Life{Kind: Values}, life)
		}
	}
	return unknown
}
