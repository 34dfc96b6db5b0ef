// Package silent has waits under no context that are right, or that nobody can do
// otherwise.
package silent

import (
	"context"
	"database/sql"
	"errors"
	"log/slog"
	"net/http"
	"sync"
	"time"
)

func deferred(ctx context.Context, db *sql.DB) error {
	defer db.Exec("UNLOCK TABLES")
	defer func() {
		db.Exec("DELETE FROM locks")
	}()
	return db.PingContext(ctx)
}

func afterEnd(ctx context.Context, db *sql.DB) {
	<-ctx.Done()
	db.Exec("DELETE FROM sessions")
	time.Sleep(10 * time.Second)
}

func afterError(ctx context.Context, db *sql.DB) error {
	if err := ctx.Err(); err != nil {
		db.Exec("UPDATE jobs SET state = 'lost'")
		return err
	}
	return nil
}

func undone(ctx context.Context, db *sql.DB) error {
	err := db.PingContext(ctx)
	if err != nil {
		db.Exec("DELETE FROM half")
	}
	return err
}

// nobody has no context.
func nobody(db *sql.DB) error { return db.Ping() }

func ignored(_ context.Context, db *sql.DB) error { return db.Ping() }

func detached(ctx context.Context, db *sql.DB) {
	go func() {
		db.Exec("INSERT INTO audit VALUES (1)")
	}()
	_ = ctx.Err()
}

var once sync.Once

func shared(ctx context.Context, db *sql.DB) {
	once.Do(func() { db.Exec("CREATE TABLE t") })
	_ = ctx.Err()
}

// logged does nothing with its context but log.
func logged(ctx context.Context, db *sql.DB) error {
	slog.InfoContext(ctx, "ping")
	return db.Ping()
}

type job struct {
	Context context.Context
	DB      *sql.DB
}

func withoutRoot() error {
	return root(context.Background(), nil)
}

// root has a context that never ends.
func root(ctx context.Context, db *sql.DB) error {
	if db == nil {
		return errors.New("no database")
	}
	_ = ctx.Err()
	return db.Ping()
}

type cache struct {
	mu    sync.Mutex
	token string
}

// get fills the cache for all who ask.
func (c *cache) get(ctx context.Context) (string, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.token == "" {
		resp, err := http.Get("https://example.com/token")
		if err != nil {
			return "", err
		}
		resp.Body.Close()
		c.token = resp.Status
	}
	return c.token, ctx.Err()
}

// suppressed pings.
//
//nolint:missingctx // it has to be done in any case
func suppressed(ctx context.Context, db *sql.DB) error { return db.Ping() }

func suppressedLine(ctx context.Context, db *sql.DB) error {
	return db.Ping() //nolint:noctx // it is quick
}

func detachedOnPurpose(ctx context.Context, db *sql.DB) error {
	//ctxlint:detached it has to be done in any case
	return db.Ping()
}

func slept(ctx context.Context) {
	time.Sleep(50 * time.Millisecond)
	select {
	case <-ctx.Done():
	case <-time.After(time.Minute):
	}
}
