// Package defers defers in loops.
package defers

import (
	"context"
	"os"
)

func found(name string) {
	for {
		f, _ := os.Open(name)
		defer f.Close() // want "SA5003: defers in this infinite loop will never run"
	}
}

// Here, cancelleak says that the cancel function comes too late.
func cancels(ctx context.Context, f func(context.Context)) {
	for {
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		f(ctx)
	}
}

func cancelsInLiteral(ctx context.Context, f func(context.Context)) {
	for {
		ctx, cancel := context.WithCancelCause(ctx)
		defer func() { cancel(nil) }()
		f(ctx)
	}
}

func silent(names chan string) error {
	for {
		f, err := os.Open(<-names)
		if err != nil {
			return err
		}
		defer f.Close()
		func() {
			g, _ := os.Open(<-names)
			defer g.Close()
		}()
	}
}
