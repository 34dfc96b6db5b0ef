// Package fixes has findings with a fix, and at the end those without.
package fixes

import (
	"context"
	"fmt"
	"time"
)

func spin(done chan struct{}) {
	for {
		select { // want "spin: without a pause"
		case <-done:
			return
		default:
		}
	}
}

func spinTwo(done chan struct{}, jobs chan int) {
	for {
		select { // want "spin: without a pause"
		default:
		case <-done:
			return
		case j := <-jobs:
			fmt.Println(j)
		}
	}
}

func empty(ctx context.Context, jobs chan int) {
	for {
		select {
		case <-ctx.Done(): // want "done-ignored: goes on after this case"
		case <-jobs:
		}
	}
}

func breaks(ctx context.Context, jobs chan int) error {
	for {
		select {
		case <-ctx.Done(): // want "done-ignored: goes on after this case"
			break
		case <-jobs:
		}
	}
}

func send(ctx context.Context) error {
	out := make(chan int)
	go func() { fmt.Println(<-out) }()
	for n := 0; ; n++ {
		select {
		case <-ctx.Done():
			return ctx.Err()
		default:
			out <- n // want "uncancellable: this send is not interrupted"
			fmt.Println(n)
		}
	}
}

func sleep(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		default:
			time.Sleep(time.Minute) // want "uncancellable: this sleep is not interrupted"
		}
	}
}

func receive(ctx context.Context) int {
	ch := make(chan int)
	go func() {
		time.Sleep(time.Minute)
		ch <- 1
	}()
	select {
	case <-ctx.Done():
	default:
		n := <-ch // want "uncancellable: this receive is not interrupted"
		return n
	}
	return 0
}

// Without.

func spinCheap(done chan struct{}) (n int) {
	for {
		select { // want "spin: without a pause"
		case <-done:
			return n
		default:
			n++
		}
	}
}

func spinComment(done chan struct{}) {
	for {
		select { // want "spin: without a pause"
		case <-done:
			return
		default:
			// nothing yet
		}
	}
}

func otherResults(ctx context.Context, jobs chan int) (int, error) {
	for {
		select {
		case <-ctx.Done(): // want "done-ignored: goes on after this case"
		case j := <-jobs:
			fmt.Println(j)
		}
	}
}

func otherExit(ctx context.Context, jobs chan int) {
	for {
		select {
		case <-ctx.Done(): // want "done-ignored: goes on after this case"
			continue
		case j := <-jobs:
			if j == 0 {
				return
			}
		}
	}
}

func computed(ctx context.Context, out chan<- int, next func() int) {
	select {
	case <-ctx.Done():
	default:
		out <- next() // want "low uncancellable: this send is not interrupted"
	}
}

func later(ctx context.Context, out chan<- int) {
	select {
	case <-ctx.Done():
	default:
		fmt.Println("sending")
		out <- 1 // want "low uncancellable: this send is not interrupted"
	}
}
