package unstoppable

import (
	"context"
	"fmt"
	"time"
)

// The loop hears of the end, and stays. That is this analyzer's, and not
// selectdefault's, whichever of the two is asked: see selectdefault/doneignored.

func ignores(ctx context.Context, jobs chan int) {
	go func() { // want "low unstoppable: the goroutine runs on when ctx is done, because its loop hears of the end and stays, and then spins; return in that case"
		for {
			select {
			case <-ctx.Done():
				continue
			case j := <-jobs:
				fmt.Println(j)
			}
		}
	}()
}

func cleansUp(ctx context.Context, jobs chan int, flush func()) {
	go func() { // want "low unstoppable: the goroutine runs on when ctx is done"
		for {
			select {
			case <-ctx.Done():
				flush()
			case j := <-jobs:
				fmt.Println(j)
			}
		}
	}()
}

func polls(ctx context.Context) {
	go func() { // want "low unstoppable: the goroutine runs on when ctx is done"
		for {
			select {
			case <-ctx.Done():
				fmt.Println("ending")
			default:
			}
			poll()
		}
	}()
}

func limitsEach(ctx context.Context, jobs chan int) {
	go func() { // want "low unstoppable: the goroutine runs on when ctx is done"
		for {
			each, cancel := context.WithTimeout(ctx, time.Second)
			select {
			case <-each.Done():
			case j := <-jobs:
				fmt.Println(j)
			}
			cancel()
		}
	}()
}

type consumer struct {
	quit chan struct{}
	jobs chan int
}

func newConsumer() *consumer {
	c := &consumer{quit: make(chan struct{}), jobs: make(chan int)}
	go c.run() // want "low unstoppable: the goroutine runs on when Close is called"
	return c
}

func (c *consumer) Close() { close(c.quit) }

func (c *consumer) run() {
	for {
		select {
		case <-c.quit:
			break
		case j := <-c.jobs:
			fmt.Println(j)
		}
	}
}

// Silent.

func staysForAWhile(ctx context.Context, jobs chan int) {
	go func() {
		ending := false
		for {
			select {
			case <-ctx.Done():
				ending = true
			case j := <-jobs:
				fmt.Println(j)
			}
			if ending && len(jobs) == 0 {
				return
			}
		}
	}()
}
