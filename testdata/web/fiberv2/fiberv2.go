// Package fiberv2 has a handler of fiber v2.
package fiberv2

import (
	"context"

	"github.com/gofiber/fiber/v2"

	"ctxlint.test/web/work"
)

func handle(c *fiber.Ctx) error {
	return work.Load(context.TODO(), c.Params("id")) // want `low handler: pass c\.UserContext\(\)`
}
