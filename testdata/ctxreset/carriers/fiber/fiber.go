// Package fiber serves orders with fiber.
package fiber

import (
	"context"
	"time"

	"github.com/gofiber/fiber/v2"

	"ctxlint.test/fixtures/ctxreset/store"
)

type api struct{ db *store.DB }

func (a *api) routes(app *fiber.App) {
	app.Use(tenant)
	app.Get("/orders/:id", a.get)
	app.Delete("/orders/:id", func(c *fiber.Ctx) error {
		return a.db.Check(context.TODO(), c.Params("id")) // want `low handler: context\.TODO.*c\.UserContext\(\)`
	})
}

func (a *api) get(c *fiber.Ctx) error {
	ctx, cancel := context.WithTimeout(context.TODO(), 5*time.Second) // want `low handler: context\.TODO.*c\.UserContext\(\)`
	defer cancel()
	o, err := a.db.Load(ctx, c.Params("id"))
	if err != nil {
		return fiber.ErrNotFound
	}
	return c.JSON(o)
}

func (a *api) pay(c *fiber.Ctx) error {
	o, err := a.db.Load(c.UserContext(), c.Params("id"))
	if err != nil {
		return err
	}
	o.Paid = true
	return a.db.Verify(context.TODO(), o) // want `low handler: context\.TODO.*c\.UserContext\(\)`
}

type tenantKey struct{}

func tenant(c *fiber.Ctx) error {
	c.SetUserContext(context.WithValue(context.TODO(), tenantKey{}, c.Get("X-Tenant"))) // want `low handler: context\.TODO.*c\.UserContext\(\)`
	return c.Next()
}

// Near misses.

func (a *api) list(c *fiber.Ctx) error {
	ctx, cancel := context.WithTimeout(c.UserContext(), 5*time.Second)
	defer cancel()
	_, err := a.db.Load(ctx, c.Query("id"))
	return err
}

// The context of fasthttp is one, if not a good one.
func (a *api) fast(c *fiber.Ctx) error {
	_, err := a.db.Load(c.Context(), c.Query("id"))
	return err
}

func tenantOfRequest(c *fiber.Ctx) error {
	c.SetUserContext(context.WithValue(c.UserContext(), tenantKey{}, c.Get("X-Tenant")))
	return c.Next()
}
