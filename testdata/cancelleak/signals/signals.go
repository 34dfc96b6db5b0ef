// Package signals holds the stop functions of signal contexts.
package signals

import (
	"context"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"
)

func work(ctx context.Context) error { return ctx.Err() }

func discarded(ctx context.Context) error {
	ctx, _ = signal.NotifyContext(ctx, os.Interrupt) // want "discarded: stop function of signal.NotifyContext is discarded"
	return work(ctx)
}

func neverUsed(ctx context.Context) error {
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt) // want "discarded: is never used"
	_ = stop
	return work(ctx)
}

func path(ctx context.Context) error {
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM) // want "path: is not called on every path"
	if err := work(ctx); err != nil {
		return err
	}
	stop()
	return nil
}

func conditional(ctx context.Context, interactive bool) error {
	if interactive {
		var stop context.CancelFunc
		ctx, stop = signal.NotifyContext(ctx, os.Interrupt) // want "path: is not called on every path"
		if work(ctx) == nil {
			defer stop()
		}
	}
	return work(ctx)
}

func loop(ctx context.Context, prompts []string) {
	for range prompts {
		c, stop := signal.NotifyContext(ctx, os.Interrupt)
		defer stop() // want "low loop: defer .* in a loop"
		work(c)
	}
}

// Silent.

func deferred(ctx context.Context) error {
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt)
	defer stop()
	return work(ctx)
}

// After the first signal the default behaviour is restored, as documented.
func afterFirst(ctx context.Context, s *http.Server) error {
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt)
	go func() {
		<-ctx.Done()
		stop()
		shutdown, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		s.Shutdown(shutdown)
	}()
	return s.ListenAndServe()
}

func afterFuncStop(ctx context.Context) context.Context {
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt)
	context.AfterFunc(ctx, stop)
	return ctx
}

func returned(ctx context.Context) (context.Context, context.CancelFunc) {
	return signal.NotifyContext(ctx, os.Interrupt, os.Kill)
}

// Notify and Stop have no context.
func notify() {
	c := make(chan os.Signal, 1)
	signal.Notify(c, os.Interrupt)
	<-c
}
