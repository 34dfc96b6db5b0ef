// Package gin serves orders with gin.
package gin

import (
	"context"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"

	"ctxlint.test/fixtures/ctxreset/store"
)

type api struct{ db *store.DB }

func (a *api) routes(r *gin.Engine) {
	r.Use(userOf(a.db), tenant)
	r.GET("/orders/:id", a.get)
	r.DELETE("/orders/:id", func(c *gin.Context) {
		if err := a.db.Check(context.TODO(), c.Param("id")); err != nil { // want `handler: context\.TODO.*c\.Request\.Context\(\)`
			c.AbortWithError(http.StatusInternalServerError, err)
		}
	})
}

func (a *api) get(c *gin.Context) {
	ctx, cancel := context.WithTimeout(context.TODO(), 5*time.Second) // want `handler: context\.TODO.*c\.Request\.Context\(\)`
	defer cancel()
	o, err := a.db.Load(ctx, c.Param("id"))
	if err != nil {
		c.AbortWithError(http.StatusNotFound, err)
		return
	}
	c.JSON(http.StatusOK, o)
}

// The second call is the forgotten one.
func (a *api) pay(c *gin.Context) {
	o, err := a.db.Load(c.Request.Context(), c.Param("id"))
	if err != nil {
		c.AbortWithError(http.StatusNotFound, err)
		return
	}
	o.Paid = true
	if err := a.db.Verify(context.TODO(), o); err != nil { // want `handler: context\.TODO.*c\.Request\.Context\(\)`
		c.AbortWithError(http.StatusInternalServerError, err)
	}
}

func userOf(db *store.DB) gin.HandlerFunc {
	return func(c *gin.Context) {
		o, err := db.Load(context.TODO(), c.GetHeader("X-User")) // want `handler: context\.TODO.*c\.Request\.Context\(\)`
		if err != nil {
			c.AbortWithStatus(http.StatusUnauthorized)
			return
		}
		c.Set("user", o.Customer)
		c.Next()
	}
}

type tenantKey struct{}

func tenant(c *gin.Context) {
	ctx := context.WithValue(context.TODO(), tenantKey{}, c.GetHeader("X-Tenant")) // want `handler: context\.TODO.*c\.Request\.Context\(\)`
	c.Request = c.Request.WithContext(ctx)
	c.Next()
}

// A helper of handlers.
func (a *api) order(c *gin.Context) (store.Order, error) {
	return a.db.Load(context.TODO(), c.Param("id")) // want `handler: context\.TODO.*c\.Request\.Context\(\)`
}

// Near misses.

func (a *api) list(c *gin.Context) {
	ctx, cancel := context.WithTimeout(c.Request.Context(), 5*time.Second)
	defer cancel()
	if _, err := a.db.Load(ctx, c.Query("id")); err != nil {
		c.AbortWithError(http.StatusNotFound, err)
	}
}

// A *gin.Context is no good context, but no fresh root either.
func (a *api) itself(c *gin.Context) {
	if _, err := a.db.Load(c, c.Query("id")); err != nil {
		c.AbortWithError(http.StatusNotFound, err)
	}
}

func tenantOfRequest(c *gin.Context) {
	c.Request = c.Request.WithContext(context.WithValue(c.Request.Context(), tenantKey{}, c.GetHeader("X-Tenant")))
	c.Next()
}

// start has no request at hand.
func (a *api) start(r *gin.Engine) error {
	if err := a.db.SQL.PingContext(context.TODO()); err != nil {
		return err
	}
	return r.Run()
}
