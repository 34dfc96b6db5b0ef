// Package inverted gives work more time than its caller has.
package inverted

import (
	"context"
	"database/sql"
	"time"

	"ctxlint.test/fixtures/ctxtimeout/inverted/callee"
)

func nested(ctx context.Context, db *sql.DB) error {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	inner, cancelInner := context.WithTimeout(ctx, 10*time.Second) // want "inverted: this timeout of 10s never comes: the context ends within 5s"
	defer cancelInner()
	return db.PingContext(inner)
}

func caller(ctx context.Context, db *sql.DB) error {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	return ping(ctx, db) // want "inverted: ping gives its context 5s, which never come: this one ends within 5s"
}

func ping(ctx context.Context, db *sql.DB) error {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	return db.PingContext(ctx)
}

func oneOfTwo(ctx context.Context, db *sql.DB) error {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	return shared(ctx, db) // want "medium inverted: shared gives its context 30s"
}

func otherOfTwo(ctx context.Context, db *sql.DB) error { return shared(ctx, db) }

func shared(ctx context.Context, db *sql.DB) error {
	ctx, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	return db.PingContext(ctx)
}

type key struct{}

func elsewhere(ctx context.Context, db *sql.DB, s *callee.Store) error {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	if err := s.Ping("a", context.WithValue(ctx, key{}, 1)); err != nil { // want `medium inverted: \(\*callee.Store\).Ping gives its context 10s`
		return err
	}
	return callee.Slow(ctx, db) // want "medium inverted: callee.Slow gives its context 1m, which never come: this one ends within 5s"
}

// From here on, nothing is wrong.

func shorter(ctx context.Context, db *sql.DB) error {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	return shared(ctx, db) // silent "the timeout is not longer than that of"
}

func asks(ctx context.Context, db *sql.DB) error {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	return callee.Asks(ctx, db)
}

func tells(ctx context.Context, db *sql.DB) bool {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	inner, cancelInner := context.WithTimeout(ctx, 10*time.Second)
	defer cancelInner()
	return db.PingContext(inner) == nil || ctx.Err() == nil
}

func siblings(ctx context.Context, db *sql.DB) error {
	first, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	if err := db.PingContext(first); err != nil {
		return err
	}
	second, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	return db.PingContext(second)
}

func detached(ctx context.Context, db *sql.DB) error {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	return shared(context.WithoutCancel(ctx), db)
}

func configured(ctx context.Context, db *sql.DB, d time.Duration) error {
	ctx, cancel := context.WithTimeout(ctx, d) // silent "the timeout is not a constant, so that"
	defer cancel()
	return shared(ctx, db)
}
