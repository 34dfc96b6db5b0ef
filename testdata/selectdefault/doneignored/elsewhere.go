package doneignored

import (
	"context"
	"fmt"
	"log"
	"time"
)

// The loop waits elsewhere, so that it does not spin, but nothing ends it.

type stream interface{ Recv() (int, error) }

func sleepsAfterwards(ctx context.Context, step func()) {
	for {
		select {
		case <-ctx.Done(): // want "done-ignored: the loop hears of the end here and goes on, because nothing leaves it; return from this case"
			log.Print("the context is done")
		default:
		}
		step()
		time.Sleep(time.Second)
	}
}

func receivesAfterwards(ctx context.Context, in stream) {
	for {
		select {
		case <-ctx.Done(): // want "done-ignored: the loop hears of the end here and goes on"
			break
		default:
		}
		n, err := in.Recv()
		if err != nil {
			log.Print(err)
			continue
		}
		fmt.Println(n)
	}
}

func emptyAndSleeps(ctx context.Context) {
	for {
		select {
		case <-ctx.Done(): // want "done-ignored: the loop hears of the end here and goes on"
		default:
		}
		time.Sleep(time.Second)
	}
}

func flushes(ctx context.Context, jobs chan int, flush func()) {
	for {
		select {
		case <-ctx.Done(): // want "done-ignored: the loop hears of the end here and goes on"
			flush()
		case j := <-jobs:
			fmt.Println(j)
		}
	}
}

func (w *worker) sleepsAfterwards() {
	for {
		select {
		case <-w.quit: // want "done-ignored: the loop hears of the end here and goes on"
			log.Print("quitting")
		default:
		}
		time.Sleep(time.Second)
	}
}

// A context that each iteration derives is done when the outer one is.

func ofIteration(ctx context.Context, jobs chan int) {
	for {
		each, cancel := context.WithTimeout(ctx, time.Second)
		select {
		case <-each.Done(): // want "done-ignored: the loop goes on when the outer context is done, and spins, because the one that it derives is then done at once"
		case j := <-jobs:
			fmt.Println(j)
		}
		cancel()
	}
}

func ofIterationTwice(ctx context.Context, jobs chan int) {
	for {
		each, cancel := context.WithTimeout(context.WithValue(ctx, worker{}, 1), time.Second)
		select {
		case <-each.Done(): // want "done-ignored: the loop goes on when the outer context is done"
			cancel()
			continue
		case j, ok := <-jobs:
			cancel()
			if !ok {
				return
			}
			fmt.Println(j)
		}
	}
}

// Silent.

func endsWithError(ctx context.Context, receive func(context.Context) (int, error)) error {
	for {
		select { // silent "what is between two polls takes time,"
		case <-ctx.Done():
			log.Print("the context is done")
		default:
		}
		n, err := receive(ctx)
		if err != nil {
			return err
		}
		fmt.Println(n)
	}
}

func outerIsAsked(ctx context.Context, jobs chan int) {
	for {
		each, cancel := context.WithTimeout(ctx, time.Second)
		select {
		case <-each.Done():
		case j := <-jobs:
			fmt.Println(j)
		}
		cancel()
		if ctx.Err() != nil {
			return
		}
	}
}

func outerNeverEnds(jobs chan int) {
	for {
		each, cancel := context.WithTimeout(context.Background(), time.Second)
		select {
		case <-each.Done():
		case j := <-jobs:
			fmt.Println(j)
		}
		cancel()
	}
}

func outerIsHeard(ctx context.Context, jobs chan int) {
	for {
		each, cancel := context.WithTimeout(ctx, time.Second)
		select {
		case <-ctx.Done():
			cancel()
			return
		case <-each.Done():
			if ctx.Err() != nil {
				cancel()
				return
			}
		case j := <-jobs:
			fmt.Println(j)
		}
		cancel()
	}
}

func panics(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			log.Panic("done")
		default:
		}
		time.Sleep(time.Second)
	}
}

// A channel that is closed when something can begin.

type service struct{ ready chan struct{} }

func newService() *service { return &service{ready: make(chan struct{})} }

func (s *service) begin() { close(s.ready) }

func (s *service) stepOnceReady(step func()) {
	for {
		select {
		case <-s.ready:
			step()
		default:
		}
		time.Sleep(time.Second)
	}
}
