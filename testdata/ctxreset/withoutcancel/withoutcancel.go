// Package withoutcancel detaches work as it is meant to be done.
package withoutcancel

import (
	"context"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/labstack/echo/v4"

	"ctxlint.test/fixtures/ctxreset/store"
)

func argument(ctx context.Context, db *store.DB, id string) error {
	return db.Check(context.WithoutCancel(ctx), id)
}

func derived(ctx context.Context, db *store.DB, id string) error {
	c, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
	defer cancel()
	return db.Check(c, id)
}

func replaced(ctx context.Context, db *store.DB, id string) error {
	ctx = context.WithoutCancel(ctx)
	return db.Check(ctx, id)
}

func literal(ctx context.Context, db *store.DB) func(string) error {
	return func(id string) error {
		return db.Check(context.WithoutCancel(ctx), id)
	}
}

func goroutine(w http.ResponseWriter, r *http.Request, db *store.DB) {
	go func() {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(r.Context()), time.Minute)
		defer cancel()
		db.Check(ctx, "1")
	}()
	w.WriteHeader(http.StatusAccepted)
}

func goroutineArgument(w http.ResponseWriter, r *http.Request, db *store.DB) {
	go db.Check(context.WithoutCancel(r.Context()), r.PathValue("id"))
	w.WriteHeader(http.StatusAccepted)
}

func ofGin(c *gin.Context, db *store.DB) {
	ctx := context.WithoutCancel(c.Request.Context())
	go db.Check(ctx, "1")
	c.Status(http.StatusAccepted)
}

func ofEcho(c echo.Context, db *store.DB) error {
	ctx := context.WithoutCancel(c.Request().Context())
	go db.Check(ctx, "1")
	return c.NoContent(http.StatusAccepted)
}

// detach is a helper that does it.
func detach(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeout(context.WithoutCancel(ctx), time.Second)
}

func helper(ctx context.Context, db *store.DB, id string) error {
	c, cancel := detach(ctx)
	defer cancel()
	return db.Check(c, id)
}

// Beside what is detached on purpose, the reset stands out.
func beside(ctx context.Context, db *store.DB, id string) error {
	if err := db.Verify(context.WithoutCancel(ctx), store.Order{ID: id}); err != nil {
		return err
	}
	return db.Check(context.TODO(), id) // want `direct: context\.TODO`
}
