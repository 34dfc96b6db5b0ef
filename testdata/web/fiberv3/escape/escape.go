// Package escape has a handler whose context does not end with the request.
package escape

import (
	"strings"

	"github.com/gofiber/fiber/v3"

	"ctxlint.test/web/work"
)

// The context lives on.
func handle(c fiber.Ctx) error {
	go work.Load(c.Context(), strings.Clone(c.Params("id")))
	return nil
}

func carry(c fiber.Ctx) error {
	go func() { c.Params("id") }() // want `carrier: this goroutine uses c`
	return nil
}
