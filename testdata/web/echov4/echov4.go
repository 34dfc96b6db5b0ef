// Package echov4 has a handler of echo v4.
package echov4

import (
	"context"

	"github.com/labstack/echo/v4"

	"ctxlint.test/web/work"
)

func handle(c echo.Context) error {
	return work.Load(context.TODO(), c.Param("id")) // want `handler: pass c\.Request\(\)\.Context\(\)`
}
