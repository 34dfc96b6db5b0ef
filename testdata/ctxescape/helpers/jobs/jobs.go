// Package jobs starts and keeps things for its importers.
package jobs

import (
	"context"
	"database/sql"
)

// Audit writes in the background.
func Audit(ctx context.Context, db *sql.DB) { // want Audit:`^starts\(0\)$`
	go db.ExecContext(ctx, "INSERT INTO audit VALUES (now())")
}

// Write waits.
func Write(ctx context.Context, db *sql.DB) error {
	_, err := db.ExecContext(ctx, "INSERT INTO audit VALUES (now())")
	return err
}

// Feed gives rows until the context ends.
func Feed(ctx context.Context, db *sql.DB) <-chan error {
	ch := make(chan error)
	go func() {
		defer close(ch)
		ch <- db.PingContext(ctx)
	}()
	return ch
}

// Watch runs until the context ends.
func Watch(ctx context.Context) { // want Watch:`^watches\(0\)$`
	<-ctx.Done()
}

// Detached writes in the background whatever happens.
func Detached(ctx context.Context, db *sql.DB) {
	go db.ExecContext(context.WithoutCancel(ctx), "INSERT INTO audit VALUES (now())")
}
