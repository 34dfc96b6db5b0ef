package noreturn

import (
	"context"
	"fmt"
	"log"
	"os"

	"go.uber.org/zap"
	"k8s.io/klog/v2"
)

// Functions with alarming names that return.

func logError(ctx context.Context) {
	ctx, cancel := context.WithCancel(ctx) // want "path: is not called on every path"
	if err := work(ctx); err != nil {
		log.Println(err)
		return
	}
	cancel()
}

func zapError(ctx context.Context, l *zap.Logger) {
	ctx, cancel := context.WithCancel(ctx) // want "path: is not called on every path"
	if err := work(ctx); err != nil {
		l.Error("work", zap.Error(err))
		return
	}
	cancel()
}

func klogError(ctx context.Context) {
	ctx, cancel := context.WithCancel(ctx) // want "path: is not called on every path"
	if err := work(ctx); err != nil {
		klog.Error(err)
		return
	}
	cancel()
}

func fatalf(format string, args ...any) {
	fmt.Fprintf(os.Stderr, format, args...)
}

func misnamed(ctx context.Context) {
	ctx, cancel := context.WithCancel(ctx) // want "path: is not called on every path"
	if err := work(ctx); err != nil {
		fatalf("%v", err)
		return
	}
	cancel()
}

// Dies on one of its paths only.
func dieUnlessCanceled(err error) {
	if err == context.Canceled {
		return
	}
	panic(err)
}

func sometimesDies(ctx context.Context) {
	ctx, cancel := context.WithCancel(ctx) // want "path: is not called on every path"
	if err := work(ctx); err != nil {
		dieUnlessCanceled(err)
		return
	}
	cancel()
}

// Recovers itself and so returns.
func recovers() {
	defer func() { recover() }()
	panic("never mind")
}

func afterRecovering(ctx context.Context) {
	ctx, cancel := context.WithCancel(ctx) // want "path: is not called on every path"
	if err := work(ctx); err != nil {
		recovers()
		return
	}
	cancel()
}

// The exit code is computed, the exit left to the caller.
func exitCode(ctx context.Context) int {
	ctx, cancel := context.WithCancel(ctx) // want "path: is not called on every path"
	if err := work(ctx); err != nil {
		return 1
	}
	cancel()
	return 0
}

// There is a way out of the loop.
func notEndless(ctx context.Context, jobs <-chan int) {
	ctx, cancel := context.WithCancel(ctx) // want "path: is not called on every path"
	if work(ctx) == nil {
		cancel()
		return
	}
	for n := range jobs {
		if n == 0 {
			break
		}
	}
}
