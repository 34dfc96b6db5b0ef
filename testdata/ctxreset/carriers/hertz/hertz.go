// Package hertz serves orders with hertz, which hands the context to handlers
// beside the request.
package hertz

import (
	"context"
	"net/http"
	"time"

	"github.com/cloudwego/hertz/pkg/app"

	"ctxlint.test/fixtures/ctxreset/store"
)

type api struct{ db *store.DB }

func (a *api) get(ctx context.Context, c *app.RequestContext) {
	o, err := a.db.Load(context.TODO(), c.Param("id")) // want `low direct: context\.TODO.*from ctx`
	if err != nil {
		c.AbortWithStatus(http.StatusNotFound)
		return
	}
	c.JSON(http.StatusOK, o)
}

func (a *api) handlers() []app.HandlerFunc {
	return []app.HandlerFunc{tenant, func(ctx context.Context, c *app.RequestContext) {
		opCtx, cancel := context.WithTimeout(context.TODO(), time.Second) // want `low direct: context\.TODO.*from ctx`
		defer cancel()
		if err := a.db.Check(opCtx, c.Param("id")); err != nil {
			c.AbortWithError(http.StatusInternalServerError, err)
		}
	}}
}

type tenantKey struct{}

func tenant(ctx context.Context, c *app.RequestContext) {
	c.Next(context.WithValue(context.TODO(), tenantKey{}, string(c.GetHeader("X-Tenant")))) // want `low direct: context\.TODO.*from ctx`
}

// Near misses.

func (a *api) list(ctx context.Context, c *app.RequestContext) {
	if _, err := a.db.Load(ctx, c.Query("id")); err != nil {
		c.AbortWithStatus(http.StatusNotFound)
	}
}

func tenantOfCaller(ctx context.Context, c *app.RequestContext) {
	c.Next(context.WithValue(ctx, tenantKey{}, string(c.GetHeader("X-Tenant"))))
}

// The request of hertz by itself holds no context that ends with it.
func (a *api) order(c *app.RequestContext) (store.Order, error) {
	return a.db.Load(context.TODO(), c.Param("id"))
}
