// Package periodic brings replicas back in step whenever a timer says so. A context
// with a deadline of its own bounds each run.
package periodic

import (
	"context"
	"time"

	"ctxlint.test/fixtures/ctxreset/store"
)

func syncs(ctx context.Context, db *store.DB, peers []string) {
	t := time.NewTicker(time.Minute)
	defer t.Stop()
	for {
		select {
		case <-t.C:
			for _, peer := range peers {
				c, cancel := context.WithTimeout(context.TODO(), time.Second) // want `low direct: context\.TODO`
				_ = db.Check(c, peer)
				cancel()
			}
		case <-ctx.Done():
			return
		}
	}
}

func ticks(ctx context.Context, db *store.DB) {
	for range time.Tick(time.Minute) {
		c, cancel := context.WithTimeout(context.TODO(), time.Second) // want `low direct: context\.TODO`
		_ = db.Check(c, "1")
		cancel()
	}
}

func push(db *store.DB) {
	c, cancel := context.WithTimeout(context.TODO(), time.Second)
	defer cancel()
	_ = db.Check(c, "1")
}

func pushes(ctx context.Context, db *store.DB) {
	for {
		select {
		case <-time.After(time.Minute):
			push(db) // want `low chain: →`
		case <-ctx.Done():
			return
		}
	}
}

// Near misses.

// No deadline bounds it.
func unbounded(ctx context.Context, db *store.DB) {
	for range time.Tick(time.Minute) {
		_ = db.Check(context.TODO(), "1") // want `direct: context\.TODO`
	}
}

// Orders come when they come.
func receives(ctx context.Context, db *store.DB, in <-chan store.Order) {
	for {
		select {
		case o := <-in:
			c, cancel := context.WithTimeout(context.TODO(), time.Second) // want `direct: context\.TODO`
			_ = db.Verify(c, o)
			cancel()
		case <-time.After(time.Minute):
		case <-ctx.Done():
			return
		}
	}
}

// It runs once.
func later(ctx context.Context, db *store.DB) {
	<-time.After(time.Minute)
	c, cancel := context.WithTimeout(context.TODO(), time.Second) // want `direct: context\.TODO`
	defer cancel()
	_ = db.Check(c, "1")
}
