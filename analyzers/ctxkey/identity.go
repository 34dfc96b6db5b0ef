package ctxkey

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/model/typename"
)

// A key is what is known of a key: two of the same type and value are equal.
type key struct {
	id    string     // its type and value, "" if the value is not known
	typ   string     // its type, "" if that is not known
	t     types.Type // the same
	value string     // the constant, as the source writes it, "" if it is none
	fresh bool       // a pointer that is made on the spot, which equals no other
	v     *types.Var // the package variable that holds it, if one does
}

// keyOf returns what is known of a key.
func (c *checker) keyOf(v ssa.Value) key {
	if mk, ok := v.(*ssa.MakeInterface); ok {
		return c.ofType(mk.X)
	}
	if g, ok := ssax.LoadedFrom(v).(*ssa.Global); ok { // a variable of type any
		k := c.held(g)
		k.v, _ = g.Object().(*types.Var)
		return k
	}
	return key{}
}

// ofType returns what is known of a key that is v, a value of the key's type.
func (c *checker) ofType(v ssa.Value) key {
	k := key{t: v.Type(), typ: typeName(v.Type())}
	switch v := v.(type) {
	case *ssa.Const:
		if v.Value == nil {
			if isEmptyStruct(k.t) {
				k.id = k.typ + "{}"
			}
			return k
		}
		k.value = v.Value.ExactString()
		k.id = k.typ + "(" + k.value + ")"
	case *ssa.Alloc:
		k.fresh = true
	case *ssa.UnOp:
		if isEmptyStruct(k.t) {
			k.id = k.typ + "{}"
			return k
		}
		if g, ok := v.X.(*ssa.Global); ok && v.Op == token.MUL {
			h := c.held(g)
			h.v, _ = g.Object().(*types.Var)
			h.t, h.typ = k.t, k.typ
			return h
		}
	default:
		if isEmptyStruct(k.t) {
			k.id = k.typ + "{}"
		}
	}
	return k
}

// held returns the key that a package variable always holds.
func (c *checker) held(g *ssa.Global) key {
	if g.Object() == nil {
		return key{}
	}
	if g.Pkg != c.builder.SSA().Pkg {
		return c.heldElsewhere(g)
	}
	uses := c.builder.SSA().Index().Global(g)
	set, ok := uses.Only()
	if !ok || !ssax.IsInit(uses.Stores[0].Parent()) {
		return key{}
	}
	if mk, ok := set.(*ssa.MakeInterface); ok {
		set = mk.X
	}
	if alloc, ok := set.(*ssa.Alloc); ok { // a pointer: the variable says which
		return key{id: "&" + g.Pkg.Pkg.Path() + "." + g.Name(), typ: typeName(alloc.Type()), t: alloc.Type()}
	}
	return c.ofType(set)
}

// heldElsewhere is held for a variable of another package.
func (c *checker) heldElsewhere(g *ssa.Global) key {
	var fact keysFact
	if !c.pass.ImportPackageFact(g.Pkg.Pkg, &fact) {
		return key{}
	}
	for _, h := range fact.Holds {
		if h.Name == g.Name() {
			return key{id: h.Key, typ: h.Type}
		}
	}
	return key{}
}

func isEmptyStruct(t types.Type) bool {
	s, ok := t.Underlying().(*types.Struct)
	return ok && s.NumFields() == 0
}

func typeName(t types.Type) string { return types.TypeString(t, nil) }

// isBasic reports whether keys of the type are equal to those of anybody else: it has no
// name of its own.
func isBasic(t types.Type) bool {
	_, ok := types.Unalias(t).(*types.Basic)
	return ok
}

// owner returns the package that declares the type of a key, or of what it points to.
func owner(t types.Type) *types.TypeName {
	if named := typename.Of(t); named != nil {
		return named.Obj()
	}
	return nil
}

// findLoose finds the types of keys, also of packages that it imports, of which the package
// does something else than to set and read values: what is not followed may be a key
// somewhere else.
func (c *checker) findLoose() {
	c.loose = make(map[string]bool)
	wanted := c.keyTypes()
	for _, imported := range c.pass.Pkg.Imports() {
		var fact keysFact
		if c.pass.ImportPackageFact(imported, &fact) {
			for _, typ := range fact.Types {
				wanted[typ] = true
			}
		}
	}
	if len(wanted) == 0 {
		return
	}
	for _, f := range c.pass.Files {
		var stack []ast.Node
		ast.Inspect(f, func(n ast.Node) bool {
			if n == nil {
				stack = stack[:len(stack)-1]
				return true
			}
			if e, ok := n.(ast.Expr); ok {
				if tv, ok := c.pass.TypesInfo.Types[e]; ok && tv.IsValue() && !tv.IsNil() {
					if name := typeName(tv.Type); wanted[name] && !c.isKeyUse(e, stack) {
						c.loose[name] = true
					}
				}
			}
			stack = append(stack, n)
			return true
		})
	}
}

// isKeyUse reports whether an expression is the key of a call that sets or reads a
// value, part of one, or what the declaration of a constant or variable holds.
func (c *checker) isKeyUse(e ast.Expr, stack []ast.Node) bool {
	for i := len(stack) - 1; i >= 0; i-- {
		switch n := stack[i].(type) {
		case *ast.CallExpr:
			if c.pass.TypesInfo.Types[n.Fun].IsType() {
				continue // a conversion
			}
			return c.takesKey(n, e)
		case *ast.ValueSpec:
			return i >= 2 && isTopLevel(stack[:i])
		case *ast.UnaryExpr, *ast.ParenExpr, *ast.SelectorExpr, *ast.CompositeLit, *ast.KeyValueExpr:
			if kv, ok := n.(*ast.CompositeLit); ok && !c.isKeyLiteral(kv) {
				return false
			}
		default:
			return false
		}
	}
	return false
}

// isKeyLiteral reports whether a composite literal is itself of a type of keys, and does
// not put one into something else.
func (c *checker) isKeyLiteral(lit *ast.CompositeLit) bool {
	t := c.pass.TypesInfo.TypeOf(lit)
	for _, s := range c.sites {
		if s.key.t != nil && (types.Identical(s.key.t, t) || types.Identical(s.key.t, types.NewPointer(t))) {
			return true
		}
	}
	return false
}

// isTopLevel reports whether a specification is in a declaration of the file.
func isTopLevel(stack []ast.Node) bool {
	_, file := stack[0].(*ast.File)
	return file && len(stack) == 2
}

// takesKey reports whether e is in the argument of a call that is its key.
func (c *checker) takesKey(call *ast.CallExpr, e ast.Expr) bool {
	fn := c.callee(call)
	if fn == nil {
		return false
	}
	arg := -1
	switch {
	case ctxlib.IsFunc(fn, "context", "WithValue"):
		arg = 1
	case fn.Name() == "Value" && isValue(fn):
		arg = 0
	}
	return arg >= 0 && arg < len(call.Args) && call.Args[arg].Pos() <= e.Pos() && e.End() <= call.Args[arg].End()
}

// constantOf returns the text of a constant string, and whether it is one.
func constantOf(k key) (string, bool) {
	if k.value == "" {
		return "", false
	}
	v := constant.MakeFromLiteral(k.value, token.STRING, 0)
	if v.Kind() != constant.String {
		return "", false
	}
	return constant.StringVal(v), true
}
