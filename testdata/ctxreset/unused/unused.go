// Package unused derives contexts in vain.
package unused

import (
	"context"
	"net/http"
	"time"

	"golang.org/x/sync/errgroup"
	"google.golang.org/grpc/metadata"

	"ctxlint.test/fixtures/ctxreset/store"
)

type key struct{}

// The timeout is meant for the call below.
func timeout(ctx context.Context, db *store.DB, id string) error {
	ctx2, cancel := context.WithTimeout(ctx, time.Second) // want `unused: never used|dropped`
	defer cancel()
	_ = ctx2
	return db.Check(ctx, id)
}

func timeoutBlank(ctx context.Context, db *store.DB, id string) error {
	_, cancel := context.WithTimeout(ctx, time.Second) // want `unused: never used|dropped`
	defer cancel()
	return db.Check(ctx, id)
}

func deadline(ctx context.Context, db *store.DB, id string, at time.Time) error {
	_, cancel := context.WithDeadline(ctx, at) // want `unused: never used|dropped`
	defer cancel()
	return db.Check(ctx, id)
}

func value(ctx context.Context, db *store.DB, id string) error {
	tagged := context.WithValue(ctx, key{}, id) // want `unused: never used|dropped`
	_ = tagged
	return db.Check(ctx, id)
}

// The inner ctx ends with its block.
func shadowed(ctx context.Context, db *store.DB, id string, quick bool) error {
	if quick {
		ctx, cancel := context.WithTimeout(ctx, time.Second) // want `unused: never used|dropped`
		defer cancel()
		_ = ctx
	}
	return db.Check(ctx, id)
}

// Only one of the two derived contexts is used.
func oneOfTwo(ctx context.Context, db *store.DB, id string) error {
	tagged := context.WithValue(ctx, key{}, id)
	limited, cancel := context.WithTimeout(tagged, time.Second) // want `unused: never used|dropped`
	defer cancel()
	_ = limited
	return db.Check(tagged, id)
}

func request(w http.ResponseWriter, r *http.Request, next http.Handler) {
	r.WithContext(context.WithValue(r.Context(), key{}, r.Header.Get("X-User"))) // want `unused: never used|dropped`
	next.ServeHTTP(w, r)
}

func blankRequest(w http.ResponseWriter, r *http.Request, next http.Handler) {
	_ = r.WithContext(context.WithValue(r.Context(), key{}, r.Header.Get("X-User"))) // want `unused: never used|dropped`
	next.ServeHTTP(w, r)
}

func carrier(r *http.Request, db *store.DB, id string) error {
	_, cancel := context.WithTimeout(r.Context(), time.Second) // want `unused: never used|dropped`
	defer cancel()
	return db.Check(r.Context(), id)
}

func outgoing(ctx context.Context, db *store.DB, id string) error {
	metadata.AppendToOutgoingContext(ctx, "id", id) // want `unused: never used|dropped`
	return db.Check(ctx, id)
}

// Near misses.

func used(ctx context.Context, db *store.DB, id string) error {
	ctx2, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	return db.Check(ctx2, id)
}

// Both are used, each where it belongs.
func usesBoth(ctx context.Context, db *store.DB, id string) error {
	ctx2, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	o, err := db.Load(ctx2, id)
	if err != nil {
		return err
	}
	return db.Verify(ctx, o)
}

func waits(ctx context.Context, db *store.DB, id string) error {
	ctx2, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	<-ctx2.Done()
	return db.Check(ctx, id)
}

func asks(ctx context.Context, db *store.DB, id string) error {
	limited, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	err := db.Check(ctx, id)
	if limited.Err() != nil {
		return limited.Err()
	}
	return err
}

func capturedByLiteral(ctx context.Context, db *store.DB, id string) func() error {
	tagged := context.WithValue(ctx, key{}, id)
	return func() error { return db.Check(tagged, id) }
}

func stored(ctx context.Context, db *store.DB, id string) (*work, error) {
	c, cancel := context.WithTimeout(ctx, time.Hour)
	w := &work{ctx: c, cancel: cancel}
	return w, db.Check(ctx, id)
}

type work struct {
	ctx    context.Context
	cancel context.CancelFunc
}

func (w *work) keep(ctx context.Context, db *store.DB, id string) error {
	w.ctx, w.cancel = context.WithTimeout(ctx, time.Hour)
	return db.Check(ctx, id)
}

// The cancel function ends a timer of its own.
func onTimer(ctx context.Context, db *store.DB, id string) error {
	c, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	stop := context.AfterFunc(c, func() { db.SQL.Close() })
	defer stop()
	return db.Check(ctx, id)
}

// A context without a deadline or a value is only there to be cancelled.
func onlyCancel(ctx context.Context, db *store.DB, id string) error {
	_, cancel := context.WithCancel(ctx)
	defer cancel()
	return db.Check(ctx, id)
}

// A group without a limit waits as it would with its context.
func group(ctx context.Context, db *store.DB, ids []string) error {
	g, _ := errgroup.WithContext(ctx)
	for _, id := range ids {
		g.Go(func() error { return db.Check(ctx, id) })
	}
	return g.Wait()
}

func requestUsed(w http.ResponseWriter, r *http.Request, next http.Handler) {
	r = r.WithContext(context.WithValue(r.Context(), key{}, r.Header.Get("X-User")))
	next.ServeHTTP(w, r)
}

func requestPassed(w http.ResponseWriter, r *http.Request, next http.Handler) {
	next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), key{}, "nobody")))
}

// No call gets the parent, either.
func nothingElse(ctx context.Context) string {
	_, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	return "nothing to wait for"
}
