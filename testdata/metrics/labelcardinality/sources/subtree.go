package sources

import (
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"
)

// A pattern that stands for a whole subtree does not tell its paths apart.

func below(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		path, _ := strings.CutPrefix(r.URL.Path, "/v9")
		vec.WithLabelValues(path).Inc() // want `request: label "what" of seen_total is unbounded: each r.URL.Path .*; map unknown paths to a constant$`
		next.ServeHTTP(w, r)
	})
}

func rest(c *gin.Context) {
	vec.WithLabelValues(c.Request.URL.Path).Inc() // want `request: each c.Request.URL.Path .*; map unknown paths to a constant$`
}

func exactly(w http.ResponseWriter, r *http.Request) {
	vec.WithLabelValues(r.URL.Path).Inc() // want `request: each r.URL.Path .*; use the route pattern, or a constant if there is none$`
}

func belowRoutes(prefix string, mux *http.ServeMux, e *gin.Engine) {
	mux.Handle(prefix+"/v9/", below(http.NotFoundHandler()))
	mux.HandleFunc("GET /v9/{name}", exactly)
	e.GET("/files/*name", rest)
}
