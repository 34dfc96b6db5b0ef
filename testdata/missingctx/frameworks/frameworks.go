// Package frameworks has handlers whose requests have contexts that never end by
// themselves.
package frameworks

import (
	"bufio"
	"context"
	"crypto/tls"
	"database/sql"
	"net/http"

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

// A handshake has a context only where it is asked for by HandshakeContext.
func (a *api) certificate(info *tls.ClientHelloInfo) (*tls.Certificate, error) {
	return nil, a.db.Ping() // want `low call: use PingContext with info\.Context\(\)`
}

// What is read off a connection has no context.

func (a *api) proxy(r *bufio.Reader) error {
	req, err := http.ReadRequest(r)
	if err != nil {
		return err
	}
	return a.forward(req)
}

func (a *api) forward(req *http.Request) error {
	return a.db.Ping() // want `low call: use PingContext with req\.Context\(\)`
}

// A handler has left when the goroutine asks for the request's context.

func (a *api) serve(w http.ResponseWriter, r *http.Request) {
	go a.notify(r)
	a.answer(w, r)
}

func (a *api) notify(r *http.Request) error { return a.db.Ping() }

func (a *api) answer(w http.ResponseWriter, r *http.Request) {
	if a.db.Ping() != nil { // want `call: use PingContext with r\.Context\(\)`
		w.WriteHeader(http.StatusBadGateway)
	}
}
