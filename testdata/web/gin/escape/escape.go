// Package escape has a handler whose goroutine outlives the request.
package escape

import (
	"github.com/gin-gonic/gin"

	"ctxlint.test/web/work"
)

func handle(c *gin.Context) {
	go work.Load(c.Request.Context(), c.Param("id")) // want "goroutine: this goroutine works under the context of the request"
}

func carry(c *gin.Context) {
	go func() { c.Param("id") }() // want `carrier: this goroutine uses c`
}
