package blockedsend

import (
	"context"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"
)

// The advice names the context that the goroutine can ask.

func parameter(ctx context.Context, check func() error) error {
	errc := make(chan error)
	go func() {
		errc <- check() // want `blocked-send: ; give the channel a buffer, or select on ctx\.Done\(\) too$`
	}()
	select {
	case err := <-errc:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

func ofRequest(w http.ResponseWriter, r *http.Request, check func() error) {
	errc := make(chan error)
	go func() {
		errc <- check() // want `blocked-send: or select on r\.Context\(\)\.Done\(\) too$`
	}()
	select {
	case <-errc:
	case <-r.Context().Done():
	}
}

func none(check func() error) error {
	errc := make(chan error)
	go func() {
		errc <- check() // want `blocked-send: or select on a context too$`
	}()
	select {
	case err := <-errc:
		return err
	case <-time.After(time.Second):
		return nil
	}
}

func ask(errc chan<- error, check func() error) {
	errc <- check() // want `blocked-send: or select on a context too$`
}

// The sender is not given the context.
func elsewhere(ctx context.Context, check func() error) error {
	errc := make(chan error)
	go ask(errc, check)
	select {
	case err := <-errc:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// The request is another one's when the handler has returned.
func handled(c *gin.Context, check func() error) {
	errc := make(chan error)
	go func() {
		errc <- check() // want `blocked-send: or select on a context too$`
	}()
	select {
	case <-errc:
	case <-time.After(time.Second):
		c.Status(http.StatusAccepted)
	}
}
