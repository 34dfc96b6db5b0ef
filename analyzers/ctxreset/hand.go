package ctxreset

import (
	"fmt"
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/model/words"
)

// hand is a context at hand in a function.
type hand struct {
	expr    string     // what a reader would write for it: "ctx", "r.Context()"
	root    string     // the variable in expr: "r"
	obj     *types.Var // that variable
	in      *ssa.Function
	request bool // the context of a request that a handler answers
	method  bool // only the receiver has it
}

// handOf returns the context at hand in fn, nil if there is none: a parameter,
// then a carrier among the parameters, then those of the function around a
// literal, then the receiver.
func (c *checker) handOf(fn *ssa.Function) *hand {
	for f := fn; f != nil; f = f.Parent() {
		if h := c.ownHand(f); h != nil {
			return h
		}
		if hasBlankContext(f) {
			return nil // it is ignored on purpose
		}
	}
	return nil
}

// ownHand returns the context at hand in fn itself, not that of the function
// around it.
func (c *checker) ownHand(fn *ssa.Function) *hand {
	params := fn.Params
	var recv *ssa.Parameter
	if fn.Signature.Recv() != nil && len(params) > 0 {
		recv, params = params[0], params[1:]
	}
	for _, p := range params {
		if v, ok := named(p); ok && ctxlib.IsContextual(p.Type()) {
			return &hand{expr: v.Name(), root: v.Name(), obj: v, in: fn}
		}
	}
	for _, p := range params {
		if v, ok := named(p); ok {
			if expr, ok := c.carrier(p.Type()); ok {
				return &hand{expr: strings.Replace(expr, "x", v.Name(), 1), root: v.Name(), obj: v, in: fn, request: isRequest(p.Type(), params)}
			}
		}
	}
	if recv == nil {
		return nil
	}
	v, ok := named(recv)
	if !ok || endsThings(fn.Name()) {
		return nil // Close goes on when the receiver's context has ended
	}
	if ctxlib.IsContextual(recv.Type()) {
		return nil // its own methods are what a context is made of
	}
	if field := c.fields.inherited(recv.Type()); field != nil {
		return &hand{expr: v.Name() + "." + field.Name(), root: v.Name(), obj: v, in: fn, method: true}
	}
	if expr, ok := c.carrier(recv.Type()); ok && fn.Name() != "Context" {
		return &hand{expr: strings.Replace(expr, "x", v.Name(), 1), root: v.Name(), obj: v, in: fn, method: true}
	}
	return nil
}

// named returns the variable of a parameter that has a name.
func named(p *ssa.Parameter) (*types.Var, bool) {
	v, ok := p.Object().(*types.Var)
	return v, ok && v.Name() != "" && v.Name() != "_"
}

// hasBlankContext reports whether fn takes a context without giving it a name.
func hasBlankContext(fn *ssa.Function) bool {
	for p := range fn.Signature.Params().Variables() {
		if (p.Name() == "" || p.Name() == "_") && ctxlib.IsContext(p.Type()) {
			return true
		}
	}
	return false
}

// carrier returns the expression for the context that a value of type t carries.
func (c *checker) carrier(t types.Type) (expr string, ok bool) {
	if name := typeName(t); name != "" {
		if expr, ok := c.extra[name]; ok {
			return expr, true
		}
		if words.LongLived.Trails(name) && !isStream(t) {
			return "", false // its context is that of a service, not of the work in hand
		}
	}
	carrier, ok := ctxlib.CarrierOf(t)
	return carrier.Expr, ok
}

// typeName returns "pkg.Type" for a named type or a pointer to one.
func typeName(t types.Type) string {
	t = types.Unalias(t)
	if p, ok := t.(*types.Pointer); ok {
		t = types.Unalias(p.Elem())
	}
	if n, ok := t.(*types.Named); ok && n.Obj().Pkg() != nil {
		return n.Obj().Pkg().Path() + "." + n.Obj().Name()
	}
	return ""
}

// isRequest reports whether a parameter of type t, among params, is the request
// of a handler or middleware.
func isRequest(t types.Type, params []*ssa.Parameter) bool {
	switch name := typeName(t); name {
	case "net/http.Request":
		for _, p := range params {
			if typeName(p.Type()) == "net/http.ResponseWriter" {
				return true
			}
		}
		return false
	case "github.com/gin-gonic/gin.Context", "github.com/labstack/echo/v4.Context", "github.com/labstack/echo/v5.Context",
		"github.com/gofiber/fiber/v2.Ctx", "github.com/gofiber/fiber/v3.Ctx":
		return true
	}
	return isStream(t)
}

// isStream reports whether t is one side of a gRPC stream.
func isStream(t types.Type) bool { return hasMethods(t, "SendMsg", "RecvMsg") }

func hasMethods(t types.Type, names ...string) bool {
	for _, name := range names {
		if obj, _, _ := types.LookupFieldOrMethod(t, true, nil, name); obj == nil {
			return false
		}
	}
	return true
}

// visible reports whether the hand's variable is what its name means at pos.
func (c *checker) visible(h *hand, pos token.Pos) bool {
	scope := c.pass.Pkg.Scope().Innermost(pos)
	if scope == nil {
		return false
	}
	_, obj := scope.LookupParent(h.root, pos)
	return obj == h.obj
}

// parseCarriers parses the value of -carriers.
func parseCarriers(s string) (map[string]string, error) {
	out := make(map[string]string)
	for entry := range strings.SplitSeq(s, ",") {
		entry = strings.TrimSpace(entry)
		if entry == "" {
			continue
		}
		name, expr, ok := strings.Cut(entry, "=")
		if !ok || !strings.Contains(name, ".") || !strings.Contains(expr, "x") {
			return nil, fmt.Errorf("-carriers: %q is not of the form pkg.Type=expression with x for the carrier", entry)
		}
		out[strings.TrimSpace(name)] = strings.TrimSpace(expr)
	}
	return out, nil
}
