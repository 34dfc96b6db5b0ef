// Package nethttp serves HTTP with net/http alone.
package nethttp

import (
	"context"
	"encoding/json"
	"net/http"
	"time"

	"ctxlint.test/fixtures/ctxreset/store"
)

type server struct{ db *store.DB }

func (s *server) routes(mux *http.ServeMux) {
	mux.HandleFunc("GET /orders/{id}", s.get)
	mux.Handle("DELETE /orders/{id}", http.HandlerFunc(s.remove))
	mux.HandleFunc("POST /orders/{id}/pay", func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(context.TODO(), time.Second) // want `handler: context\.TODO.*r\.Context\(\)`
		defer cancel()
		o, err := s.db.Load(ctx, r.PathValue("id"))
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		o.Paid = true
		if err := s.db.Verify(r.Context(), o); err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
		}
	})
}

// r.Context is not used at all.
func (s *server) get(w http.ResponseWriter, r *http.Request) {
	o, err := s.db.Load(context.TODO(), r.PathValue("id")) // want `handler: context\.TODO.*r\.Context\(\)`
	if err != nil {
		http.Error(w, err.Error(), http.StatusNotFound)
		return
	}
	json.NewEncoder(w).Encode(o)
}

func (s *server) remove(w http.ResponseWriter, r *http.Request) {
	ctx := context.TODO() // want `medium handler: context\.TODO.*r\.Context\(\)`
	if err := s.db.Check(ctx, r.PathValue("id")); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
	}
}

func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if err := s.db.SQL.PingContext(context.TODO()); err != nil { // want `handler: context\.TODO.*r\.Context\(\)`
		w.WriteHeader(http.StatusServiceUnavailable)
	}
}

// A handler of one parameter, as some routers have them.
func (s *server) count(r *http.Request) (int, error) {
	var n int
	err := s.db.SQL.QueryRowContext(context.TODO(), "SELECT count(*) FROM orders").Scan(&n) // want `direct: context\.TODO.*r\.Context\(\)`
	return n, err
}

type userKey struct{}

// A middleware that puts a user into a context without the request's.
func withUser(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx := context.WithValue(context.TODO(), userKey{}, r.Header.Get("X-User")) // want `handler: context\.TODO.*r\.Context\(\)`
		next.ServeHTTP(w, r.WithContext(ctx))
	})
}

func withoutDeadline(next http.Handler) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		r = r.WithContext(context.TODO()) // want `handler: context\.TODO.*r\.Context\(\)`
		next.ServeHTTP(w, r)
	}
}

func cloning(next http.Handler) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		next.ServeHTTP(w, r.Clone(context.TODO())) // want `handler: context\.TODO.*r\.Context\(\)`
	}
}

// The request of a proxy is cut off from that of its client.
func (s *server) proxy(w http.ResponseWriter, r *http.Request) {
	out, err := http.NewRequestWithContext(context.TODO(), r.Method, "http://backend"+r.URL.Path, r.Body) // want `handler: context\.TODO.*r\.Context\(\)`
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	resp, err := http.DefaultClient.Do(out)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadGateway)
		return
	}
	defer resp.Body.Close()
	w.WriteHeader(resp.StatusCode)
}

// A helper of a handler that gets the request.
func (s *server) owner(r *http.Request, id string) (string, error) {
	o, err := s.db.Load(context.TODO(), id) // want `direct: context\.TODO.*r\.Context\(\)`
	return o.Customer, err
}

// signer is a transport; its request comes from a client.
type signer struct {
	next http.RoundTripper
	keys *store.DB
}

func (s signer) RoundTrip(req *http.Request) (*http.Response, error) {
	o, err := s.keys.Load(context.TODO(), req.URL.Host) // want `direct: context\.TODO.*req\.Context\(\)`
	if err != nil {
		return nil, err
	}
	req = req.Clone(req.Context())
	req.Header.Set("Authorization", o.ID)
	return s.next.RoundTrip(req)
}
