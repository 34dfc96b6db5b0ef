// Package frameworks has handlers whose requests have contexts that never end by
// themselves.
package frameworks

import (
	"context"
	"database/sql"

	"github.com/cloudwego/hertz/pkg/app"
	"github.com/gofiber/fiber/v2"
	"github.com/labstack/echo/v4"
	"github.com/valyala/fasthttp"
)

type api struct{ db *sql.DB }

func (a *api) fiber(c *fiber.Ctx) error {
	return a.db.Ping() // want `low call: use PingContext with c\.UserContext\(\)`
}

func (a *api) hertz(ctx context.Context, c *app.RequestContext) {
	_ = ctx.Err()
	if a.db.Ping() != nil { // want `low call: use PingContext with ctx`
		c.Abort()
	}
}

func (a *api) fasthttp(c *fasthttp.RequestCtx) {
	if a.db.Ping() != nil { // want `low call: use PingContext with c`
		c.Error("down", fasthttp.StatusServiceUnavailable)
	}
}

// given gets one that ends from somebody else in the package.
func (a *api) given(c context.Context) error {
	_ = c.Err()
	return a.db.Ping() // want `call: use PingContext with c`
}

func (a *api) echo(c echo.Context) error {
	return a.db.Ping() // want `call: use PingContext with c\.Request\(\)\.Context\(\)`
}
