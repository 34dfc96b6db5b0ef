// Package escape has a handler whose context does not end with the request.
package escape

import (
	"context"

	"github.com/cloudwego/hertz/pkg/app"

	"ctxlint.test/web/work"
)

// The context lives on.
func handle(ctx context.Context, c *app.RequestContext) {
	go work.Load(ctx, c.Param("id"))
}

func carry(ctx context.Context, c *app.RequestContext) {
	go func() { c.Param("id") }() // want `carrier: this goroutine uses c`
}
