// Package background starts work that nobody waits for.
package background

import (
	"context"
	"net/http"
	"time"

	"ctxlint.test/fixtures/ctxreset/store"
)

func literal(ctx context.Context, db *store.DB, id string) error {
	go func() {
		c, cancel := context.WithTimeout(context.Background(), time.Second) // want `low goroutine: WithoutCancel`
		defer cancel()
		db.Check(c, id)
	}()
	return db.SQL.PingContext(ctx)
}

func call(ctx context.Context, db *store.DB, id string) error {
	go db.Check(context.Background(), id) // want `low goroutine: WithoutCancel`
	return db.SQL.PingContext(ctx)
}

func handler(w http.ResponseWriter, r *http.Request) {
	db := new(store.DB)
	id := r.PathValue("id")
	go func() {
		db.Check(context.TODO(), id) // want `low goroutine: WithoutCancel`
	}()
	w.WriteHeader(http.StatusAccepted)
}

// Near misses.

func detached(ctx context.Context, db *store.DB, id string) error {
	go db.Check(context.WithoutCancel(ctx), id)
	return db.SQL.PingContext(ctx)
}

func inherits(ctx context.Context, db *store.DB, id string) {
	go db.Check(ctx, id)
}

func nothingAtHand(db *store.DB, id string) {
	go db.Check(context.Background(), id)
}

func afterDone(ctx context.Context, srv *http.Server) {
	go func() {
		<-ctx.Done()
		srv.Shutdown(context.Background())
	}()
}

type poller struct {
	ctx    context.Context
	cancel context.CancelFunc
	db     *store.DB
}

// The goroutine has the lifetime of the poller.
func (p *poller) start(ctx context.Context) error {
	p.ctx, p.cancel = context.WithCancel(context.Background())
	go p.db.Check(p.ctx, "old")
	return p.db.SQL.PingContext(ctx)
}
