// Package fasthttp has a handler of fasthttp, whose argument is a context itself.
package fasthttp

import (
	"context"

	"github.com/valyala/fasthttp"

	"ctxlint.test/web/work"
)

func handle(c *fasthttp.RequestCtx) {
	work.Load(context.TODO(), "") // want `low direct: pass c`
}
