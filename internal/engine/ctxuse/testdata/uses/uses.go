// Package uses has functions that do all kinds of things with their context.
package uses

import (
	"context"
	"log/slog"
	"sync"
)

type key struct{}

type Client struct{ ctx context.Context }

func Waits(ctx context.Context) error {
	<-ctx.Done()
	return ctx.Err()
}

func Hands(ctx context.Context) error { return Waits(ctx) }

func HandsDerived(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	return Waits(ctx)
}

func HandsToValue(ctx context.Context, f func(context.Context)) { f(ctx) }

func InLiteral(ctx context.Context, run func(func())) { run(func() { Waits(ctx) }) }

func Blank(_ context.Context, n int) int { return n } // want Blank:"context is inert"

func Logs(ctx context.Context, msg string) { slog.InfoContext(ctx, msg) } // want Logs:"context is inert"

func Reads(ctx context.Context) string { // want Reads:"context is inert"
	s, _ := ctx.Value(key{}).(string)
	return s
}

func LogsThroughOther(ctx context.Context) { Logs(ctx, Reads(ctx)) } // want LogsThroughOther:"context is inert"

func Derives(ctx context.Context) context.Context { return context.WithValue(ctx, key{}, "x") } // want Derives:"context is inert"

func Polls(ctx context.Context) bool { // want Polls:"context is inert"
	select {
	case <-ctx.Done():
		return true
	default:
	}
	return ctx.Err() != nil
}

func PollsInLoop(ctx context.Context, n int) (sum int) {
	for i := range n {
		if ctx.Err() != nil {
			break
		}
		sum += i
	}
	return sum
}

func New(ctx context.Context) *Client { return &Client{ctx: ctx} } // want New:"keeps its context"

func NewWithNew(ctx context.Context) *Client { return New(ctx) } // want NewWithNew:"keeps its context"

func (c *Client) Bind(ctx context.Context) { c.ctx = ctx } // want Bind:"keeps its context"

func Option(ctx context.Context) func(*Client) { // want Option:"keeps its context"
	return func(c *Client) { c.ctx = ctx }
}

func Start(ctx context.Context) { // want Start:"keeps its context"
	go Waits(ctx)
}

func StartAll(ctx context.Context) { Start(ctx) } // want StartAll:"keeps its context"

// Work may start something on the side.
func Work(ctx context.Context) { Start(ctx) }

func Joins(ctx context.Context) {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		Waits(ctx)
	}()
	wg.Wait()
}

func Recursive(ctx context.Context, n int) { // want Recursive:"context is inert"
	if n > 0 {
		Recursive(ctx, n-1)
	}
}

func unexported(ctx context.Context) { Logs(ctx, "") }
