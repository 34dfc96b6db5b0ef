// Package blockedrecv has goroutines that wait for what never comes.
package blockedrecv

import (
	"context"
	"fmt"
	"sync"
)

func neverSent() {
	done := make(chan struct{})
	go func() {
		<-done // want "blocked-recv: nobody sends on this channel or closes it"
		fmt.Println("done")
	}()
}

func neverSentRange(ctx context.Context) {
	jobs := make(chan int)
	go func() {
		for j := range jobs { // want "blocked-recv: nobody sends on this channel or closes it"
			fmt.Println(j)
		}
	}()
}

func missingClose(names []string) {
	jobs := make(chan string)
	var wg sync.WaitGroup
	for range 3 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for j := range jobs { // want "blocked-recv: nobody closes this channel, so the range never ends"
				fmt.Println(j)
			}
		}()
	}
	for _, name := range names {
		jobs <- name // silent "who receives is not seen to leave"
	}
}

func worker(jobs <-chan string) {
	for j := range jobs { // want "blocked-recv: nobody closes this channel, so the range never ends"
		fmt.Println(j)
	}
}

func missingCloseInWorker(names []string) {
	jobs := make(chan string, 10)
	go worker(jobs)
	for _, name := range names {
		jobs <- name
	}
}

func twice() error {
	errc := make(chan error)
	go func() { errc <- nil }()
	if err := <-errc; err != nil {
		return err
	}
	return <-errc // want "blocked-recv: the only value sent on this channel has been received"
}

// Silent.

func closed(names []string) {
	jobs := make(chan string)
	go func() {
		for j := range jobs { // silent "somebody closes the channel"
			fmt.Println(j)
		}
	}()
	for _, name := range names {
		jobs <- name
	}
	close(jobs)
}

func closedByDefer(names []string) {
	jobs := make(chan string)
	defer close(jobs)
	go func() {
		for j := range jobs {
			fmt.Println(j)
		}
	}()
}

func closedThroughFunc() func() {
	done := make(chan struct{})
	go func() { <-done }()
	return func() { close(done) }
}

func closedElsewhere(closer func(chan<- int)) {
	ch := make(chan int)
	go func() {
		for range ch { // silent "code out of view may have the other end"
		}
	}()
	closer(ch)
}

func selected(ctx context.Context) {
	var never chan int
	never = make(chan int)
	go func() {
		select {
		case <-never:
		case <-ctx.Done():
		}
	}()
}

type pool struct {
	jobs chan int
}

func (p *pool) run() {
	for range p.jobs { // want "low blocked-recv: nothing sends on this channel or closes it"
	}
}

func start() *pool {
	p := &pool{jobs: make(chan int)}
	go p.run()
	return p
}

func twiceWithClose() {
	ch := make(chan int)
	go func() {
		ch <- 1
		close(ch)
	}()
	<-ch
	<-ch
}

func twiceForTwo() {
	ch := make(chan int)
	for range 2 {
		go func() { ch <- 1 }()
	}
	<-ch
	<-ch
}

func endlessProducer() {
	ch := make(chan int)
	go func() {
		for {
			ch <- 1
		}
	}()
	go func() {
		for range ch { // silent "nobody closes the channel, but the range has"
		}
	}()
}

func workers(work func(string)) func(string) {
	jobs := make(chan string)
	for range 4 {
		go func() {
			for j := range jobs {
				work(j)
			}
		}()
	}
	return func(name string) { jobs <- name }
}

// The last value says that it is the last.
func endsByValue(names []string) {
	ch := make(chan string)
	go func() {
		for name := range ch {
			if name == "" {
				return
			}
			println(name)
		}
	}()
	for _, name := range names {
		ch <- name
	}
	ch <- ""
}
