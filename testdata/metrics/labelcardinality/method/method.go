// Package method has labels for the methods of requests.
package method

import (
	"net/http"

	"github.com/gin-gonic/gin"
	"github.com/go-chi/chi/v5"
	"github.com/gorilla/mux"
	"github.com/prometheus/client_golang/prometheus"
)

var vec = prometheus.NewCounterVec(prometheus.CounterOpts{Name: "seen_total"}, []string{"method"})

func middleware(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		next.ServeHTTP(w, r)
		vec.WithLabelValues(r.Method).Inc() // want `low method: label "method" of seen_total is unbounded: each r.Method .*; map unknown methods to a constant`
	})
}

func ginMiddleware(c *gin.Context) {
	c.Next()
	vec.WithLabelValues(c.Request.Method).Inc() // want `low method: each c.Request.Method`
}

func mapped(w http.ResponseWriter, r *http.Request) {
	method := r.Method
	switch method {
	case http.MethodGet, http.MethodPost:
	default:
		method = "other"
	}
	vec.WithLabelValues(method).Inc()
}

func checked(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet {
		return
	}
	vec.WithLabelValues(r.Method).Inc()
}

// The routes fix the method of what these handlers get.

func get(w http.ResponseWriter, r *http.Request)  { vec.WithLabelValues(r.Method).Inc() } // silent "only requests with known methods get"
func post(w http.ResponseWriter, r *http.Request) { observe(r) }
func put(w http.ResponseWriter, r *http.Request)  { vec.WithLabelValues(r.Method).Inc() }
func del(c *gin.Context)                          { vec.WithLabelValues(c.Request.Method).Inc() }

func observe(r *http.Request) { vec.WithLabelValues(r.Method).Inc() }

func routes(std *http.ServeMux, c chi.Router, g *mux.Router, e *gin.Engine) {
	std.HandleFunc("GET /x", get)
	c.Post("/x", post)
	g.HandleFunc("/x", put).Methods("PUT")
	e.DELETE("/x", del)
}

// A client knows what it asks.
type transport struct{ http.RoundTripper }

func (t transport) RoundTrip(req *http.Request) (*http.Response, error) {
	vec.WithLabelValues(req.Method).Inc() // silent "the program makes the request itself,"
	return t.RoundTripper.RoundTrip(req)
}

func fetch(url string) error {
	req, err := http.NewRequest(http.MethodGet, url, nil)
	if err == nil {
		vec.WithLabelValues(req.Method).Inc()
	}
	return err
}

// What a deferred call gets the address of is what it is in the end.
func byAddress(w http.ResponseWriter, r *http.Request) {
	method := r.Method
	defer func(m *string) { vec.WithLabelValues(*m).Inc() }(&method)
	switch r.Method {
	case http.MethodGet, http.MethodHead:
		w.WriteHeader(http.StatusNoContent)
	default:
		method = "INVALID"
		w.WriteHeader(http.StatusMethodNotAllowed)
	}
}

func byAddressInVain(w http.ResponseWriter, r *http.Request) {
	method := r.Method
	defer func(m *string) { vec.WithLabelValues(*m).Inc() }(&method) // want `low method: each r.Method`
	if r.Method == http.MethodGet {
		w.WriteHeader(http.StatusNoContent)
	}
}
