package athand

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ctxflow"
	"github.com/ctxlint/ctxlint/internal/engine/ctxlife"
	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/model/typename"
	"github.com/ctxlint/ctxlint/internal/model/words"
	"github.com/ctxlint/ctxlint/internal/pass/scope"
)

// field returns the origins of what the package stores in a field.
func (f *Finder) field(v *types.Var) ctxflow.Origins {
	known, ok := f.fields[v]
	if !ok {
		for _, st := range f.builder.SSA().Index().FieldStores(v) {
			known.Add(ctxflow.Of(st.Val, isRoot))
		}
		f.fields[v] = known
	}
	return known
}

// isRoot knows only the roots themselves: the contents of fields must not
// depend on summaries, because those ask for fields.
func isRoot(call *ssa.CallCommon) bool { return ctxlib.IsRoot(ssax.Callee(call)) }

// maxEmbedded bounds how deep a field may be in embedded structs.
const maxEmbedded = 4

// inherited returns the unexported context field, of the struct that t is or
// points to, in which the package stores nothing but callers' contexts, or nil
// if there is none. The struct's own fields come before those that it has by
// embedding another struct of the package.
func (f *Finder) inherited(t types.Type) *types.Var { return f.inheritedIn(t, maxEmbedded) }

func (f *Finder) inheritedIn(t types.Type, depth int) *types.Var {
	named := typename.Of(t)
	if named == nil || named.Obj().Pkg() != f.pass.Pkg {
		return nil
	}
	st, ok := named.Origin().Underlying().(*types.Struct)
	if !ok {
		return nil
	}
	for v := range st.Fields() {
		if !v.Exported() && ctxlib.IsContext(v.Type()) && !words.Over.In(v.Name()) { // a field like shutdownCtx exists to signal the end
			if o := f.field(v.Origin()); o.OnlyInherited() && !o.Nil {
				return v
			}
		}
	}
	if depth == 0 {
		return nil
	}
	for v := range st.Fields() {
		if v.Embedded() {
			if field := f.inheritedIn(v.Type(), depth-1); field != nil && promotes(named, field) {
				return field
			}
		}
	}
	return nil
}

// promotes reports whether the name of a field of an embedded struct means that field
// in the struct that embeds it.
func promotes(t *types.Named, field *types.Var) bool {
	obj, _, _ := types.LookupFieldOrMethod(t, true, field.Pkg(), field.Name())
	v, ok := obj.(*types.Var)
	return ok && v.Origin() == field.Origin()
}

// ofStruct returns the context in the struct that a parameter of fn is, or points to: one
// of options, or of a job, with which the caller says for whom the work is.
func (f *Finder) ofStruct(fn *ssa.Function, p *ssa.Parameter) *Context {
	v, ok := named(p)
	if !ok || ctxlib.Carries(p.Type()) || endsThings(fn.Name()) {
		return nil
	}
	field := f.inherited(p.Type())
	if field == nil {
		field = f.option(p.Type())
	}
	if field == nil {
		return nil
	}
	return &Context{Expr: v.Name() + "." + field.Name(), Root: v.Name(), Var: v, Func: fn, param: p, field: field}
}

// option returns the exported context field of the struct that t is or points to, which
// others fill: the package, if it is its own, stores nothing there but callers' contexts.
// It is nil if there is none, or more than one.
func (f *Finder) option(t types.Type) *types.Var {
	named := typename.Of(t)
	if named == nil || named.Obj().Pkg() == nil || !scope.SharesModule(f.pass, named.Obj().Pkg()) {
		return nil
	}
	st, ok := named.Origin().Underlying().(*types.Struct)
	if !ok {
		return nil
	}
	var found *types.Var
	for v := range st.Fields() {
		if !ctxlib.IsContext(v.Type()) || words.Over.In(v.Name()) {
			continue
		}
		if o := f.field(v.Origin()); found != nil || !v.Exported() || o.Root || o.Unknown || o.Nil {
			return nil
		}
		found = v
	}
	return found
}

// storedIn returns the parameter whose context the package stores in a field, with what may
// be added to it, nil if it stores others, too.
func (f *Finder) storedIn(field *types.Var) (from *ssa.Parameter) {
	for _, st := range f.builder.SSA().Index().FieldStores(field.Origin()) {
		p := ctxlife.ParameterOf(st.Val)
		if p == nil || from != nil && p != from {
			return nil
		}
		from = p
	}
	return from
}
