package errors

import (
	"context"
	"errors"
	"fmt"
	"log"
	"sync"
	"time"
)

// The senders are on the way to the poll, through other functions.

func copyAll(read func(func(int)) error, use func(int)) error {
	items, failed := make(chan int), make(chan error, 1)
	go func() {
		err := read(func(i int) { items <- i })
		close(items)
		failed <- err
	}()
	for i := range items {
		use(i)
	}
	select { // want "error-recv: the error is lost"
	case err := <-failed:
		return err
	default:
		return nil
	}
}

func startWork() chan error {
	errc := make(chan error, 1)
	go func() { errc <- work() }()
	return errc
}

func ofHelper() error {
	select { // want "error-recv: the error is lost"
	case err := <-startWork():
		return err
	default:
		return nil
	}
}

func pollInHelper() error {
	errc := make(chan error, 1)
	go func() { errc <- work() }()
	return firstOf(errc)
}

func firstOf(errc <-chan error) error {
	select { // want "error-recv: the error is lost"
	case err := <-errc:
		return err
	default:
		return nil
	}
}

type task struct {
	errc chan error
	text chan string
}

func newTask() *task { return &task{errc: make(chan error, 1), text: make(chan string, 1)} }

func (t *task) run() { t.errc <- work() }

func ofField() error {
	t := newTask()
	go t.run()
	select { // want "error-recv: the error is lost"
	case err := <-t.errc:
		return err
	default:
	}
	return nil
}

func (t *task) try() error {
	go func() { t.text <- fmt.Sprint(work()) }()
	select { // want "medium error-recv: the error is lost"
	case text := <-t.text:
		return errors.New(text)
	default:
	}
	return nil
}

func asText() error {
	failed := make(chan string, 1)
	go func() { failed <- fmt.Sprint(work()) }()
	select { // want "error-recv: the error is lost"
	case text := <-failed:
		return fmt.Errorf("it failed: %s", text)
	default:
		return nil
	}
}

func finalSelect(ctx context.Context) error {
	errc := make(chan error, 1)
	go func() { errc <- work() }()
	select { // want "error-recv: the error is lost"
	case <-ctx.Done():
		return ctx.Err()
	case err := <-errc:
		return err
	default:
		return nil
	}
}

func oncePerWorker(names []string) error {
	errc := make(chan error, len(names))
	for range names {
		go func() { errc <- work() }()
	}
	for range names {
		select { // want "error-recv: the error is lost"
		case err := <-errc:
			if err != nil {
				return err
			}
		default:
		}
	}
	return nil
}

func perName(names []string) error {
	for range names {
		errc := make(chan error, 1)
		go func() { errc <- work() }()
		select { // want "error-recv: the error is lost"
		case err := <-errc:
			return err
		default:
			continue
		}
	}
	return nil
}

func asItGoes(names []string) error {
	errc := make(chan error, len(names))
	for range names {
		go func() { errc <- work() }()
		select { // want "medium error-recv: the error is lost"
		case err := <-errc:
			return err
		default:
		}
	}
	return nil
}

// Silent.

func sentBeforeTheClose(read func(func(int)) error, use func(int)) error {
	items, failed := make(chan int), make(chan error, 1)
	go func() {
		failed <- read(func(i int) { items <- i })
		close(items)
	}()
	for i := range items {
		use(i)
	}
	select {
	case err := <-failed:
		return err
	default:
		return nil
	}
}

func closedLast(read func(func(int)) error, use func(int)) error {
	items, failed := make(chan int), make(chan error, 1)
	go func() {
		defer close(items)
		failed <- read(func(i int) { items <- i })
	}()
	for i := range items {
		use(i)
	}
	select {
	case err := <-failed:
		return err
	default:
		return nil
	}
}

func joinedFirst(read func(func(int)) error, use func(int)) error {
	var wg sync.WaitGroup
	items, failed := make(chan int), make(chan error, 1)
	wg.Go(func() {
		err := read(func(i int) { items <- i })
		close(items)
		failed <- err
	})
	for i := range items {
		use(i)
	}
	wg.Wait()
	select {
	case err := <-failed:
		return err
	default:
		return nil
	}
}

func startAndWait() chan error {
	errc := make(chan error, 1)
	var wg sync.WaitGroup
	wg.Go(func() { errc <- work() })
	wg.Wait()
	return errc
}

func ofWaitingHelper() error {
	select {
	case err := <-startAndWait():
		return err
	default:
		return nil
	}
}

func pollInWaitingHelper(wg *sync.WaitGroup) error {
	errc := make(chan error, 1)
	wg.Go(func() { errc <- work() })
	return firstAfter(wg, errc)
}

func firstAfter(wg *sync.WaitGroup, errc <-chan error) error {
	wg.Wait()
	select {
	case err := <-errc:
		return err
	default:
		return nil
	}
}

func justText() string {
	lines := make(chan string, 1)
	go func() { lines <- fmt.Sprint(work()) }()
	select {
	case l := <-lines:
		return l
	default:
		return ""
	}
}

func withTimeout() error {
	errc := make(chan error, 1)
	go func() { errc <- work() }()
	<-time.After(time.Second)
	select {
	case err := <-errc:
		return err
	default:
		return nil
	}
}

func heardInTheEnd(names []string) error {
	errc := make(chan error, len(names))
	for range names {
		go func() { errc <- work() }()
		select {
		case err := <-errc:
			return err
		default:
		}
	}
	for range names {
		if err := <-errc; err != nil {
			return err
		}
	}
	return nil
}

func oncePerSecond(names []string) error {
	errc := make(chan error, len(names))
	for range names {
		go func() { errc <- work() }()
	}
	for range names {
		select {
		case err := <-errc:
			return err
		default:
		}
		time.Sleep(time.Second)
	}
	return nil
}

func twoKinds(events chan int) error {
	errc := make(chan error, 1)
	go func() { errc <- work() }()
	select {
	case err := <-errc:
		return err
	case e := <-events:
		log.Print(e)
		return nil
	default:
		return nil
	}
}

// A channel that only some iterations make is polled again by the next one.
func pollsAgain(requests []string, open func(string) func() error) error {
	var errc chan error
	last := ""
	for _, r := range requests {
		if r != last {
			last, errc = r, make(chan error, 1)
			go serve(open(r), errc)
		}
		select {
		case err := <-errc:
			return err
		default:
		}
	}
	return nil
}

// Each iteration makes one, and polls it once.
func pollsItsOwn(requests []string, open func(string) func() error) error {
	for _, r := range requests {
		errc := make(chan error, 1)
		go func() { errc <- open(r)() }()
		select { // want "error-recv: the error is lost"
		case err := <-errc:
			return err
		default:
		}
	}
	return nil
}

func serve(f func() error, errc chan<- error) { errc <- f() }
