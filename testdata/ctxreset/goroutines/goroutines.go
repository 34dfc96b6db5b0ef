// Package goroutines starts work under a fresh root beside the caller's context.
package goroutines

import (
	"context"
	"encoding/json"
	"net/http"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"ctxlint.test/fixtures/ctxreset/store"
)

// The function waits for its goroutines: their work is the caller's.
func joinedByWaitGroup(ctx context.Context, db *store.DB, ids []string) {
	var wg sync.WaitGroup
	for _, id := range ids {
		wg.Add(1)
		go func() {
			defer wg.Done()
			db.Check(context.TODO(), id) // want `goroutine: context\.TODO|WithoutCancel`
		}()
	}
	wg.Wait()
}

func joinedByGo(ctx context.Context, db *store.DB, ids []string) {
	var wg sync.WaitGroup
	for _, id := range ids {
		wg.Go(func() {
			db.Check(context.TODO(), id) // want `goroutine: context\.TODO|WithoutCancel`
		})
	}
	wg.Wait()
}

func joinedByGroup(ctx context.Context, db *store.DB, ids []string) error {
	var g errgroup.Group
	for _, id := range ids {
		g.Go(func() error {
			return db.Check(context.TODO(), id) // want `direct: context\.TODO|WithoutCancel`
		})
	}
	return g.Wait()
}

func joinedByChannel(ctx context.Context, db *store.DB, id string) (store.Order, error) {
	type result struct {
		order store.Order
		err   error
	}
	results := make(chan result, 1)
	go func() {
		c, cancel := context.WithTimeout(context.TODO(), time.Minute) // want `goroutine: context\.TODO|WithoutCancel`
		defer cancel()
		o, err := db.Load(c, id)
		results <- result{o, err}
	}()
	r := <-results
	return r.order, r.err
}

func joinedNamed(ctx context.Context, db *store.DB, id string) error {
	errs := make(chan error)
	go remove(context.TODO(), db, id, errs) // want `low goroutine: context\.TODO|WithoutCancel`
	return <-errs
}

func remove(ctx context.Context, db *store.DB, id string, errs chan<- error) {
	errs <- db.Check(ctx, id)
}

type server struct{ db *store.DB }

func (s *server) joinedInHandler(w http.ResponseWriter, r *http.Request) {
	var (
		wg  sync.WaitGroup
		o   store.Order
		err error
	)
	wg.Go(func() {
		o, err = s.db.Load(context.TODO(), r.PathValue("id")) // want `goroutine: context\.TODO|WithoutCancel`
	})
	wg.Wait()
	if err != nil {
		http.Error(w, err.Error(), http.StatusNotFound)
		return
	}
	json.NewEncoder(w).Encode(o)
}

// Near misses.

func joinedInherits(ctx context.Context, db *store.DB, ids []string) error {
	g, ctx := errgroup.WithContext(ctx)
	for _, id := range ids {
		g.Go(func() error { return db.Check(ctx, id) })
	}
	return g.Wait()
}

// What outlives the caller keeps the values, and leaves the rest.
func (s *server) detachedInHandler(w http.ResponseWriter, r *http.Request) {
	id := r.PathValue("id")
	go func() {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(r.Context()), time.Minute)
		defer cancel()
		s.db.Check(ctx, id)
	}()
	w.WriteHeader(http.StatusAccepted)
}

func detachedBefore(ctx context.Context, db *store.DB, id string) {
	detached := context.WithoutCancel(ctx)
	go db.Check(detached, id)
}

// A release that nobody waits for is detached on purpose.
func release(ctx context.Context, db *store.DB, id string) error {
	o, err := db.Load(ctx, id)
	if err != nil {
		go func() {
			c, cancel := context.WithTimeout(context.TODO(), 5*time.Second)
			defer cancel()
			db.Check(c, id)
		}()
		return err
	}
	return db.Verify(ctx, o)
}

// A worker outlives the call that starts it.
func (s *server) start(ctx context.Context, every time.Duration) error {
	if err := s.db.SQL.PingContext(ctx); err != nil {
		return err
	}
	go func() {
		for range time.Tick(every) {
			s.db.SQL.PingContext(context.TODO())
		}
	}()
	return nil
}

// The goroutine waits until the caller's context is over.
func shutdown(ctx context.Context, srv *http.Server) error {
	go func() {
		<-ctx.Done()
		c, cancel := context.WithTimeout(context.TODO(), 10*time.Second)
		defer cancel()
		srv.Shutdown(c)
	}()
	return srv.ListenAndServe()
}

// The same, with an end that comes from the group.
func serve(ctx context.Context, srv *http.Server) error {
	g, ctx := errgroup.WithContext(ctx)
	g.Go(srv.ListenAndServe)
	g.Go(func() error {
		<-ctx.Done()
		return srv.Shutdown(context.TODO())
	})
	return g.Wait()
}
