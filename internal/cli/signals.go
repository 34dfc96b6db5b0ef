package cli

import (
	"context"
	"os"
	"os/signal"
	"time"

	"github.com/ctxlint/ctxlint/internal/driver/gocmd"
)

// How long a run may take to end after the first interrupt, and after the second.
// Nothing but a system call that cannot be interrupted takes that long, such as one that
// waits for the reader of a pipe.
const (
	orderly = 8 * time.Second
	hurried = time.Second
)

// handleSignals returns a context that ends when the user interrupts the run. A
// second interrupt means that the user does not want to wait for children to
// end: they are killed. A run that does not end by itself is ended.
func handleSignals(g *gocmd.Go) (ctx context.Context, stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	signals := make(chan os.Signal, 2)
	signal.Notify(signals, interrupts...)
	done := make(chan struct{})
	go func() {
		var last <-chan time.Time
		for {
			select {
			case <-done:
				return
			case <-last:
				g.Kill()
				os.Exit(exitFailure)
			case <-signals:
				last = time.After(orderly)
				if ctx.Err() != nil {
					g.Kill()
					last = time.After(hurried)
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
