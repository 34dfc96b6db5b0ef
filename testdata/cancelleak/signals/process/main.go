// The main package catches signals as long as the process lives.
package main

import (
	"context"
	"os"
	"os/signal"
)

func main() {
	ctx, _ := signal.NotifyContext(context.Background(), os.Interrupt) // want "low discarded: the stop function of signal.NotifyContext is discarded"
	for range 3 {
		try(ctx)
	}
	<-ctx.Done()
}

func try(ctx context.Context) {
	sub, _ := signal.NotifyContext(ctx, os.Interrupt) // want "discarded: the stop function of signal.NotifyContext is discarded"
	<-sub.Done()
}
