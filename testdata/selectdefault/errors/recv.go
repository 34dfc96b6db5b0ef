// Package errors has select statements that lose an error.
package errors

import (
	"context"
	"errors"
	"log"
	"net/http"
	"slices"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"
)

func work() error { return errors.New("no") }

func poll() error {
	errc := make(chan error, 1)
	go func() { errc <- work() }()
	select { // want "error-recv: the error is lost when the goroutine has not sent it yet, because the default goes on without it"
	case err := <-errc:
		return err
	default:
		return nil
	}
}

func fallsThrough() error {
	errc := make(chan error, 1)
	go func() { errc <- work() }()
	select { // want "error-recv: the error is lost"
	case err := <-errc:
		return err
	default:
	}
	log.Print("success")
	return nil
}

type answer struct {
	n   int
	err error
}

func carried() (int, error) {
	ch := make(chan answer, 1)
	go func() { ch <- answer{err: work()} }()
	select { // want "error-recv: the error is lost"
	case a := <-ch:
		return a.n, a.err
	default:
	}
	return 0, nil
}

func several(names []string) error {
	var wg sync.WaitGroup
	done := make(chan struct{})
	errc := make(chan error, len(names))
	for range names {
		wg.Go(func() { errc <- work() })
	}
	go func() {
		wg.Wait()
		close(done)
	}()
	select { // want "error-recv: the error is lost"
	case err := <-errc:
		return err
	default:
	}
	<-done
	return nil
}

func inHelper() error {
	errc := make(chan error, 1)
	go send(errc)
	resp, err := http.Get("http://localhost")
	if err != nil {
		return err
	}
	_ = resp
	select { // want "error-recv: the error is lost"
	case err := <-errc:
		return err
	default:
		return nil
	}
}

func send(errc chan<- error) { errc <- work() }

// Silent.

func waited(names []string) error {
	var wg sync.WaitGroup
	errc := make(chan error, len(names))
	for range names {
		wg.Add(1)
		go func() {
			defer wg.Done()
			errc <- work()
		}()
	}
	wg.Wait()
	select {
	case err := <-errc:
		return err
	default:
		return nil
	}
}

func group(ctx context.Context) error {
	errc := make(chan error, 1)
	g, _ := errgroup.WithContext(ctx)
	g.Go(func() error {
		errc <- work()
		return nil
	})
	g.Wait()
	select {
	case err := <-errc:
		return err
	default:
		return nil
	}
}

func waitsForDone() error {
	errc, done := make(chan error, 1), make(chan struct{})
	go func() {
		defer close(done)
		if err := work(); err != nil {
			errc <- err
		}
	}()
	<-done
	select {
	case err := <-errc:
		return err
	default:
		return nil
	}
}

func ranges() error {
	items, errc := make(chan int), make(chan error, 1)
	go func() {
		defer close(items)
		errc <- work()
	}()
	for range items {
	}
	select {
	case err := <-errc:
		return err
	default:
		return nil
	}
}

func waitsInHelper(wg *sync.WaitGroup) error {
	errc := make(chan error, 1)
	go func() { errc <- work() }()
	finish(wg)
	select {
	case err := <-errc:
		return err
	default:
		return nil
	}
}

func finish(wg *sync.WaitGroup) { wg.Wait() }

func unknownCall(wait func()) error {
	errc := make(chan error, 1)
	go func() { errc <- work() }()
	wait()
	select {
	case err := <-errc:
		return err
	default:
		return nil
	}
}

func loops() error {
	errc := make(chan error, 1)
	go func() { errc <- work() }()
	for range 10 {
		select {
		case err := <-errc:
			return err
		default:
		}
		time.Sleep(time.Second)
	}
	return nil
}

func receivesLater() error {
	errc := make(chan error, 1)
	go func() { errc <- work() }()
	select {
	case err := <-errc:
		return err
	default:
	}
	log.Print("still at work")
	return <-errc
}

func logs() {
	errc := make(chan error, 1)
	go func() { errc <- work() }()
	select {
	case err := <-errc:
		log.Print(err)
	default:
		log.Print("nothing yet")
	}
}

func ownError() error {
	errc := make(chan error, 1)
	go func() { errc <- work() }()
	select {
	case err := <-errc:
		return err
	default:
		return errors.New("not ready")
	}
}

func sentBefore() error {
	errc := make(chan error, 1)
	errc <- work()
	select {
	case err := <-errc:
		return err
	default:
		return nil
	}
}

func noErrors() {
	wake := make(chan struct{}, 1)
	go func() { wake <- struct{}{} }()
	select {
	case <-wake:
	default:
	}
}

func parameter(errc <-chan error) error {
	select {
	case err := <-errc:
		return err
	default:
		return nil
	}
}

type runner struct{ errc chan error }

func (r *runner) start() { go func() { r.errc <- work() }() }

func (r *runner) err() error {
	select {
	case err := <-r.errc:
		return err
	default:
		return nil
	}
}

func waitsByCallback(eventually func(string, func() bool), ready func() bool) error {
	errc := make(chan error, 1)
	go func() { errc <- work() }()
	poller{}.until(ready)
	select {
	case err := <-errc:
		return err
	default:
	}
	return nil
}

type poller struct{ slices []int }

func (p poller) until(ready func() bool) {
	_ = slices.ContainsFunc(p.slices, func(int) bool { return ready() })
}

// There is an error in any case: the poll asks for one that says more.
func better() error {
	errc := make(chan error, 1)
	go func() { errc <- work() }()
	if err := work(); err != nil {
		select { // want "low error-recv: the error is lost"
		case more := <-errc:
			return more
		default:
		}
		return err
	}
	return <-errc
}
