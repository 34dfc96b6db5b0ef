// Package wait has functions that watch their context in one wait, and not in another.
package wait

import (
	"context"
	"sync"
)

type pipe struct {
	in, out chan int
}

func run(ctx context.Context) {
	p := &pipe{in: make(chan int), out: make(chan int)}
	go p.consume(ctx)
	p.relay(ctx)
}

func (p *pipe) relay(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case v := <-p.in:
			p.out <- v // want `low wait: the send goes on after ctx has ended, which other waits of the function watch; select on ctx\.Done\(\), too`
		}
	}
}

func (p *pipe) consume(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case p.in <- 1:
		case <-p.out:
		}
	}
}

// both watches the context in each wait.
func (p *pipe) both(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case v := <-p.in:
			select {
			case <-ctx.Done():
				return
			case p.out <- v:
			}
		}
	}
}

// condition waits for one.
func condition(ctx context.Context, c *sync.Cond, more <-chan int) {
	select {
	case <-ctx.Done():
		return
	case <-more:
	}
	c.L.Lock()
	c.Wait() // want `low wait: the wait for the condition`
	c.L.Unlock()
}

// joined waits for what it has started, after the end.
func joined(ctx context.Context, work func()) {
	done := make(chan int)
	go func() {
		work()
		done <- 1
	}()
	select {
	case <-ctx.Done():
		<-done
	case <-done:
	}
}
