package ctxlib

import "go/types"

// A Carrier is a type from which the context of the work in hand can be had.
type Carrier struct {
	Expr string // Go expression for the context, with x standing for the carrier: "x.Context()"
}

// carriers are those whose context is not simply x.Context(), or whose Context
// method is something else. Keys are "package.Type".
var carriers = map[string]Carrier{
	"github.com/gin-gonic/gin.Context":                  {"x.Request.Context()"},
	"github.com/labstack/echo/v4.Context":               {"x.Request().Context()"},
	"github.com/labstack/echo/v5.Context":               {"x.Request().Context()"},
	"github.com/gofiber/fiber/v2.Ctx":                   {"x.UserContext()"},
	"github.com/gofiber/fiber/v3.Ctx":                   {"x.Context()"},
	"github.com/cloudwego/hertz/pkg/app.RequestContext": {""}, // hertz hands the context to the handler as a parameter of its own
	"github.com/urfave/cli/v2.Context":                  {"x.Context"},
	"github.com/urfave/cli.Context":                     {""}, // v1 has none
}

// CarrierOf returns how the context is had from a value of type t, by table or
// because t has a method Context() context.Context (http.Request,
// grpc.ServerStream, cobra.Command, testing.TB). ok is false if t carries none.
func CarrierOf(t types.Type) (c Carrier, ok bool) {
	elem := types.Unalias(t)
	if p, isPtr := elem.(*types.Pointer); isPtr {
		elem = types.Unalias(p.Elem())
	}
	if named, isNamed := elem.(*types.Named); isNamed && named.Obj().Pkg() != nil {
		if c, ok := carriers[named.Obj().Pkg().Path()+"."+named.Obj().Name()]; ok {
			return c, c.Expr != ""
		}
	}
	obj, _, _ := types.LookupFieldOrMethod(t, true, nil, "Context")
	fn, isFunc := obj.(*types.Func)
	if !isFunc {
		return Carrier{}, false
	}
	sig := fn.Signature()
	if sig.Params().Len() == 0 && sig.Results().Len() == 1 && IsContext(sig.Results().At(0).Type()) {
		return Carrier{"x.Context()"}, true
	}
	return Carrier{}, false
}
