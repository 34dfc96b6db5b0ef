package cli

import (
	"context"
	"os"
	"os/signal"

	"github.com/ctxlint/ctxlint/internal/driver/gocmd"
)

// handleSignals returns a context that ends when the user interrupts the run. A
// second interrupt means that the user does not want to wait for children to
// end: they are killed.
func handleSignals(g *gocmd.Go) (ctx context.Context, stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	signals := make(chan os.Signal, 2)
	signal.Notify(signals, interrupts...)
	done := make(chan struct{})
	go func() {
		for {
			select {
			case <-done:
				return
			case <-signals:
				if ctx.Err() != nil {
					g.Kill()
				}
				cancel()
			}
		}
	}()
	return ctx, func() {
		signal.Stop(signals)
		close(done)
		cancel()
	}
}
