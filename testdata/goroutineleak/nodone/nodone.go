// Package nodone has loops that wait without listening to the context at hand.
package nodone

import (
	"context"
	"fmt"
	"time"
)

type worker struct {
	jobs   chan int
	wake   chan struct{}
	closed chan struct{}
	out    chan int
	lines  chan string
}

func (w *worker) run(ctx context.Context) {
	t := time.NewTicker(time.Second)
	defer t.Stop()
	for {
		select { // want "no-done: the loop waits here forever when ctx is done, because nothing in it listens for that; add a case for ctx.Done\\(\\) and return"
		case <-t.C:
			fmt.Println("tick")
		case j := <-w.jobs:
			fmt.Println(j)
		}
	}
}

func (w *worker) bare(ctx context.Context) error {
	for {
		j := <-w.jobs // want "no-done: the loop waits here forever when ctx is done"
		if err := handle(ctx, j); err != nil {
			fmt.Println(err)
		}
	}
}

func handle(ctx context.Context, j int) error { return nil }

func (w *worker) add(j int) {
	w.jobs <- j
	w.wake <- struct{}{}
}

func send(ctx context.Context, out chan<- int) {
	for i := 0; ; i++ {
		out <- i // want "no-done: the loop waits here forever when ctx is done"
	}
}

// The loop listens, but the send in it does not.

func (w *worker) forward(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case j := <-w.jobs:
			w.out <- j // want "medium no-done: this send blocks forever when its receiver leaves first, although the loop listens to ctx"
		}
	}
}

func (w *worker) receive(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case j := <-w.out:
			fmt.Println(j)
		}
	}
}

// Both sides listen to the same one.

func pair(ctx context.Context, jobs <-chan int) {
	out := make(chan int)
	go func() {
		for {
			select {
			case <-ctx.Done():
				return
			case j := <-jobs:
				out <- j // want "no-done: this send blocks forever when its receiver leaves first, although the loop listens to ctx"
			}
		}
	}()
	go func() {
		for {
			select {
			case <-ctx.Done():
				return
			case j := <-out:
				fmt.Println(j)
			}
		}
	}()
}

func newWorker() *worker {
	return &worker{jobs: make(chan int), out: make(chan int), wake: make(chan struct{}, 1), closed: make(chan struct{}), lines: make(chan string)}
}

// Silent.

func (w *worker) listens(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case j := <-w.jobs:
			fmt.Println(j)
		}
	}
}

func (w *worker) listensToClose(ctx context.Context) {
	for {
		select {
		case <-w.closed:
			return
		case <-w.wake:
		}
	}
}

func (w *worker) Close() { close(w.closed) }

func (w *worker) polls(ctx context.Context) error {
	for ctx.Err() == nil {
		<-w.wake
	}
	return ctx.Err()
}

func (w *worker) asks(ctx context.Context) error {
	for {
		<-w.wake
		if err := ctx.Err(); err != nil {
			return err
		}
	}
}

func (w *worker) forwardLines(ctx context.Context) {
	defer close(w.lines)
	for {
		select {
		case <-ctx.Done():
			return
		case j := <-w.jobs:
			w.lines <- fmt.Sprint(j)
		}
	}
}

func (w *worker) print() {
	for l := range w.lines {
		fmt.Println(l)
	}
}

func noContext(jobs chan int) {
	for {
		fmt.Println(<-jobs)
	}
}

func generate(ctx context.Context, in <-chan int) <-chan int {
	out := make(chan int)
	go func() {
		defer close(out)
		for {
			select {
			case <-ctx.Done():
				return
			case i := <-in:
				select {
				case out <- i:
				case <-ctx.Done():
					return
				}
			}
		}
	}()
	return out
}
