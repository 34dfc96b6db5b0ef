// Package blockedsend has goroutines whose result nobody receives.
package blockedsend

import (
	"context"
	"errors"
	"log"
	"sync/atomic"
	"time"
)

var errSlow = errors.New("slow")

func work() (int, error) { return 1, nil }

func check() error { return nil }

// The result is abandoned on a timeout: the shape that real projects fix most.

func timeout(ctx context.Context) (int, error) {
	results := make(chan int)
	go func() {
		n, _ := work()
		results <- n // want "blocked-send: this send blocks forever when timeout leaves without receiving"
	}()
	select {
	case n := <-results:
		return n, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

func timer() error {
	done := make(chan struct{})
	go func() {
		work()
		done <- struct{}{} // want "blocked-send: this send blocks forever when timer leaves without receiving"
	}()
	select {
	case <-done:
		return nil
	case <-time.After(time.Second):
		return errSlow
	}
}

func timeoutThenOn(ctx context.Context) {
	errc := make(chan error)
	go func() { errc <- check() }() // want "blocked-send: this send blocks forever when timeoutThenOn leaves without receiving"
	select {
	case err := <-errc:
		log.Print(err)
	case <-ctx.Done():
	}
	log.Print("done")
}

func quit(stop <-chan struct{}) int {
	ch := make(chan int)
	go produce(ch)
	select {
	case n := <-ch:
		return n
	case <-stop:
		return 0
	}
}

func produce(ch chan<- int) {
	ch <- 1 // want "blocked-send: this send blocks forever when quit leaves without receiving"
}

type service struct{ slow time.Duration }

func (s *service) call(ctx context.Context) (n int, err error) {
	type answer struct {
		n   int
		err error
	}
	ch := make(chan *answer)
	go func() {
		n, err := work()
		if err != nil {
			ch <- &answer{err: err} // want "blocked-send: this send blocks forever when call leaves without receiving"
			return
		}
		ch <- &answer{n: n}
	}()
	select {
	case a := <-ch:
		return a.n, a.err
	case <-time.After(s.slow):
	case <-ctx.Done():
	}
	return 0, errSlow
}

func perIteration(ctx context.Context) {
	for {
		ch := make(chan int)
		go func() { ch <- 1 }() // want "blocked-send: this send blocks forever when perIteration .* without receiving"
		select {
		case <-ch:
			return
		case <-time.After(time.Second):
		}
	}
}

func polled() int {
	ch := make(chan int)
	go func() { ch <- 1 }() // want "blocked-send: this send blocks forever when polled leaves without receiving"
	select {
	case n := <-ch:
		return n
	default:
		return 0
	}
}

func nobody() {
	ch := make(chan error)
	go func() { ch <- check() }() // want "blocked-send: this send blocks forever when nobody leaves without receiving"
}

// Only the second wait may be given up.
func secondWait(ctx context.Context) int {
	ch := make(chan int)
	go func() { ch <- 1 }() // want "blocked-send: this send blocks forever when secondWait leaves without receiving"
	select {
	case n := <-ch:
		return n
	case <-time.After(time.Second):
		log.Print("slow")
	}
	select {
	case n := <-ch:
		return n
	case <-ctx.Done():
		return 0
	}
}

// Early returns.

func early() (int, error) {
	ch := make(chan int)
	go func() {
		n, _ := work()
		ch <- n // want "blocked-send: this send blocks forever when early leaves without receiving"
	}()
	if err := check(); err != nil {
		return 0, err
	}
	return <-ch, nil
}

func earlyInMiddle() error {
	a, b := make(chan error), make(chan error)
	go func() { a <- check() }()
	go func() { b <- check() }() // want "blocked-send: this send blocks forever when earlyInMiddle leaves without receiving"
	if err := <-a; err != nil {
		return err
	}
	return <-b
}

// It is worse when the receiver closes the channel.

func closesOnTheWayOut(ctx context.Context) error {
	errc := make(chan error)
	defer close(errc)
	go func() {
		errc <- check() // want "blocked-send: this send panics when closesOnTheWayOut leaves without receiving, because it closes the channel"
	}()
	select {
	case err := <-errc:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// The panic is expected.

func closesAndRecovers(ctx context.Context) error {
	errc := make(chan error)
	defer close(errc)
	go func() {
		defer func() {
			if r := recover(); r != nil {
				println("nobody waits")
			}
		}()
		errc <- check() // want "low blocked-send: this send panics when closesAndRecovers leaves without receiving"
	}()
	select {
	case err := <-errc:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Only the last of the goroutines sends, perhaps to nobody.

func lastOneSendsInTime(ctx context.Context, names []string) error {
	done := make(chan error)
	var left atomic.Int64
	left.Store(int64(len(names)))
	for range names {
		go func() {
			if err := check(); err == nil && left.Add(-1) == 0 {
				done <- nil // want "blocked-send: this send blocks forever when lastOneSendsInTime leaves without receiving"
			}
		}()
	}
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}
