// Package echov5 has a handler of echo v5.
package echov5

import (
	"context"

	"github.com/labstack/echo/v5"

	"ctxlint.test/web/work"
)

func handle(c *echo.Context) error {
	return work.Load(context.TODO(), c.Param("id")) // want `handler: pass c\.Request\(\)\.Context\(\)`
}
