// Package web is the upper layer: what clients can ask for.
package web

import (
	"context"
	"encoding/json"
	"errors"
	"net"
	"net/http"
	"time"

	"golang.org/x/sync/errgroup"

	"ctxlint.test/fixtures/ctxreset/services/domain"
	"ctxlint.test/fixtures/ctxreset/store"
)

type api struct{ orders domain.Orders }

func (a *api) routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /orders/{id}/pay", a.pay)
	mux.HandleFunc("GET /orders/{id}", a.get)
	mux.HandleFunc("GET /orders/{id}/customer", func(w http.ResponseWriter, r *http.Request) {
		name, err := a.orders.Customer(r.PathValue("id")) // want `medium chain: →.*→.*cache\.go:28`
		reply(w, name, err)
	})
	return mux
}

func (a *api) pay(w http.ResponseWriter, r *http.Request) {
	reply(w, "paid", a.orders.Pay(r.PathValue("id"))) // want `medium chain: →.*domain\.go:35`
}

func (a *api) get(w http.ResponseWriter, r *http.Request) {
	o, err := a.orders.Find(r.Context(), r.PathValue("id"))
	reply(w, o, err)
}

func reply(w http.ResponseWriter, v any, err error) {
	switch {
	case errors.Is(err, store.ErrUnknown):
		w.WriteHeader(http.StatusNotFound)
	case err != nil:
		http.Error(w, err.Error(), http.StatusInternalServerError)
	default:
		json.NewEncoder(w).Encode(v)
	}
}

// Serve serves until ctx is over, and then lets the requests end.
func Serve(ctx context.Context, addr string, a *api) error {
	srv := &http.Server{Addr: addr, Handler: a.routes(), BaseContext: func(net.Listener) context.Context { return ctx }}
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error {
		if err := srv.ListenAndServe(); !errors.Is(err, http.ErrServerClosed) {
			return err
		}
		return nil
	})
	g.Go(func() error {
		<-ctx.Done()
		shutdownCtx, cancel := context.WithTimeout(context.TODO(), 10*time.Second)
		defer cancel()
		return srv.Shutdown(shutdownCtx)
	})
	return g.Wait()
}

// ServeUntil does the same with a channel of its own.
func ServeUntil(ctx context.Context, srv *http.Server) error {
	failed := make(chan error, 1)
	go func() { failed <- srv.ListenAndServe() }()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	shutdownCtx, cancel := context.WithTimeout(context.TODO(), 10*time.Second)
	defer cancel()
	if err := srv.Shutdown(shutdownCtx); err != nil {
		return errors.Join(err, srv.Close())
	}
	return <-failed
}
