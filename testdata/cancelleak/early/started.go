package early

import (
	"context"
	"log"
	"net/http"
	"time"
)

// Nothing waits for the goroutine: its context is dead as soon as it starts.
func starts(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	go work(ctx) // want "early: goroutine|started"
}

func startsAndReturns(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	if ctx.Err() != nil {
		return ctx.Err()
	}
	go work(ctx) // want "early: goroutine|started"
	return nil
}

func startsLiteral(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	go func() { // want "early: goroutine|started"
		if err := work(ctx); err != nil {
			log.Print(err)
		}
	}()
}

func startsDerived(ctx context.Context) {
	type key struct{}
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	go work(context.WithValue(ctx, key{}, 1)) // want "early: goroutine|started"
}

type server struct{}

func (s *server) process(ctx context.Context) error { return work(ctx) }

// The handler answers and is gone before the work has begun.
func (s *server) handle(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), time.Minute)
	defer cancel()
	go s.process(ctx) // want "early: goroutine|started"
	w.WriteHeader(http.StatusAccepted)
}

// Used, cancelled, and then given to a goroutine.
func startsAfterCall(ctx context.Context) error {
	c, cancel := context.WithTimeout(ctx, time.Second)
	err := work(c)
	cancel()
	go work(c) // want "early: goroutine|started"
	return err
}

func startsAfterCallLiteral(ctx context.Context) error {
	c, cancel := context.WithTimeout(ctx, time.Second)
	if err := work(c); err != nil {
		cancel()
		return err
	}
	cancel()
	go func() { // want "early: goroutine|started"
		work(c)
	}()
	return work(ctx)
}
