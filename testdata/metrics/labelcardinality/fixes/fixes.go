// Package fixes has findings with a fix, and without.
package fixes

import (
	"net/http"

	"github.com/gin-gonic/gin"
	"github.com/gofiber/fiber/v2"
	"github.com/labstack/echo/v4"
	"github.com/prometheus/client_golang/prometheus"
)

var vec = prometheus.NewCounterVec(prometheus.CounterOpts{Name: "seen_total"}, []string{"path"})

func ofGin(c *gin.Context) {
	vec.WithLabelValues(c.Request.URL.Path).Inc() // want `request: each c.Request.URL.Path`
}

func ofEcho(c echo.Context) error {
	vec.With(prometheus.Labels{"path": c.Request().URL.Path}).Inc() // want `request: each c.Request\(\).URL.Path`
	return nil
}

func ofFiber(c *fiber.Ctx) error {
	vec.WithLabelValues("path " + c.Path()).Inc() // want `request: each c.Path\(\)`
	return nil
}

// The path may be needed as it is elsewhere.
func read(c *gin.Context) {
	path := c.Request.URL.Path
	c.String(200, path)
	vec.WithLabelValues(path).Inc() // want `request: each c.Request.URL.Path`
}

// The pattern is not there before the mux has run.
func ofHTTP(w http.ResponseWriter, r *http.Request) {
	vec.WithLabelValues(r.URL.Path).Inc() // want `request: each r.URL.Path`
}
