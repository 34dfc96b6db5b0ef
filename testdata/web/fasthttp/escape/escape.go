// Package escape has a handler whose goroutine has what it needs.
package escape

import (
	"context"

	"github.com/valyala/fasthttp"

	"ctxlint.test/web/work"
)

func handle(c *fasthttp.RequestCtx) {
	go work.Load(context.Background(), string(c.Path()))
}

func carry(c *fasthttp.RequestCtx) {
	go func() { c.Path() }() // want `carrier: this goroutine uses c`
}
