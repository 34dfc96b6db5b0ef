package ctxreset

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ctxflow"
	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/model/words"
)

// fieldIndex knows what the package stores into its context fields and variables.
type fieldIndex struct {
	c       *checker
	fields  map[*types.Var]ctxflow.Origins
	globals map[*ssa.Global]globalRoot
}

func newFieldIndex(c *checker) *fieldIndex {
	return &fieldIndex{c, make(map[*types.Var]ctxflow.Origins), make(map[*ssa.Global]globalRoot)}
}

// globalRoot is the root that a package variable of the type of contexts holds.
type globalRoot struct {
	root  rootKind // noRoot if it may hold something else
	plain bool     // the root itself
}

// function returns the only function that a package variable ever holds, nil if
// there may be others: it is unexported and assigned in its declaration alone.
func (x *fieldIndex) function(g *ssa.Global) *ssa.Function {
	if g.Pkg.Pkg != x.c.pass.Pkg || g.Object() == nil || g.Object().Exported() {
		return nil
	}
	if st := x.declared(g); st != nil {
		return ssax.Target(st.Val)
	}
	return nil
}

// declared returns the store by which the declaration of a package variable fills
// it, nil if the package may store there elsewhere.
func (x *fieldIndex) declared(g *ssa.Global) *ssa.Store {
	uses := x.c.builder.SSA().Index().Global(g)
	if uses.Escapes || len(uses.Stores) != 1 || uses.Stores[0].Parent() != g.Pkg.Func("init") {
		return nil
	}
	return uses.Stores[0]
}

// global returns the root that a package variable holds.
func (x *fieldIndex) global(g *ssa.Global) globalRoot {
	known, ok := x.globals[g]
	if !ok {
		known = x.rootIn(g)
		x.globals[g] = known
	}
	return known
}

func (x *fieldIndex) rootIn(g *ssa.Global) globalRoot {
	st := x.declared(g)
	// A variable that comes with its cancel function stands for the life of the
	// process or of a part of it. Who passes it means that.
	if st == nil || isCancellable(st.Val) {
		return globalRoot{}
	}
	root := noRoot
	origins := ctxflow.Of(st.Val, func(call *ssa.CallCommon) bool {
		r := rootOf(call)
		if r == noRoot || x.c.report.Detached(call.Pos()) {
			return false
		}
		root = r
		return true
	})
	if !origins.OnlyRoot() {
		return globalRoot{}
	}
	return globalRoot{root, isPlainRoot(st.Val)}
}

// isCancellable reports whether a context is derived by a call that returns a
// function to cancel it, too.
func isCancellable(v ssa.Value) bool {
	ext, ok := v.(*ssa.Extract)
	if !ok {
		return false
	}
	results := ext.Tuple.Type().(*types.Tuple)
	for r := range results.Variables() {
		if ctxlib.CanHoldCancel(r.Type()) {
			return true
		}
	}
	return false
}

// isRoot knows the roots themselves: what fields hold must not depend on
// summaries, which ask for fields.
func (x *fieldIndex) isRoot(call *ssa.CallCommon) bool { return rootOf(call) != noRoot }

func rootOf(call *ssa.CallCommon) rootKind {
	switch fn := ssax.Callee(call); {
	case ctxlib.IsFunc(fn, "context", "Background"):
		return "context.Background"
	case ctxlib.IsFunc(fn, "context", "TODO"):
		return "context.TODO"
	}
	return noRoot
}

// field returns what the package stores in a field.
func (x *fieldIndex) field(f *types.Var) ctxflow.Origins {
	known, ok := x.fields[f]
	if !ok {
		for _, st := range x.c.builder.SSA().Index().FieldStores(f) {
			known.Add(ctxflow.Of(st.Val, x.isRoot))
		}
		x.fields[f] = known
	}
	return known
}

// inherited returns the unexported context field of the struct that t is or
// points to in which the package stores nothing but callers' contexts, nil if
// there is none.
func (x *fieldIndex) inherited(t types.Type) *types.Var {
	t = types.Unalias(t)
	if p, ok := t.(*types.Pointer); ok {
		t = types.Unalias(p.Elem())
	}
	named, ok := t.(*types.Named)
	if !ok || named.Obj().Pkg() != x.c.pass.Pkg {
		return nil
	}
	st, ok := named.Origin().Underlying().(*types.Struct)
	if !ok {
		return nil
	}
	for f := range st.Fields() {
		if !f.Exported() && ctxlib.IsContext(f.Type()) && !words.Over.In(f.Name()) { // shutdownCtx is there to tell of the end
			if o := x.field(f.Origin()); o.OnlyInherited() && !o.Nil {
				return f
			}
		}
	}
	return nil
}
