// Package decisions has a line for each reason for which a select statement with a default
// is right.
package decisions

import (
	"context"
	"sync"
)

func work() error { return nil }

func stays() error {
	errc := make(chan error, 1)
	go func() { errc <- work() }()
	select { // silent "the default does not go on as if there were no error"
	case err := <-errc:
		return err
	default:
		panic("too early")
	}
}

func given(errc chan error) error {
	select { // silent "who sends on the channel is not all in view"
	case err := <-errc:
		return err
	default:
	}
	return nil
}

func later() error {
	errc := make(chan error, 1)
	go func() { errc <- work() }()
	select { // silent "somebody may receive from the channel after the poll"
	case err := <-errc:
		return err
	default:
	}
	return <-errc
}

func again(busy func() bool) error {
	errc := make(chan error, 1)
	go func() { errc <- work() }()
	for busy() {
		select { // silent "the poll is repeated"
		case err := <-errc:
			return err
		default:
		}
	}
	return nil
}

func before() error {
	errc := make(chan error, 1)
	if err := work(); err != nil {
		errc <- err
	}
	select { // silent "the senders are not all goroutines"
	case err := <-errc:
		return err
	default:
	}
	return nil
}

func waits() error {
	errc := make(chan error, 1)
	var wg sync.WaitGroup
	wg.Go(func() { errc <- work() })
	wg.Wait()
	select { // silent "something on the way to the poll waits for the senders"
	case err := <-errc:
		return err
	default:
	}
	return nil
}

func sized(n int) error {
	errc := make(chan error, n)
	go func() {
		select { // silent "how much room the channel has is not known"
		case errc <- work():
		default:
		}
	}()
	return <-errc
}

func listening(ctx context.Context, in []chan int) {
	var wg sync.WaitGroup
	for range in {
		wg.Go(func() { <-ctx.Done() })
	}
	select {
	case <-ctx.Done():
	default:
		wg.Wait() // silent "the goroutines that are waited for hear of the end"
	}
}

func twice() int {
	out := make(chan int)
	go func() {
		select { // silent "another send on the channel waits"
		case out <- 1:
		default:
		}
	}()
	go func() { out <- 2 }()
	return <-out
}
