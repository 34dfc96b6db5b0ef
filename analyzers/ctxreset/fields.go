package ctxreset

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ctxflow"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/model/words"
)

// fieldIndex knows what the package stores into its context fields and variables.
type fieldIndex struct {
	c       *checker
	built   bool
	fields  map[*types.Var]ctxflow.Origins
	globals map[*ssa.Global]*globalStores
	funcs   map[*ssa.Global]*funcStores
}

// funcStores is what is stored into a package variable of a function type.
type funcStores struct {
	value ssa.Value // nil if several are, or the address goes elsewhere
	many  bool
}

type globalStores struct {
	plain bool // the root itself
	root  rootKind
	other bool // something else than one root is stored, or the address goes elsewhere
}

func (x *fieldIndex) build() {
	if x.built {
		return
	}
	x.built = true
	x.fields = make(map[*types.Var]ctxflow.Origins)
	x.globals = make(map[*ssa.Global]*globalStores)
	x.funcs = make(map[*ssa.Global]*funcStores)
	for _, fn := range x.c.builder.SSA().Funcs {
		for _, b := range fn.Blocks {
			for _, instr := range b.Instrs {
				x.note(instr)
			}
		}
	}
}

func (x *fieldIndex) note(instr ssa.Instruction) {
	if st, ok := instr.(*ssa.Store); ok && ctxlib.IsContext(st.Val.Type()) {
		switch addr := st.Addr.(type) {
		case *ssa.FieldAddr:
			v := fieldOf(addr).Origin()
			x.fields[v] = union(x.fields[v], ctxflow.Of(st.Val, x.isRoot))
			return
		case *ssa.Global:
			x.storeGlobal(addr, st)
			return
		}
	}
	// The address of a variable that is taken otherwise may be stored through.
	var buf [8]*ssa.Value
	for _, op := range instr.Operands(buf[:0]) {
		g, ok := (*op).(*ssa.Global)
		if !ok {
			continue
		}
		elem := g.Type().Underlying().(*types.Pointer).Elem()
		if _, load := instr.(*ssa.UnOp); load {
			continue
		}
		if _, isFunc := elem.Underlying().(*types.Signature); isFunc {
			x.storeFunc(g, instr)
		}
		if ctxlib.IsContext(elem) {
			x.stores(g).other = true
		}
	}
}

func (x *fieldIndex) storeFunc(g *ssa.Global, instr ssa.Instruction) {
	s := x.funcs[g]
	if s == nil {
		s = new(funcStores)
		x.funcs[g] = s
	}
	st, ok := instr.(*ssa.Store)
	if !ok || s.value != nil || st.Addr != ssa.Value(g) || st.Parent().Name() != "init" {
		s.many = true
		return
	}
	s.value = st.Val
}

// function returns the only function that a package variable ever holds, nil if
// there may be others: it is unexported and assigned in its declaration alone.
func (x *fieldIndex) function(g *ssa.Global) *ssa.Function {
	if g.Pkg.Pkg != x.c.pass.Pkg || g.Object() == nil || g.Object().Exported() {
		return nil
	}
	x.build()
	if s := x.funcs[g]; s != nil && !s.many && s.value != nil {
		return ctxflow.SingleTarget(s.value)
	}
	return nil
}

func (x *fieldIndex) stores(g *ssa.Global) *globalStores {
	s := x.globals[g]
	if s == nil {
		s = new(globalStores)
		x.globals[g] = s
	}
	return s
}

func (x *fieldIndex) storeGlobal(g *ssa.Global, st *ssa.Store) {
	s := x.stores(g)
	root := noRoot
	origins := ctxflow.Of(st.Val, func(call *ssa.CallCommon) bool {
		if r := rootOf(call); r != noRoot {
			root = r
		}
		return rootOf(call) != noRoot
	})
	// A variable that comes with its cancel function stands for the life of the
	// process or of a part of it. Who passes it means that.
	if !origins.OnlyRoot() || s.root != noRoot || st.Parent().Name() != "init" || isCancellable(st.Val) {
		s.other = true
	}
	s.root, s.plain = root, isPlainRoot(st.Val)
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

// plain reports whether a package variable holds a root as it is.
func (x *fieldIndex) plain(g *ssa.Global) bool {
	s := x.globals[g]
	return s != nil && s.plain
}

// isRoot knows the roots themselves: what fields hold must not depend on
// summaries, which ask for fields.
func (x *fieldIndex) isRoot(call *ssa.CallCommon) bool { return rootOf(call) != noRoot }

func rootOf(call *ssa.CallCommon) rootKind {
	switch fn := ctxflow.Callee(call); {
	case ctxlib.IsFunc(fn, "context", "Background"):
		return "context.Background"
	case ctxlib.IsFunc(fn, "context", "TODO"):
		return "context.TODO"
	}
	return noRoot
}

func union(a, b ctxflow.Origins) ctxflow.Origins {
	return ctxflow.Origins{
		Root:      a.Root || b.Root,
		Inherited: a.Inherited || b.Inherited,
		Nil:       a.Nil || b.Nil,
		Unknown:   a.Unknown || b.Unknown,
	}
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
			x.build()
			if x.fields[f.Origin()].OnlyInherited() && !x.fields[f.Origin()].Nil {
				return f
			}
		}
	}
	return nil
}

// global returns the root that a package variable holds, noRoot if it may hold
// something else.
func (x *fieldIndex) global(g *ssa.Global) rootKind {
	x.build()
	s := x.globals[g]
	if s == nil || s.other {
		return noRoot
	}
	return s.root
}
