package sources

import (
	"context"
	"net/http"

	"github.com/cloudwego/hertz/pkg/app"
	"github.com/gin-gonic/gin"
	"github.com/go-chi/chi/v5"
	"github.com/gofiber/fiber/v2"
	"github.com/gorilla/mux"
	"github.com/julienschmidt/httprouter"
	"github.com/labstack/echo/v4"
	"google.golang.org/grpc"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/stats"
)

func ginParts(c *gin.Context) {
	count(c.Param("id"))         // want `low request: each c.Param\("id"\)`
	count(c.ClientIP())          // want `low request: each c.ClientIP\(\)`
	count(c.Request.URL.Path)    // want `request: each c.Request.URL.Path`
	count(c.GetHeader("X-Name")) // want `low request: each c.GetHeader\("X-Name"\)`
	count(c.FullPath())
	count(c.HandlerName())
}

func echoParts(c echo.Context) error {
	count(c.Param("id"))                    // want `low request: each c.Param\("id"\)`
	count(c.RealIP())                       // want `low request: each c.RealIP\(\)`
	count(c.Request().URL.Path)             // want `request: each c.Request\(\).URL.Path`
	count(c.Request().Header.Get("X-Name")) // want `low request: each c.Request\(\).Header.Get\("X-Name"\)`
	count(c.Path())
	return nil
}

func fiberParts(c *fiber.Ctx) error {
	count(c.Params("id")) // want `low request: each c.Params\("id"\)`
	count(c.IP())         // want `low request: each c.IP\(\)`
	count(c.Path())       // want `request: each c.Path\(\)`
	count(c.Route().Path)
	count(c.Method())
	return nil
}

func chiParts(w http.ResponseWriter, r *http.Request) {
	count(chi.URLParam(r, "id")) // want `low request: each chi.URLParam\(r, "id"\)`
	count(chi.RouteContext(r.Context()).RoutePattern())
}

func gorillaParts(w http.ResponseWriter, r *http.Request) {
	count(mux.Vars(r)["id"]) // want `low request: each mux.Vars\(r\)\["id"\]`
	if t, err := mux.CurrentRoute(r).GetPathTemplate(); err == nil {
		count(t)
	}
}

func hertzParts(ctx context.Context, c *app.RequestContext) {
	count(c.Param("id"))    // want `low request: each c.Param\("id"\)`
	count(string(c.Path())) // want `request: each c.Path\(\)`
	count(c.FullPath())
}

func routerParts(w http.ResponseWriter, r *http.Request, p httprouter.Params) {
	count(p.ByName("id")) // want `low request: each p.ByName\("id"\)`
}

func grpcParts(ctx context.Context, req any, info *grpc.UnaryServerInfo, next grpc.UnaryHandler) (any, error) {
	if md, ok := metadata.FromIncomingContext(ctx); ok {
		count(md.Get("client")[0]) // want `low request: each md.Get\("client"\)`
	}
	count(info.FullMethod)
	return next(ctx, req)
}

func tagged(ctx context.Context, info *stats.RPCTagInfo) {
	count(info.FullMethodName) // want `request: each info.FullMethodName`
}
