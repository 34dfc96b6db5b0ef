// Package files has contexts of its own, which carry the user on whose behalf a file is
// read. Where a file system is mounted, nothing ends them.
package files

import (
	"context"
	"database/sql"
)

type Context interface {
	context.Context
	User() int
}

type userContext struct {
	context.Context
	user int
}

func (c *userContext) User() int { return c.user }

func NewContext(user int) Context { return &userContext{context.TODO(), user} }

func With(ctx context.Context, user int) Context { return &userContext{ctx, user} }

func Read(ctx Context, db *sql.DB) error {
	if err := db.PingContext(ctx); err != nil {
		return err
	}
	return db.PingContext(context.TODO()) // want `low direct: cuts \(\*sql.DB\).PingContext off from ctx`
}

// ended is only called with one that ends.
func ended(ctx Context, db *sql.DB) error {
	if err := db.PingContext(ctx); err != nil {
		return err
	}
	return db.PingContext(context.TODO()) // want `direct: cuts \(\*sql.DB\).PingContext off from ctx`
}

func ReadInTime(parent context.Context, db *sql.DB) error {
	ctx, cancel := context.WithCancel(parent)
	defer cancel()
	return ended(&userContext{ctx, 1}, db)
}
