// Package gin has a handler of gin.
package gin

import (
	"context"

	"github.com/gin-gonic/gin"

	"ctxlint.test/web/work"
)

func handle(c *gin.Context) {
	work.Load(context.TODO(), c.Param("id")) // want `handler: pass c\.Request\.Context\(\)`
}
