// Package polls has fresh contexts that limit a loop, and others that do more.
package polls

import (
	"context"
	"database/sql"
	"errors"
	"time"
)

// The calls in the loop have the caller's context: their errors end it.
func limited(ctx context.Context, db *sql.DB) error {
	limit, cancel := context.WithTimeout(context.TODO(), time.Second)
	defer cancel()
	for {
		select {
		case <-limit.Done():
			return errors.New("too late")
		default:
			if db.PingContext(ctx) == nil {
				return nil
			}
		}
	}
}

// Nothing in the loop hears of the end.
func deaf(ctx context.Context, db *sql.DB, try func() bool) error {
	if err := db.PingContext(ctx); err != nil {
		return err
	}
	limit, cancel := context.WithTimeout(context.TODO(), time.Second) // want `direct: context.TODO\(\) keeps the wait for limit.Done\(\) from ending with ctx; derive the timeout from it`
	defer cancel()
	for {
		select {
		case <-limit.Done():
			return errors.New("too late")
		default:
			if try() {
				return nil
			}
		}
	}
}
