package travel

import (
	"context"
	"sync"

	"golang.org/x/sync/errgroup"
)

// Goroutines are waited for before anybody receives.

func waitsFirst(all []string, work func(string) int) (n int) {
	out := make(chan int)
	var wg sync.WaitGroup
	for _, job := range all {
		wg.Go(func() {
			out <- work(job) // want "blocked-send: this send blocks forever, because waitsFirst waits for the goroutine before it receives"
		})
	}
	wg.Wait()
	close(out)
	for m := range out {
		n += m
	}
	return n
}

func waitsForErrors(ctx context.Context, all []string, work func(context.Context, string) error) error {
	failed := make(chan error, 1)
	g, ctx := errgroup.WithContext(ctx)
	for _, job := range all {
		g.Go(func() error {
			if err := work(ctx, job); err != nil {
				failed <- err // want "blocked-send: because waitsForErrors waits for the goroutine before it receives"
			}
			return nil
		})
	}
	if err := g.Wait(); err != nil {
		return err
	}
	return <-failed
}

func doneByHand(work func() int) int {
	out := make(chan int)
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		out <- work() // want "blocked-send: because doneByHand waits for the goroutine before it receives"
	}()
	wg.Wait()
	return <-out
}

// Silent.

func doneBefore(work func() int) int {
	out := make(chan int)
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		n := work()
		wg.Done()
		out <- n
	}()
	wg.Wait()
	return <-out
}

func waitsAside(all []string, work func(string) int) (n int) {
	out := make(chan int)
	var wg sync.WaitGroup
	for _, job := range all {
		wg.Go(func() { out <- work(job) })
	}
	go func() {
		wg.Wait()
		close(out)
	}()
	for m := range out {
		n += m
	}
	return n
}

func otherGroup(work func() int, first *sync.WaitGroup) int {
	out := make(chan int)
	var wg sync.WaitGroup
	wg.Go(func() { out <- work() })
	first.Wait()
	defer wg.Wait()
	return <-out
}

func roomToWait(work func() int) int {
	out := make(chan int, 2)
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() { out <- work() })
	}
	wg.Wait()
	return <-out + <-out
}

func receiverToo(work func() int) (n int) {
	out := make(chan int)
	var wg sync.WaitGroup
	wg.Go(func() { out <- work() })
	wg.Go(func() { n = <-out })
	wg.Wait()
	return n
}
