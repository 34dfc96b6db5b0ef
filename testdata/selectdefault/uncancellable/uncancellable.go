// Package uncancellable has polls of a context before a wait that does not
// listen to it.
package uncancellable

import (
	"bufio"
	"context"
	"fmt"
	"log"
	"sync"
	"time"
)

func send(ctx context.Context, out chan<- int, n int) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	default:
		out <- n // want "low uncancellable: this send is not interrupted when the context is done, which is only checked before it"
	}
	return nil
}

func sendInLoop(ctx context.Context, out chan<- string, s *bufio.Scanner) error {
	for s.Scan() {
		select {
		case <-ctx.Done():
			return ctx.Err()
		default:
			out <- s.Text() // want "low uncancellable: this send is not interrupted"
		}
	}
	return s.Err()
}

func sleep(ctx context.Context, step func()) {
	for {
		select {
		case <-ctx.Done():
			return
		default:
			step()
			time.Sleep(10 * time.Second) // want "uncancellable: this sleep is not interrupted"
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
		return 0
	default:
		return1 := <-ch // want "uncancellable: this receive is not interrupted"
		return return1
	}
}

func rangeOver(ctx context.Context) {
	ch := make(chan int)
	go func() {
		defer close(ch)
		for i := range 10 {
			time.Sleep(time.Minute)
			ch <- i
		}
	}()
	select {
	case <-ctx.Done():
		return
	default:
		for i := range ch { // want "uncancellable: this range is not interrupted"
			fmt.Println(i)
		}
	}
}

func wait(ctx context.Context) {
	var wg sync.WaitGroup
	wg.Go(func() { time.Sleep(time.Minute) })
	select {
	case <-ctx.Done():
		return
	default:
		wg.Wait() // want "uncancellable: this wait is not interrupted"
	}
}

func visible(ctx context.Context) {
	out := make(chan int)
	go func() {
		for i := range out {
			if i > 10 {
				return
			}
		}
	}()
	for i := range 100 {
		select {
		case <-ctx.Done():
			return
		default:
			out <- i // want "uncancellable: this send is not interrupted"
		}
	}
}

// Nothing shows that these last.

func quickSender(ctx context.Context, compute func() int) int {
	ch := make(chan int)
	go func() { ch <- 7 * 6 }()
	select {
	case <-ctx.Done():
		return 0
	default:
		return1 := <-ch // want "low uncancellable: this receive is not interrupted"
		return return1
	}
}

func quickGoroutine(ctx context.Context, sums []int) {
	var wg sync.WaitGroup
	wg.Go(func() { sums[0] = sums[1] + sums[2] })
	select {
	case <-ctx.Done():
		return
	default:
		wg.Wait() // want "low uncancellable: this wait is not interrupted"
	}
}

// Silent.

type conn struct{ r *bufio.Scanner }

func (c *conn) Close() {}

func joinsAfterClose(ctx context.Context, c *conn) {
	var wg sync.WaitGroup
	wg.Go(func() {
		for c.r.Scan() {
			time.Sleep(time.Minute)
		}
	})
	select {
	case <-ctx.Done():
		return
	default:
		c.Close()
		wg.Wait() // silent "what is waited for has been let go just"
	}
}

func joinsAfterCloseOfChannel(ctx context.Context, jobs []int) {
	var wg sync.WaitGroup
	ch := make(chan int)
	wg.Go(func() {
		for j := range ch {
			fmt.Println(j)
		}
	})
	for _, j := range jobs {
		ch <- j
	}
	select {
	case <-ctx.Done():
		close(ch)
		return
	default:
		close(ch)
		wg.Wait()
	}
}

func check(ctx context.Context) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	default:
	}
	return nil
}

func nap(ctx context.Context, step func()) {
	for {
		select {
		case <-ctx.Done():
			return
		default:
			step()
			time.Sleep(10 * time.Millisecond) // silent "the sleep is too short to be worth an"
		}
	}
}

func secondly(ctx context.Context, step func()) {
	for {
		select {
		case <-ctx.Done():
			return
		default:
			step()
			time.Sleep(time.Second)
		}
	}
}

func ownDelay(ctx context.Context, d time.Duration) {
	for {
		select {
		case <-ctx.Done():
			return
		default:
			time.Sleep(d)
		}
	}
}

func tick(ctx context.Context, t *time.Ticker) {
	for {
		select {
		case <-ctx.Done():
			return
		default:
			<-t.C // silent "those who send hear of the end themselves,"
		}
	}
}

func work(ctx context.Context, step func(context.Context)) {
	for {
		select {
		case <-ctx.Done():
			return
		default:
			step(ctx)
		}
	}
}

func semaphore(ctx context.Context, sem chan struct{}) {
	select {
	case <-ctx.Done():
		return
	default:
		sem <- struct{}{} // silent "the send does not wait for somebody"
	}
}

func buffered(ctx context.Context) {
	ch := make(chan int, 1)
	select {
	case <-ctx.Done():
		return
	default:
		ch <- 1
	}
	fmt.Println(<-ch)
}

func drained(ctx context.Context) {
	ch := make(chan int)
	go func() {
		for i := range ch {
			fmt.Println(i)
		}
	}()
	defer close(ch)
	for i := 0; ; i++ {
		select {
		case <-ctx.Done():
			return
		default:
			ch <- i
		}
	}
}

func listens(ctx context.Context) {
	ch := make(chan int)
	go func() {
		defer close(ch)
		for i := 0; ; i++ {
			select {
			case ch <- i:
			case <-ctx.Done():
				return
			}
		}
	}()
	select {
	case <-ctx.Done():
		return
	default:
		for i := range ch {
			fmt.Println(i)
		}
	}
}

func parameter(ctx context.Context, in <-chan int) {
	for {
		select {
		case <-ctx.Done():
			return
		default:
			i, ok := <-in
			if !ok {
				return
			}
			log.Print(i)
		}
	}
}

func selects(ctx context.Context, out chan<- int) {
	select {
	case <-ctx.Done():
		return
	default:
		select {
		case <-ctx.Done():
		case out <- 1:
		}
	}
}

func inGoroutine(ctx context.Context, out chan<- int) {
	select {
	case <-ctx.Done():
		return
	default:
		go func() { out <- 1 }()
	}
}
