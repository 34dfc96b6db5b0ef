package sources

import (
	"context"
	"net/http"
	"net/http/httputil"
	"net/rpc"

	"google.golang.org/grpc"
	healthpb "google.golang.org/grpc/health/grpc_health_v1"
)

// The message of a remote call has what its client writes.
type health struct {
	healthpb.UnimplementedHealthServer
}

func (h *health) Check(ctx context.Context, req *healthpb.HealthCheckRequest) (*healthpb.HealthCheckResponse, error) {
	count(req.Service)      // want `low request: each req.Service is a time series kept until restart; map it to a fixed set, or log it`
	count(req.GetService()) // want `low request: each req.GetService\(\) is a time series`
	switch req.Service {
	case "orders", "stock":
		count(req.Service)
	}
	return &healthpb.HealthCheckResponse{Status: healthpb.HealthCheckResponse_SERVING}, nil
}

// A helper is given what its callers make.
func (h *health) probe(ctx context.Context, req *healthpb.HealthCheckRequest) { count(req.Service) }

// A client chooses what it sends.
func check(ctx context.Context, c healthpb.HealthClient) error {
	req := &healthpb.HealthCheckRequest{Service: "orders"}
	count(req.Service)
	resp, err := c.Check(ctx, req)
	if err == nil {
		count(resp.GetStatus().String()) // an enumeration
	}
	return err
}

func serveHealth(s *grpc.Server) { healthpb.RegisterHealthServer(s, &health{}) }

type Args struct {
	Name  string
	Count int
}

type Service struct{}

func (s *Service) Get(args *Args, reply *int) error {
	count(args.Name) // want `low request: each args.Name is a time series`
	return nil
}

// not what net/rpc calls
func (s *Service) put(args *Args) error {
	count(args.Name)
	return nil
}

func serveRPC() error { return rpc.Register(&Service{}) }

// The keys of a map are those under which values were put.
type totals struct {
	byPath, byKind map[string]int
}

func (t *totals) add(w http.ResponseWriter, r *http.Request) {
	t.byPath[r.URL.Path]++
	t.byKind["all"]++
}

func (t *totals) flush() {
	for path := range t.byPath {
		count(path) // want `request: each r.URL.Path is a time series`
	}
	for kind := range t.byKind {
		count(kind)
	}
}

func (t *totals) local(w http.ResponseWriter, r *http.Request) {
	seen, few := make(map[string]bool), make(map[string]bool)
	seen[r.Header.Get("X-Model")] = true
	few["one"] = true
	for model := range seen {
		count(model) // want `low request: each r.Header.Get\("X-Model"\) is a time series`
	}
	for f := range few {
		count(f)
	}
}

// What a proxy passes on has come from a client.
func proxy() *httputil.ReverseProxy {
	return &httputil.ReverseProxy{
		ModifyResponse: func(resp *http.Response) error {
			count(resp.Request.URL.Path) // want `request: each resp.Request.URL.Path is a time series kept until restart; use the route pattern`
			return nil
		},
	}
}

func sentBack(resp *http.Response) {
	count(resp.Request.URL.Path) // want `low request: each resp.Request.URL.Path is a time series kept until restart; use the name of the operation`
}

// A route for one path has no other.
func routes(mux *http.ServeMux, h http.Handler) {
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, r *http.Request) {
		count(r.URL.Path)     // silent "the handler serves only paths that routes"
		count(r.URL.RawQuery) // want `request: each r.URL.RawQuery`
	})
	mux.HandleFunc("/ready", ready)
	mux.HandleFunc("/files/", files)
	mux.HandleFunc("/items/{id}", items)
	mux.HandleFunc("/one", shared)
	http.Handle("/all/", http.HandlerFunc(shared))
	mux.HandleFunc("/wrapped", wrapped(h))
}

func ready(w http.ResponseWriter, r *http.Request)  { count(r.URL.Path) }
func files(w http.ResponseWriter, r *http.Request)  { count(r.URL.Path) } // want `request: each r.URL.Path .*; map unknown paths to a constant`
func items(w http.ResponseWriter, r *http.Request)  { count(r.URL.Path) } // want `request: each r.URL.Path`
func shared(w http.ResponseWriter, r *http.Request) { count(r.URL.Path) } // want `request: each r.URL.Path`

// The wrapper may serve other routes, too.
func wrapped(h http.Handler) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		count(r.URL.Path) // want `request: each r.URL.Path`
		h.ServeHTTP(w, r)
	}
}

func otherRoutes(mux *http.ServeMux, h http.Handler) { mux.HandleFunc("/other/", wrapped(h)) }
