// Package hertz has a handler of hertz, which is given the context besides.
package hertz

import (
	"context"

	"github.com/cloudwego/hertz/pkg/app"

	"ctxlint.test/web/work"
)

func handle(ctx context.Context, c *app.RequestContext) {
	work.Load(context.TODO(), c.Param("id")) // want `low direct: pass ctx`
}

func render(c *app.RequestContext) { work.Load(context.Background(), "") }
