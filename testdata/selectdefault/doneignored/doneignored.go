// Package doneignored has loops that go on when they are told to end.
package doneignored

import (
	"context"
	"fmt"
	"log"
	"time"
)

func empty(ctx context.Context, jobs chan int) {
	for {
		select {
		case <-ctx.Done(): // want "done-ignored: the loop goes on after this case and chooses it again and again"
		case j := <-jobs:
			fmt.Println(j)
		}
	}
}

func continues(ctx context.Context, jobs chan int) error {
	for {
		select {
		case <-ctx.Done(): // want "done-ignored: the loop goes on after this case"
			continue
		case j := <-jobs:
			fmt.Println(j)
		}
	}
}

func breaks(ctx context.Context, jobs chan int) {
	for {
		select {
		case <-ctx.Done(): // want "done-ignored: the loop goes on after this case"
			break
		case j := <-jobs:
			fmt.Println(j)
		}
	}
}

func logs(ctx context.Context, jobs chan int) {
	for {
		select {
		case <-ctx.Done(): // want "done-ignored: the loop goes on after this case"
			log.Print("stopping")
		case j, ok := <-jobs:
			if !ok {
				return
			}
			fmt.Println(j)
		}
	}
}

type worker struct {
	quit chan struct{}
	jobs chan int
}

func newWorker() *worker { return &worker{quit: make(chan struct{})} }

func (w *worker) stop() { close(w.quit) }

func (w *worker) run() {
	for {
		select {
		case <-w.quit: // want "done-ignored: the loop goes on after this case"
			break
		case j := <-w.jobs:
			fmt.Println(j)
		}
	}
}

func once(ctx context.Context, t *time.Ticker) {
	done := ctx.Done()
	for {
		select {
		case <-done: // want "done-ignored: the loop goes on after this case"
		case <-t.C:
		}
	}
}

// Silent.

func returns(ctx context.Context, jobs chan int) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-jobs:
		}
	}
}

func labelled(ctx context.Context, jobs chan int) {
loop:
	for {
		select {
		case <-ctx.Done():
			break loop
		case <-jobs:
		}
	}
}

func asksBelow(ctx context.Context, t *time.Ticker) {
	for {
		select {
		case <-ctx.Done(): // silent "the case does something that takes time,"
		case <-t.C:
		}
		if ctx.Err() != nil {
			return
		}
	}
}

func asksAbove(ctx context.Context, t *time.Ticker) {
	for ctx.Err() == nil {
		select {
		case <-ctx.Done():
		case <-t.C:
		}
	}
}

func setsNil(ctx context.Context, jobs chan int) {
	done := ctx.Done()
	for {
		select {
		case <-done: // silent "each iteration makes the channel of"
			done = nil
		case _, ok := <-jobs:
			if !ok {
				return
			}
		}
	}
}

func setsFlag(ctx context.Context, jobs chan int) {
	stopping := false
	for {
		select {
		case <-ctx.Done():
			stopping = true
		case <-jobs:
		}
		if stopping {
			return
		}
	}
}

func wakeUps(wake chan struct{}, jobs chan int) {
	for {
		select {
		case <-wake:
		case <-jobs:
		}
	}
}

func works(ctx context.Context, jobs chan int, drain func()) {
	for {
		select {
		case <-ctx.Done():
			drain()
		case <-jobs:
			return
		}
	}
}

func bounded(ctx context.Context, jobs chan int) {
	for range 3 {
		select {
		case <-ctx.Done():
		case <-jobs:
		}
	}
}

// The counter ends the loop, whatever the select does.
func polled(ctx context.Context, n int) {
	for i := 0; i < n; i++ {
		select { // silent "the loop also ends by a condition that"
		case <-ctx.Done():
		default:
		}
	}
}

// Each request has a context of its own, whose end says nothing of the others.

type request struct {
	ctx  context.Context
	done chan struct{}
}

func serve(requests chan request) {
	for r := range requests {
		if r.ctx != nil {
			select {
			case <-r.ctx.Done():
				close(r.done)
				continue
			default:
			}
		}
		fmt.Println(r)
	}
}

func serveAll(requests chan *request) {
	for {
		r := <-requests
		select {
		case <-r.ctx.Done():
			close(r.done)
			continue
		default:
		}
		fmt.Println(r)
	}
}

// This one has the same context all the time.
func (r *request) run(jobs chan int) {
	for {
		select {
		case <-r.ctx.Done(): // want "done-ignored: the loop goes on after this case"
		case j := <-jobs:
			fmt.Println(j)
		}
	}
}
