package cancelleak

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ast/inspector"
	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/pass/syntax"
)

// syntaxIndex finds the syntax of SSA instructions.
type syntaxIndex struct{ *syntax.Index }

// call returns the cursor of the call expression of an SSA call.
func (x syntaxIndex) call(call *ssa.Call) (inspector.Cursor, bool) {
	return x.At(call.Pos(), func(n ast.Node) bool {
		e, ok := n.(*ast.CallExpr)
		return ok && e.Lparen == call.Pos()
	})
}

// target returns the expression to which result i of a call is assigned, nil if
// there is none.
func (x syntaxIndex) target(call *ssa.Call, i int) ast.Expr {
	cur, ok := x.call(call)
	if !ok {
		return nil
	}
	return targetOf(cur, i)
}

func targetOf(cur inspector.Cursor, i int) ast.Expr {
	rhs := cur.Node()
	for {
		parent := cur.Parent()
		if _, ok := parent.Node().(*ast.ParenExpr); !ok {
			cur = parent
			break
		}
		cur, rhs = parent, parent.Node()
	}
	switch stmt := cur.Node().(type) {
	case *ast.AssignStmt:
		if len(stmt.Rhs) == 1 && len(stmt.Lhs) > i {
			return stmt.Lhs[i]
		}
		for j, r := range stmt.Rhs {
			if r == rhs && i == 0 && j < len(stmt.Lhs) {
				return stmt.Lhs[j]
			}
		}
	case *ast.ValueSpec:
		if len(stmt.Values) == 1 && len(stmt.Names) > i {
			return stmt.Names[i]
		}
		for j, v := range stmt.Values {
			if v == rhs && i == 0 && j < len(stmt.Names) {
				return stmt.Names[j]
			}
		}
	}
	return nil
}

// assignedVar returns the local variable to which result i of a call is assigned.
func (x syntaxIndex) assignedVar(info *types.Info, call *ssa.Call, i int) *types.Var {
	id, ok := x.target(call, i).(*ast.Ident)
	if !ok || id.Name == "_" {
		return nil
	}
	v, _ := info.ObjectOf(id).(*types.Var)
	if v == nil || v.Parent() == nil || v.Pkg() != nil && v.Parent() == v.Pkg().Scope() {
		return nil
	}
	return v
}

// innermostLoop returns the for or range statement around pos within the same
// function, nil if there is none.
func (x syntaxIndex) innermostLoop(pos token.Pos) ast.Node {
	cur, ok := x.At(pos, func(n ast.Node) bool {
		switch n.(type) {
		case *ast.ForStmt, *ast.RangeStmt, *ast.FuncLit, *ast.FuncDecl:
			return true
		}
		return false
	})
	if !ok {
		return nil
	}
	switch n := cur.Node().(type) {
	case *ast.ForStmt, *ast.RangeStmt:
		return n
	}
	return nil
}

// declaredIn reports whether v is declared inside node, which may be nil.
func (x syntaxIndex) declaredIn(node ast.Node, v *types.Var) bool {
	return node != nil && node.Pos() <= v.Pos() && v.Pos() < node.End()
}

// readIndex knows which fields and package variables of the package are read.
type readIndex struct {
	pass *analysis.Pass
	read map[*types.Var]bool
}

// reads reports whether anything in the package reads v, a field or a package
// variable. Anything but being the target of an assignment or the key of a
// composite literal is a read.
func (x *readIndex) reads(v *types.Var) bool {
	if x.read == nil {
		x.read = make(map[*types.Var]bool)
		for _, f := range x.pass.Files {
			x.index(f)
		}
	}
	return x.read[v.Origin()]
}

func (x *readIndex) index(f *ast.File) {
	written := make(map[*ast.Ident]bool)
	write := func(e ast.Expr) {
		switch e := ast.Unparen(e).(type) {
		case *ast.Ident:
			written[e] = true
		case *ast.SelectorExpr:
			written[e.Sel] = true
		}
	}
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			if n.Tok == token.ASSIGN {
				for i, lhs := range n.Lhs {
					write(lhs)
					if id, ok := lhs.(*ast.Ident); ok && id.Name == "_" && len(n.Lhs) == len(n.Rhs) {
						write(n.Rhs[i]) // _ = x.cancel reads nothing
					}
				}
			}
		case *ast.CompositeLit:
			for _, elt := range n.Elts {
				if kv, ok := elt.(*ast.KeyValueExpr); ok {
					if id, ok := kv.Key.(*ast.Ident); ok {
						written[id] = true
					}
				}
			}
		case *ast.CallExpr:
			x.conversion(n)
		case *ast.Ident:
			if v, ok := x.pass.TypesInfo.Uses[n].(*types.Var); ok && !written[n] {
				x.read[v.Origin()] = true
			}
		}
		return true
	})
}

// conversion counts a conversion of a struct as a read of all its fields: they
// may be read through the other type.
func (x *readIndex) conversion(call *ast.CallExpr) {
	if tv := x.pass.TypesInfo.Types[call.Fun]; !tv.IsType() || len(call.Args) != 1 {
		return
	}
	t := x.pass.TypesInfo.TypeOf(call.Args[0])
	if t == nil {
		return
	}
	if ptr, ok := t.Underlying().(*types.Pointer); ok {
		t = ptr.Elem()
	}
	if st, ok := t.Underlying().(*types.Struct); ok {
		for f := range st.Fields() {
			x.read[f.Origin()] = true
		}
	}
}

// deadStore is the Protocol.DeadStore of cancel functions: addr is an unexported
// field of a type of this package, or an unexported variable of it, that nothing
// reads.
func (c *checker) deadStore(addr ssa.Value) bool {
	v := ssax.Place(addr)
	if v == nil || v.Exported() || v.Pkg() != c.pass.Pkg || c.fields.reads(v) {
		return false
	}
	// A struct that holds the function may be read as a whole, and the fields of
	// an unnamed struct type through another one that is identical.
	if _, isFunc := v.Type().Underlying().(*types.Signature); !isFunc {
		return false
	}
	fa, ok := addr.(*ssa.FieldAddr)
	if !ok {
		return true
	}
	if _, variable := fa.X.(*ssa.Global); variable {
		return true
	}
	_, named := types.Unalias(fa.X.Type().Underlying().(*types.Pointer).Elem()).(*types.Named)
	return named
}
