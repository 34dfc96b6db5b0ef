// Package services has longer functions of services, in which a fresh root is
// right, with a few where it is not.
package services

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"ctxlint.test/fixtures/ctxreset/store"
)

// A transaction of a driver that wants a context for everything.
type transaction interface {
	Exec(ctx context.Context, query string, args ...any) error
	Commit(ctx context.Context) error
	Rollback(ctx context.Context) error
}

type connection interface {
	Begin(ctx context.Context) (transaction, error)
}

func transfer(ctx context.Context, c connection, from, to string, amount int64) (err error) {
	tx, err := c.Begin(ctx)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, tx.Rollback(context.TODO()))
		}
	}()
	if err := tx.Exec(ctx, "UPDATE accounts SET balance = balance - $1 WHERE id = $2", amount, from); err != nil {
		return err
	}
	if err := tx.Exec(context.TODO(), "UPDATE accounts SET balance = balance + $1 WHERE id = $2", amount, to); err != nil { // want `direct: context\.TODO`
		return err
	}
	return tx.Commit(ctx)
}

// A rollback on an error's path is cleanup, deferred or not.
func withTx(ctx context.Context, c connection, f func(transaction) error) error {
	tx, err := c.Begin(ctx)
	if err != nil {
		return err
	}
	if err := f(tx); err != nil {
		return errors.Join(err, tx.Rollback(context.TODO()))
	}
	return tx.Commit(ctx)
}

// A lease is renewed while the work goes on, and given back at its end.
func withLease(ctx context.Context, db *store.DB, id string, work func(context.Context) error) error {
	if err := db.Verify(ctx, store.Order{ID: id}); err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(ctx)
	var wg sync.WaitGroup
	wg.Go(func() {
		t := time.NewTicker(time.Second)
		defer t.Stop()
		for {
			select {
			case <-t.C:
				if err := db.Verify(ctx, store.Order{ID: id}); err != nil {
					cancel()
				}
			case <-ctx.Done():
				return
			}
		}
	})
	defer func() {
		cancel()
		wg.Wait()
		releaseCtx, cancelRelease := context.WithTimeout(context.TODO(), 5*time.Second)
		defer cancelRelease()
		if err := db.Check(releaseCtx, id); err != nil {
			slog.Error("cannot give the lease back", "id", id, "error", err)
		}
	}()
	return work(ctx)
}

// What was collected is written when the time has come, and at the end.
func collect(ctx context.Context, db *store.DB, in <-chan store.Order) error {
	var last store.Order
	t := time.NewTicker(time.Minute)
	defer t.Stop()
	for {
		select {
		case last = <-in:
		case <-t.C:
			if err := db.Verify(context.TODO(), last); err != nil { // want `direct: context\.TODO`
				return err
			}
		case <-ctx.Done():
			c, cancel := context.WithTimeout(context.TODO(), time.Second)
			defer cancel()
			return errors.Join(ctx.Err(), db.Verify(c, last))
		}
	}
}

// An audit log takes what was done, even if the client has gone.
func audited(next http.Handler, db *store.DB) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			ctx, cancel := context.WithTimeout(context.TODO(), time.Second)
			defer cancel()
			if err := db.Verify(ctx, store.Order{ID: r.URL.Path}); err != nil {
				slog.ErrorContext(r.Context(), "audit", "error", err)
			}
		}()
		next.ServeHTTP(w, r)
	})
}

// tokens is a source of tokens for requests, which has no context by itself.
type tokens struct {
	mu      sync.Mutex
	client  *http.Client
	url     string
	token   string
	expires time.Time
}

func (t *tokens) get() (string, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if time.Now().Before(t.expires) {
		return t.token, nil
	}
	req, err := http.NewRequestWithContext(context.TODO(), http.MethodPost, t.url, nil)
	if err != nil {
		return "", err
	}
	resp, err := t.client.Do(req)
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		return "", err
	}
	t.token, t.expires = string(body), time.Now().Add(time.Hour)
	return t.token, nil
}

// RoundTrip is asked by requests that have a context.
func (t *tokens) RoundTrip(req *http.Request) (*http.Response, error) {
	token, err := t.get() // want `medium chain: →`
	if err != nil {
		return nil, fmt.Errorf("token: %w", err)
	}
	req = req.Clone(req.Context())
	req.Header.Set("Authorization", "Bearer "+token)
	return http.DefaultTransport.RoundTrip(req)
}

// A watcher starts once, and ends when it is told to.
type watcher struct {
	mu     sync.Mutex
	cancel context.CancelFunc
	db     *store.DB
}

func (w *watcher) ensure(ctx context.Context, id string) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.cancel != nil {
		return nil
	}
	if _, err := w.db.Load(ctx, id); err != nil {
		return err
	}
	runCtx, cancel := context.WithCancel(context.TODO())
	w.cancel = cancel
	go w.run(runCtx, id)
	return nil
}

func (w *watcher) run(ctx context.Context, id string) {
	t := time.NewTicker(time.Minute)
	defer t.Stop()
	for {
		select {
		case <-t.C:
			if _, err := w.db.Load(ctx, id); err != nil {
				slog.ErrorContext(ctx, "watch", "error", err)
			}
		case <-ctx.Done():
			return
		}
	}
}

// The first try has a deadline of its own, and so has the second: both come from
// the caller.
func hedged(ctx context.Context, db *store.DB, id string) (store.Order, error) {
	c, cancel := context.WithTimeout(ctx, 100*time.Millisecond)
	o, err := db.Load(c, id)
	cancel()
	if err == nil || ctx.Err() != nil {
		return o, err
	}
	return db.Load(ctx, id)
}
