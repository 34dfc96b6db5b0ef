// Package shadowed declares contexts in inner blocks.
package shadowed

import (
	"context"
	"database/sql"
	"log/slog"
	"time"
)

func conditional(ctx context.Context, db *sql.DB, limit time.Duration) error {
	if limit > 0 {
		ctx, cancel := context.WithTimeout(ctx, limit) // want "shadowed: this ctx is another variable, whose deadline ends with the block"
		defer cancel()
		slog.DebugContext(ctx, "limited")
	}
	return db.PingContext(ctx)
}

func either(ctx context.Context, db *sql.DB, limit time.Duration) error {
	if limit == 0 {
		slog.DebugContext(ctx, "no limit")
	} else {
		ctx, cancel := context.WithTimeout(ctx, limit) // want "shadowed: this ctx"
		defer cancel()
		if end, ok := ctx.Deadline(); ok {
			slog.Info("limited", "end", end)
		}
	}
	return db.PingContext(ctx)
}

func block(ctx context.Context, db *sql.DB) error {
	{
		ctx, cancel := context.WithDeadline(ctx, time.Now().Add(time.Second)) // want "shadowed: this ctx"
		defer cancel()
		slog.DebugContext(ctx, "limited")
	}
	return db.PingContext(ctx)
}

// From here on, nothing is wrong.

func assigned(ctx context.Context, db *sql.DB, limit time.Duration) error {
	if limit > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, limit)
		defer cancel()
		slog.DebugContext(ctx, "limited")
	}
	return db.PingContext(ctx)
}

func usedInside(ctx context.Context, db *sql.DB, limit time.Duration) error {
	if limit > 0 {
		ctx, cancel := context.WithTimeout(ctx, limit) // silent "work in the block gets the context"
		defer cancel()
		if err := db.PingContext(ctx); err != nil {
			return err
		}
	}
	return db.PingContext(ctx)
}

func cancelledInside(ctx context.Context, db *sql.DB, limit time.Duration) error {
	if limit > 0 {
		ctx, cancel := context.WithTimeout(ctx, limit) // silent "the cancel function is not deferred"
		slog.DebugContext(ctx, "limited")
		cancel()
	}
	return db.PingContext(ctx)
}

func notUsedAfter(ctx context.Context, db *sql.DB, limit time.Duration) error {
	if limit > 0 {
		ctx, cancel := context.WithTimeout(ctx, limit) // silent "nothing after the block does work under"
		defer cancel()
		slog.DebugContext(ctx, "limited")
	}
	slog.DebugContext(ctx, "not pinged")
	return nil
}

func otherName(ctx context.Context, db *sql.DB, limit time.Duration) error {
	if limit > 0 {
		limited, cancel := context.WithTimeout(ctx, limit)
		defer cancel()
		slog.DebugContext(limited, "limited")
	}
	return db.PingContext(ctx)
}

func inLoop(ctx context.Context, dbs []*sql.DB) error {
	for range dbs {
		ctx, cancel := context.WithTimeout(ctx, time.Second)
		defer cancel()
		slog.DebugContext(ctx, "limited")
	}
	return dbs[0].PingContext(ctx)
}

// ctxreset/unused reports this one.
func blank(ctx context.Context, db *sql.DB, limit time.Duration) error {
	if limit > 0 {
		ctx, cancel := context.WithTimeout(ctx, limit)
		defer cancel()
		_ = ctx
	}
	return db.PingContext(ctx)
}
