package cancelleak

import (
	"go/ast"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/fixpoint"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
)

// summaries knows what functions do with cancel functions: those of this package
// by analysis, those of others by their facts.
//
// Parameters are judged by syntax alone and results only where a signature can
// carry a cancel function, so that a dependency rarely needs SSA.
type summaries struct {
	c         *checker
	decls     []decl // in source order
	byFunc    map[*types.Func]*ast.FuncDecl
	params    *fixpoint.Solver[param, bool]      // whether they are ignored
	results   *fixpoint.Solver[param, originSet] // what they may be
	sites     bool                               // some call of the package makes an obligation
	sitesOnce bool
}

type decl struct {
	fn   *types.Func
	node *ast.FuncDecl
}

// param is a parameter, or a result, of a function.
type param struct {
	fn  *types.Func
	i   int
	lit *ssa.Parameter // of a literal, which has no fn
}

func newSummaries(c *checker) *summaries {
	s := &summaries{c: c, byFunc: make(map[*types.Func]*ast.FuncDecl)}
	// A parameter is ignored unless something uses it, and a recursive call does
	// not. Where that cannot be told, it is used.
	s.params = fixpoint.NewBool(true, false, s.ignoresParam)
	s.results = fixpoint.New(fixpoint.Problem[param, originSet]{
		Step:  s.originsOfResult,
		Join:  originSet.union,
		Equal: func(a, b originSet) bool { return a == b },
		Spent: originSet{unknown: true},
	})
	for _, f := range c.pass.Files {
		for _, d := range f.Decls {
			node, ok := d.(*ast.FuncDecl)
			if !ok {
				continue
			}
			if fn, ok := c.pass.TypesInfo.Defs[node.Name].(*types.Func); ok {
				s.decls = append(s.decls, decl{fn, node})
				s.byFunc[fn] = node
			}
		}
	}
	return s
}

// cancelTypes returns the struct types of the package with unexported fields of a
// cancel type, in source order.
func (s *summaries) cancelTypes() []cancelType {
	pkg := s.c.pass.Pkg
	var out []cancelType
	for _, name := range pkg.Scope().Names() {
		obj, ok := pkg.Scope().Lookup(name).(*types.TypeName)
		if !ok || obj.IsAlias() {
			continue
		}
		st, ok := obj.Type().Underlying().(*types.Struct)
		if !ok {
			continue
		}
		var fields []cancelField
		for f := range st.Fields() {
			if !f.Exported() && ctxlib.IsCancelFunc(f.Type()) {
				fields = append(fields, cancelField{f.Name(), s.methodsCalling(obj, f)})
			}
		}
		if fields != nil {
			out = append(out, cancelType{obj, fields})
		}
	}
	return out
}

// methodsCalling returns the names of the methods of the type that call the field.
func (s *summaries) methodsCalling(obj *types.TypeName, f *types.Var) []string {
	var names []string
	for _, d := range s.decls {
		if d.node.Body == nil || receiverOf(d.fn) != obj {
			continue
		}
		calls := false
		ast.Inspect(d.node.Body, func(n ast.Node) bool {
			if call, ok := n.(*ast.CallExpr); ok {
				if sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok {
					if v, ok := s.c.pass.TypesInfo.Uses[sel.Sel].(*types.Var); ok && v.Origin() == f.Origin() {
						calls = true
					}
				}
			}
			return !calls
		})
		if calls {
			names = append(names, d.fn.Name())
		}
	}
	slices.Sort(names)
	return names
}

func receiverOf(fn *types.Func) *types.TypeName {
	r := fn.Signature().Recv()
	if r == nil {
		return nil
	}
	t := types.Unalias(r.Type())
	if p, ok := t.(*types.Pointer); ok {
		t = types.Unalias(p.Elem())
	}
	if named, ok := t.(*types.Named); ok {
		return named.Origin().Obj()
	}
	return nil
}
