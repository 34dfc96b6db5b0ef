// Package echo serves orders with echo.
package echo

import (
	"context"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"ctxlint.test/fixtures/ctxreset/store"
)

type api struct{ db *store.DB }

func (a *api) routes(e *echo.Echo) {
	e.Use(tenant)
	e.GET("/orders/:id", a.get)
	e.DELETE("/orders/:id", func(c echo.Context) error {
		return a.db.Check(context.TODO(), c.Param("id")) // want `handler: context\.TODO.*c\.Request\(\)\.Context\(\)`
	})
}

func (a *api) get(c echo.Context) error {
	ctx, cancel := context.WithTimeout(context.TODO(), 5*time.Second) // want `handler: context\.TODO.*c\.Request\(\)\.Context\(\)`
	defer cancel()
	o, err := a.db.Load(ctx, c.Param("id"))
	if err != nil {
		return echo.NewHTTPError(http.StatusNotFound).SetInternal(err)
	}
	return c.JSON(http.StatusOK, o)
}

func (a *api) pay(c echo.Context) error {
	o, err := a.db.Load(c.Request().Context(), c.Param("id"))
	if err != nil {
		return err
	}
	o.Paid = true
	return a.db.Verify(context.TODO(), o) // want `handler: context\.TODO.*c\.Request\(\)\.Context\(\)`
}

type tenantKey struct{}

func tenant(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		ctx := context.WithValue(context.TODO(), tenantKey{}, c.Request().Header.Get("X-Tenant")) // want `handler: context\.TODO.*c\.Request\(\)\.Context\(\)`
		c.SetRequest(c.Request().WithContext(ctx))
		return next(c)
	}
}

// Near misses.

func (a *api) list(c echo.Context) error {
	ctx, cancel := context.WithTimeout(c.Request().Context(), 5*time.Second)
	defer cancel()
	_, err := a.db.Load(ctx, c.QueryParam("id"))
	return err
}

func tenantOfRequest(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		r := c.Request()
		c.SetRequest(r.WithContext(context.WithValue(r.Context(), tenantKey{}, r.Header.Get("X-Tenant"))))
		return next(c)
	}
}

// stop has no request at hand.
func stop(e *echo.Echo) error {
	ctx, cancel := context.WithTimeout(context.TODO(), 10*time.Second)
	defer cancel()
	return e.Shutdown(ctx)
}
