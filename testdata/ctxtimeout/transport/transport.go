// Package transport gives requests more time than their client or server.
package transport

import (
	"context"
	"database/sql"
	"net/http"
	"time"
)

func local(ctx context.Context, url string) (*http.Response, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return nil, err
	}
	client := &http.Client{Timeout: 10 * time.Second}
	return client.Do(req) // want "transport: the context of this request has 1m, but the client ends it after 10s"
}

var shared = &http.Client{Timeout: 5 * time.Second}

func global(ctx context.Context, req *http.Request) (*http.Response, error) {
	ctx, cancel := context.WithTimeout(ctx, 20*time.Second)
	defer cancel()
	return shared.Do(req.WithContext(ctx)) // want "transport: the context of this request has 20s, but the client ends it after 5s"
}

type api struct{ client *http.Client }

func newAPI() *api { return &api{client: &http.Client{Timeout: 2 * time.Second}} }

func (a *api) get(ctx context.Context, url string) (*http.Response, error) {
	ctx, cancel := context.WithTimeout(ctx, 3*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return nil, err
	}
	return a.client.Do(req) // want "transport: the context of this request has 3s, but the client ends it after 2s"
}

func timeoutHandler(db *sql.DB) http.Handler {
	return http.TimeoutHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), 10*time.Second) // want "transport: this handler gives its work 10s, but after 5s nobody gets its answer because of http.TimeoutHandler"
		defer cancel()
		db.PingContext(ctx)
	}), 5*time.Second, "late")
}

func server(db *sql.DB) error {
	mux := http.NewServeMux()
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), time.Minute) // want "transport: this handler gives its work 1m, but after 30s nobody gets its answer because of the WriteTimeout"
		defer cancel()
		db.PingContext(ctx)
	})
	srv := &http.Server{Handler: mux, WriteTimeout: 30 * time.Second}
	return srv.ListenAndServe()
}

// From here on, nothing is wrong.

func longer(ctx context.Context, req *http.Request) (*http.Response, error) {
	ctx, cancel := context.WithTimeout(ctx, 2*time.Second)
	defer cancel()
	return shared.Do(req.WithContext(ctx)) // silent "the client gives at least as much time"
}

func noTimeout(ctx context.Context, req *http.Request) (*http.Response, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	client := new(http.Client)
	return client.Do(req.WithContext(ctx)) // silent "the client is not seen to have a constant"
}

func configured(ctx context.Context, req *http.Request, d time.Duration) (*http.Response, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	client := &http.Client{Timeout: d}
	return client.Do(req.WithContext(ctx))
}

func quickHandler(db *sql.DB) http.Handler {
	return http.TimeoutHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), time.Second)
		defer cancel()
		db.PingContext(ctx)
	}), 5*time.Second, "late")
}

func noWriteTimeout(db *sql.DB) error {
	mux := http.NewServeMux()
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), time.Minute)
		defer cancel()
		db.PingContext(ctx)
	})
	srv := &http.Server{Handler: mux, ReadTimeout: 30 * time.Second}
	return srv.ListenAndServe()
}

// Silent: nothing limits the context of the request.
func unlimited(req *http.Request) (*http.Response, error) {
	return http.DefaultClient.Do(req) // silent "the context of the request is not seen"
}
