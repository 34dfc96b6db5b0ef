// Package carrier has goroutines that use what a framework takes back when a handler
// returns, and others.
package carrier

import (
	"context"
	"io"
	"net/http"
	"sync"

	"github.com/cloudwego/hertz/pkg/app"
	"github.com/gin-gonic/gin"
	"github.com/gofiber/fiber/v2"
	"github.com/labstack/echo/v4"
)

func save(string) {}

func ginHandler(c *gin.Context) {
	go func() { // want `carrier: this goroutine uses c, which is reused for another request .* give it c\.Copy\(\)`
		c.Set("seen", true)
	}()
}

func ginPassed(c *gin.Context) {
	go audit(c)  // want `carrier: this goroutine uses c`
	go ignore(c) // silent "the goroutine does not get the context"
}

func audit(c *gin.Context) { save(c.Param("id")) }

func ignore(*gin.Context) {}

// The data race is worse than the lost deadline.
func ginBoth(c *gin.Context) {
	go func() { // want `carrier: this goroutine uses c`
		http.NewRequestWithContext(c.Request.Context(), "GET", "/", nil)
	}()
}

// It is a helper, and still nobody waits.
func ginHelper(c *gin.Context, what string) {
	go func() { save(what + c.GetString("user")) }() // want `carrier: this goroutine uses c`
}

func ginAsContext(c *gin.Context, work func(context.Context)) {
	go work(c) // want `carrier: this goroutine uses c`
}

func ginCopy(c *gin.Context) {
	cc := c.Copy()
	go func() { save(cc.Param("id")) }()
	go audit(c.Copy())
}

func ginValues(c *gin.Context) {
	id := c.Param("id")
	go save(id)
}

func ginWaits(c *gin.Context) {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		save(c.Param("id"))
	}()
	wg.Wait()
}

func ginMiddleware(c *gin.Context) {
	go func() { save(c.Param("id")) }()
	c.Next()
}

func echoHandler(c echo.Context) error {
	go func() { save(c.Param("id")) }() // want `carrier: this goroutine uses c, .*; copy what it needs first`
	return nil
}

func fiberHandler(c *fiber.Ctx) error {
	go func() { save(c.Params("id")) }() // want `carrier: this goroutine uses c`
	return nil
}

func hertzHandler(ctx context.Context, c *app.RequestContext) {
	go func() { save(c.Param("id")) }() // want `carrier: this goroutine uses c, .* give it c\.Copy\(\)`
}

func writer(w http.ResponseWriter, r *http.Request) {
	go func() { w.Write([]byte("done")) }() // want `carrier: this goroutine uses w, which is invalid when the handler returns`
}

func body(w http.ResponseWriter, r *http.Request) {
	go io.Copy(io.Discard, r.Body)
	go func() { // want `carrier: this goroutine reads the body of r, which the server closes`
		data, _ := io.ReadAll(r.Body)
		save(string(data))
	}()
}

func bodyBefore(w http.ResponseWriter, r *http.Request) {
	data, _ := io.ReadAll(r.Body)
	go save(string(data))
	go save(r.URL.Path)
}

type hub struct {
	current *gin.Context
	queue   chan *gin.Context
	byUser  map[string]echo.Context
}

var last *gin.Context

func (h *hub) keep(c *gin.Context) {
	h.current = c // want `carrier: c is kept in h\.current`
}

func (h *hub) enqueue(c *gin.Context) {
	h.queue <- c // want `carrier: c is kept in h\.queue`
}

func (h *hub) index(c echo.Context) error {
	h.byUser[c.Param("user")] = c // want `carrier: c is kept in h\.byUser`
	return nil
}

func (h *hub) inFlight(c echo.Context) error {
	h.byUser[c.Param("user")] = c // silent "the function may take it back, stores"
	defer delete(h.byUser, c.Param("user"))
	return nil
}

func global(c *gin.Context) {
	last = c // want `carrier: c is kept in the variable last`
}

type view struct{ c *gin.Context }

func local(c *gin.Context) {
	v := &view{c} // silent "what it is put into is not seen to be"
	v.c.Status(http.StatusOK)
}

func (h *hub) routes(g *gin.Engine, e *echo.Echo) {
	g.GET("/keep", h.keep)
	g.GET("/enqueue", h.enqueue)
	e.GET("/index", h.index)
	e.GET("/flight", h.inFlight)
}

type recorder struct{ http.ResponseWriter }

// The receiver may be one of a pool.
func (r *recorder) reset(w http.ResponseWriter) { r.ResponseWriter = w } // silent "the function is not known to be what"

// What is of the request that is served lives as long as what it keeps.
func nested(run func(echo.HandlerFunc, echo.Context) error) echo.HandlerFunc {
	return func(c echo.Context) error {
		v := &seen{}
		err := run(func(c echo.Context) error { v.c = c; return nil }, c)
		save(v.c.Path())
		return err
	}
}

func around(run func(echo.HandlerFunc)) *seen {
	v := &seen{}
	run(func(c echo.Context) error {
		v.c = c // want `carrier: c is kept in the variable v`
		return nil
	})
	return v
}

type seen struct{ c echo.Context }
