// Package callee has functions with timeouts of their own.
package callee

import (
	"context"
	"database/sql"
	"time"
)

const slow = time.Minute

func Slow(ctx context.Context, db *sql.DB) error { // want Slow:`limits\(0\) 1m`
	ctx, cancel := context.WithTimeout(ctx, slow)
	defer cancel()
	return db.PingContext(ctx)
}

type Store struct{ db *sql.DB }

func (s *Store) Ping(name string, ctx context.Context) error { // want Ping:`limits\(1\) 10s`
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	return s.db.PingContext(ctx)
}

func Asks(ctx context.Context, db *sql.DB) error {
	inner, cancel := context.WithTimeout(ctx, slow) // silent "the function may tell the end of one"
	defer cancel()
	if err := db.PingContext(inner); err != nil && ctx.Err() == nil {
		return err
	}
	return nil
}
