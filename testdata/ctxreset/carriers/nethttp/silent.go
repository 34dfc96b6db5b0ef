package nethttp

import (
	"context"
	"net"
	"net/http"
	"time"
)

func (s *server) list(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), time.Second)
	defer cancel()
	if err := s.db.SQL.PingContext(ctx); err != nil {
		w.WriteHeader(http.StatusServiceUnavailable)
	}
}

func withUserOfRequest(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx := context.WithValue(r.Context(), userKey{}, r.Header.Get("X-User"))
		next.ServeHTTP(w, r.WithContext(ctx))
	})
}

// The request that is made here has no context but its own.
func (s *server) probe(url string) error {
	req, err := http.NewRequestWithContext(context.TODO(), http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	resp, err := http.DefaultClient.Do(req.WithContext(context.TODO()))
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

// A server's base context is the lifetime of the server.
func (s *server) listen(l net.Listener) error {
	srv := &http.Server{
		Handler:     s,
		BaseContext: func(net.Listener) context.Context { return context.TODO() },
	}
	return srv.Serve(l)
}

// The caller of a client library may leave the request out.
func (s *server) ownerOf(r *http.Request, id string) (string, error) {
	ctx := context.TODO()
	if r != nil {
		ctx = r.Context()
	}
	o, err := s.db.Load(ctx, id)
	return o.Customer, err
}
