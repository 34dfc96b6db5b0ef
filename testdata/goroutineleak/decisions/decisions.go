// Package decisions has a line for each reason for which a goroutine, or an operation on a
// channel, is left as it is.
package decisions

import (
	"context"
	"net"
	"net/http"
	"time"

	"golang.org/x/sync/errgroup"
)

func work(int) error { return nil }

func init() {
	in := make(chan int)
	go func() { // silent "it may live as long as the process"
		for v := range in {
			work(v)
		}
	}()
}

func ends(ctx context.Context, in <-chan int) {
	go func() { // silent "no loop that the goroutine is certain to get to is without a way out"
		for {
			select {
			case v := <-in:
				work(v)
			case <-ctx.Done():
				return
			}
		}
	}()
}

func alone(in <-chan int) {
	go func() { // silent "nothing is at hand that should end the goroutine"
		for { // silent "no context and no channel is at hand"
			work(<-in)
		}
	}()
}

func unknown(ctx context.Context, task func()) {
	go task() // silent "what the goroutine runs is out of view"
}

func stays(ctx context.Context, in <-chan int) {
	for { // silent "the loop listens for the end"
		select {
		case v := <-in:
			work(v)
		case <-ctx.Done():
			work(0)
		}
	}
}

func buffered(ctx context.Context) error {
	done := make(chan error, 1)
	go func() { // silent "the channel has room for all that is sent"
		done <- work(1) // silent "the channel has room for all that is sent"
	}()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

func produced() <-chan error {
	done := make(chan error)
	go func() {
		done <- work(1) // silent "the function returns the channel"
	}()
	return done
}

func drained() error {
	done := make(chan error)
	go func() {
		done <- work(1) // silent "every way out of the function receives"
	}()
	return <-done
}

func alike(wait bool) error {
	done := make(chan error)
	go func() {
		err := work(1)
		if wait {
			done <- err // silent "who sends and who receives look at the same variable"
		}
	}()
	if wait {
		return <-done
	}
	return nil
}

func given(register func(chan error)) {
	done := make(chan error)
	register(done)
	go func() {
		done <- work(1) // silent "who sends on the channel and who receives from it is not all in view"
	}()
}

func involved(n int) {
	done := make(chan error)
	go func() {
		done <- work(n) // silent "what receives, or the way out of the function"
	}()
	onAndOff(done, n)
}

func onAndOff(done chan error, n int) {
	for i := range n {
		from := done
		if i > 1 {
			from = nil
		}
		select {
		case <-from:
			return
		case <-time.After(time.Second):
		}
	}
}

type hub struct{ in chan int }

func newHub() *hub { return &hub{in: make(chan int)} }

func (h *hub) run() {
	for v := range h.in {
		work(v)
	}
}

func (h *hub) post(v int) {
	h.in <- v // silent "the other side is not seen to leave"
}

func tick(ctx context.Context) {
	t := time.NewTicker(time.Second) // silent "since Go 1.23, the runtime collects tickers"
	for range 3 {
		<-t.C
	}
}

func alarm(d time.Duration) {
	t := time.NewTimer(d)
	if !t.Stop() {
		<-t.C // silent "the receive after Stop is made only if"
	}
}

func nothingAtHand() {
	go func() {
		http.ListenAndServe(":80", nil) // silent "no context and no channel is at hand"
	}()
}

func closes(ctx context.Context, addr string) error {
	ln, err := net.Listen("tcp", addr)
	if err != nil {
		return err
	}
	go func() {
		http.Serve(ln, nil) // silent "something in view may close the listener"
	}()
	<-ctx.Done()
	return ln.Close()
}

func knows(ctx context.Context) error {
	g, gctx := errgroup.WithContext(ctx)
	g.Go(func() error { return gctx.Err() })
	g.Go(func() error {
		<-ctx.Done() // silent "the task also uses the context of the group"
		return gctx.Err()
	})
	return g.Wait()
}

func dropped(ctx context.Context) {
	g, _ := errgroup.WithContext(ctx) // silent "nobody waits for the group"
	g.Go(func() error { return ctx.Err() })
}

func later(ctx context.Context, in <-chan int) error {
	defer func() {
		work(<-in) // silent "the context at hand is that of an object, or the function runs at another time"
	}()
	return ctx.Err()
}
