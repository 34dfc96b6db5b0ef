// Package expired makes contexts whose deadline has passed.
package expired

import (
	"context"
	"database/sql"
	"time"
)

const none = 0

func zero(ctx context.Context, db *sql.DB) error {
	ctx, cancel := context.WithTimeout(ctx, none) // want "expired: a timeout of 0s has passed when the context is made"
	defer cancel()
	return db.PingContext(ctx)
}

func literal(ctx context.Context, db *sql.DB) error {
	ctx, cancel := context.WithTimeout(ctx, 0) // want "low expired: a timeout of 0s has passed"
	defer cancel()
	return db.PingContext(ctx)
}

// A division of integers leaves nothing, which is not meant.
func half(ctx context.Context, db *sql.DB) error {
	ctx, cancel := context.WithTimeout(ctx, 1/2*time.Second) // want "expired: a timeout of 0s has passed"
	defer cancel()
	return db.PingContext(ctx)
}

func nowBefore(ctx context.Context, db *sql.DB) error {
	at := time.Now()
	ctx, cancel := context.WithDeadline(ctx, at) // want "expired: the deadline is now"
	defer cancel()
	return db.PingContext(ctx)
}

func forgotten(ctx context.Context, db *sql.DB) error {
	var at time.Time
	ctx, cancel := context.WithDeadline(ctx, at) // want "expired: the deadline is the zero"
	defer cancel()
	return db.PingContext(ctx)
}

func negative(ctx context.Context, db *sql.DB) error {
	ctx, cancel := context.WithTimeoutCause(ctx, -1, nil) // want "low expired: a timeout of -1ns has passed"
	defer cancel()
	return db.PingContext(ctx)
}

func now(ctx context.Context, db *sql.DB) error {
	ctx, cancel := context.WithDeadline(ctx, time.Now()) // want "low expired: the deadline is now"
	defer cancel()
	return db.PingContext(ctx)
}

func earlier(ctx context.Context, db *sql.DB) error {
	ctx, cancel := context.WithDeadline(ctx, time.Now().Add(-time.Second)) // want "low expired: the deadline is not after now"
	defer cancel()
	return db.PingContext(ctx)
}

func zeroTime(ctx context.Context, db *sql.DB) error {
	ctx, cancel := context.WithDeadline(ctx, time.Time{}) // want "low expired: the deadline is the zero time"
	defer cancel()
	return db.PingContext(ctx)
}

func unix(ctx context.Context, db *sql.DB) error {
	ctx, cancel := context.WithDeadline(ctx, time.Unix(0, 0)) // want "low expired: the deadline has passed long ago"
	defer cancel()
	return db.PingContext(ctx)
}

var deadline = time.Now().Add(5 * time.Second) // silent "the duration has a unit, or is made"

func atStart(ctx context.Context, db *sql.DB) error {
	ctx, cancel := context.WithDeadline(ctx, deadline) // want "expired: the deadline deadline is set once, when the process starts"
	defer cancel()
	return db.PingContext(ctx)
}

var today = time.Now().Format(time.DateOnly)

func index(ctx context.Context, db *sql.DB) error {
	_, err := db.ExecContext(ctx, "insert into log values ($1)", today) // want "medium expired: today is the time when the process started"
	return err
}

// From here on, nothing is wrong.

func positive(ctx context.Context, db *sql.DB) error {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	return db.PingContext(ctx)
}

func later(ctx context.Context, db *sql.DB, d time.Duration) error {
	ctx, cancel := context.WithDeadline(ctx, time.Now().Add(d))
	defer cancel()
	return db.PingContext(ctx)
}

func given(ctx context.Context, db *sql.DB, at time.Time) error {
	ctx, cancel := context.WithDeadline(ctx, at) // silent "the deadline is not known to have passed"
	defer cancel()
	return db.PingContext(ctx)
}

func expiredContext(ctx context.Context) context.Context {
	ctx, cancel := context.WithTimeout(ctx, 0)
	cancel()
	return ctx
}

func doneContext(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithDeadline(ctx, time.Unix(1, 0)) // silent "a name says that a context which has"
}

var startTime = time.Now().Format(time.RFC3339)

func version(ctx context.Context, db *sql.DB) error {
	_, err := db.ExecContext(ctx, "insert into runs values ($1)", startTime)
	return err
}

var changed = time.Now().Add(time.Second)

func extend() { changed = time.Now().Add(time.Minute) }

func untilChanged(ctx context.Context, db *sql.DB) error {
	ctx, cancel := context.WithDeadline(ctx, changed)
	defer cancel()
	return db.PingContext(ctx)
}

func label() string { return today }
