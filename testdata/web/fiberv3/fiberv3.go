// Package fiberv3 has a handler of fiber v3.
package fiberv3

import (
	"context"

	"github.com/gofiber/fiber/v3"

	"ctxlint.test/web/work"
)

func handle(c fiber.Ctx) error {
	return work.Load(context.TODO(), c.Params("id")) // want `low handler: pass c\.Context\(\)`
}
