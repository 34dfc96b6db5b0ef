package funcvalues

import (
	"context"
	"time"

	"ctxlint.test/fixtures/ctxreset/funcvalues/roots"
	"ctxlint.test/fixtures/ctxreset/store"
)

// Nobody knows what a function that was passed in returns.
func fromParameter(ctx context.Context, newContext func() context.Context, db *store.DB, id string) error {
	return db.Check(newContext(), id)
}

type client struct {
	newContext func() context.Context
	ctx        context.Context
	db         *store.DB
}

func newClient(db *store.DB) *client {
	return &client{newContext: context.TODO, db: db}
}

func (c *client) fromField(ctx context.Context, id string) error {
	return c.db.Check(c.newContext(), id)
}

func (c *client) lifetime() context.Context { return c.ctx }

func (c *client) fromGetter(ctx context.Context, id string) error {
	return c.db.Check(c.lifetime(), id)
}

type source interface {
	Next() (context.Context, string)
}

func fromInterface(ctx context.Context, s source, db *store.DB) error {
	c, id := s.Next()
	return db.Check(c, id)
}

// The context comes from the argument, unless there is none.
func orRoot(ctx context.Context, db *store.DB, id string) error {
	return db.Check(roots.Or(ctx), id)
}

func child(ctx context.Context, db *store.DB, id string) error {
	return db.Check(roots.Tag(ctx, "orders"), id)
}

func childHere(ctx context.Context, db *store.DB, id string) error {
	c, cancel := timeoutOf(ctx)
	defer cancel()
	return db.Check(c, id)
}

func timeoutOf(ctx context.Context) (context.Context, context.CancelFunc) {
	if _, ok := ctx.Deadline(); ok {
		return ctx, func() {}
	}
	return context.WithTimeout(ctx, time.Second)
}

// A function that returns a root or something unknown returns something unknown.
func (c *client) contextOrRoot() context.Context {
	if c.ctx != nil {
		return c.ctx
	}
	return context.TODO()
}

func (c *client) fromMixture(ctx context.Context, id string) error {
	return c.db.Check(c.contextOrRoot(), id)
}

// One of the two functions returns something unknown.
func (c *client) oneOfTwo(ctx context.Context, id string, own bool) error {
	newContext := context.TODO
	if own {
		newContext = c.lifetime
	}
	return c.db.Check(newContext(), id)
}

// The caller's own function is the caller's business.
func replaced(ctx context.Context, db *store.DB, id string) error {
	newContext := func() context.Context { return ctx }
	return db.Check(newContext(), id)
}

// newContext is a variable so that tests can replace it.
var newContext = context.TODO

func setNewContext(f func() context.Context) { newContext = f }

func fromVariable(ctx context.Context, db *store.DB, id string) error {
	return db.Check(newContext(), id)
}
