package httpapi

import (
	"net/http"
	"strconv"
	"time"
)

// measured counts and times the requests that next answers.
func (a *api) measured(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start := time.Now()
		rec := &recorder{ResponseWriter: w, code: http.StatusOK}
		next.ServeHTTP(rec, r)

		route := r.Pattern
		if route == "" {
			route = "unmatched"
		}
		a.metrics.Latency.WithLabelValues(route).Observe(time.Since(start).Seconds())
		a.metrics.Requests.WithLabelValues(r.URL.Path, strconv.Itoa(rec.code)).Inc()
	})
}

// recorder remembers the code of an answer.
type recorder struct {
	http.ResponseWriter
	code int
}

func (r *recorder) WriteHeader(code int) {
	r.code = code
	r.ResponseWriter.WriteHeader(code)
}

// Unwrap serves http.ResponseController.
func (r *recorder) Unwrap() http.ResponseWriter { return r.ResponseWriter }
