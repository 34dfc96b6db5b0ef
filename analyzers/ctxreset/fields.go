package ctxreset

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ctxflow"
	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
)

// fieldIndex knows what the package stores into its variables.
type fieldIndex struct {
	c       *checker
	globals map[*ssa.Global]globalRoot
}

func newFieldIndex(c *checker) *fieldIndex {
	return &fieldIndex{c, make(map[*ssa.Global]globalRoot)}
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
	// A variable that comes with its cancel function stands for the life of the process
	// or of a part of it. Whoever passes it means that.
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

func rootOf(call *ssa.CallCommon) rootKind {
	switch fn := ssax.Callee(call); {
	case ctxlib.IsFunc(fn, "context", "Background"):
		return "context.Background"
	case ctxlib.IsFunc(fn, "context", "TODO"):
		return "context.TODO"
	}
	return noRoot
}
