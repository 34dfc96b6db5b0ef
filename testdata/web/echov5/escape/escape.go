// Package escape has a handler whose goroutine outlives the request.
package escape

import (
	"github.com/labstack/echo/v5"

	"ctxlint.test/web/work"
)

func handle(c *echo.Context) error {
	go work.Load(c.Request().Context(), c.Param("id")) // want "goroutine: this goroutine works under the context of the request"
	return nil
}

func carry(c *echo.Context) error {
	go func() { c.Param("id") }() // want `carrier: this goroutine uses c`
	return nil
}
