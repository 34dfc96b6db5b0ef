package blockedsend

import (
	"context"
	"fmt"
	"io"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"
)

func buffered(ctx context.Context) (int, error) {
	ch := make(chan int, 1)
	go func() { ch <- 1 }()
	select {
	case n := <-ch:
		return n, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

func senderSelects(ctx context.Context) (int, error) {
	ch := make(chan int)
	go func() {
		select {
		case ch <- 1:
		case <-ctx.Done():
		}
	}()
	select {
	case n := <-ch:
		return n, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

func senderGivesUp() {
	ch := make(chan int)
	go func() {
		select {
		case ch <- 1:
		default:
		}
	}()
	if check() != nil {
		return
	}
	<-ch
}

func received() int {
	ch := make(chan int)
	go func() { ch <- 1 }()
	return <-ch
}

func receivedAfterTimeout(ctx context.Context) int {
	ch := make(chan int)
	go func() { ch <- 1 }()
	select {
	case n := <-ch:
		return n
	case <-ctx.Done():
		return <-ch
	}
}

func receivedInDefer(ctx context.Context) error {
	ch := make(chan int)
	go func() { ch <- 1 }()
	defer func() { <-ch }()
	return check()
}

func drained(ctx context.Context, names []string) {
	ch := make(chan string)
	go func() {
		defer close(ch)
		for _, name := range names {
			ch <- name
		}
	}()
	defer func() {
		for range ch {
		}
	}()
	for name := range ch {
		if name == "" {
			return
		}
	}
}

func drainedByGoroutine(ctx context.Context, names []string) {
	ch := make(chan string)
	go func() {
		defer close(ch)
		for _, name := range names {
			ch <- name
		}
	}()
	for name := range ch {
		if name == "" {
			go func() {
				for range ch {
				}
			}()
			return
		}
	}
}

func collected(names []string) (errs []error) {
	errc := make(chan error)
	for range names {
		go func() { errc <- check() }()
	}
	for range names {
		errs = append(errs, <-errc)
	}
	return errs
}

func counted(names []string) (err error) {
	errc := make(chan error)
	for range names {
		go func() { errc <- check() }()
	}
	n := 0
	for e := range errc {
		if e != nil {
			err = e
		}
		if n++; n == len(names) {
			break
		}
	}
	return err
}

func oneOrTheOther() (int, error) {
	results, errc := make(chan int), make(chan error)
	go func() {
		n, err := work()
		if err != nil {
			errc <- err // silent "what makes the other side leave comes from whoever waits"
			return
		}
		results <- n
	}()
	select {
	case n := <-results:
		return n, nil
	case err := <-errc:
		return 0, err
	}
}

func closedInstead() {
	errc, done := make(chan error), make(chan struct{})
	go func() {
		defer close(done)
		if err := check(); err != nil {
			errc <- err
		}
	}()
	select {
	case err := <-errc:
		fmt.Println(err)
	case <-done:
	}
}

func sameTest(parallel bool) int {
	var ch chan int
	ch = make(chan int)
	if parallel {
		go func() { ch <- 1 }()
	}
	n := 2
	if parallel {
		n += <-ch
	}
	return n
}

func flag(names []string) {
	ch := make(chan int)
	started := false
	if len(names) > 0 {
		go func() { ch <- 1 }()
		started = true
	}
	check()
	if started {
		<-ch
	}
}

func panics() int {
	ch := make(chan int)
	go func() { ch <- 1 }()
	if check() != nil {
		panic("no")
	}
	return <-ch
}

func pairedInLoop(names []string) {
	ch := make(chan string)
	for _, name := range names {
		go func() { ch <- name }()
		fmt.Println(<-ch)
	}
}

func waited() {
	ch := make(chan int)
	var wg sync.WaitGroup
	wg.Go(func() { ch <- 1 })
	go func() { <-ch }()
	wg.Wait()
}

func grouped(ctx context.Context) error {
	ch := make(chan int)
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error {
		select {
		case ch <- 1:
		case <-ctx.Done():
		}
		return nil
	})
	g.Go(func() error {
		select {
		case <-ch:
		case <-ctx.Done():
		}
		return nil
	})
	return g.Wait()
}

// What is not seen is unknown.

func Returned() <-chan int { // want Returned:"sends 1 on result 0, with room for 0"
	ch := make(chan int)
	go func() { ch <- 1 }()
	return ch
}

func handedOn(use func(<-chan int)) error {
	ch := make(chan int)
	go func() { ch <- 1 }()
	use(ch)
	return check()
}

type holder struct{ ch chan int }

func (h *holder) start(ctx context.Context) {
	h.ch = make(chan int)
	go func() { h.ch <- 1 }()
	select {
	case <-h.ch:
	case <-ctx.Done():
	}
}

func (h *holder) take() int { return <-h.ch }

func helperReceives(ctx context.Context) error {
	ch := make(chan int)
	go func() { ch <- 1 }()
	defer receive(ch)
	return check()
}

func receive(ch <-chan int) { <-ch }

func sendsOnce() error {
	ch := make(chan error, 1)
	go func() {
		first := true
		for {
			if err := check(); err != nil {
				ch <- err
				return
			}
			if first {
				ch <- nil
				first = false
			}
		}
	}()
	if err := <-ch; err != nil {
		return err
	}
	return <-ch
}

func size(n int) error {
	ch := make(chan error, n)
	for range n {
		go func() { ch <- check() }()
	}
	return <-ch
}

func pipe(r io.Reader) error {
	lines := make(chan string)
	go func() {
		defer close(lines)
		lines <- "a"
		lines <- "b"
	}()
	for l := range lines {
		fmt.Println(l)
	}
	return nil
}

func timersOnly() {
	t := time.NewTimer(time.Second)
	select {
	case <-t.C:
	}
}

func rangesOverInteger(failed func(error)) {
	errc := make(chan error)
	go func() { errc <- check() }()
	go func() { errc <- check() }()
	for range 2 {
		failed(<-errc)
	}
}

func rangesOverLength(names []string) (err error) {
	errc := make(chan error)
	for range len(names) {
		go func() { errc <- check() }()
	}
	for range len(names) {
		if e := <-errc; e != nil {
			err = e
		}
	}
	return err
}

func closesFirst() error {
	errc := make(chan error)
	go func() { errc <- check() }()
	if err := check(); err != nil {
		close(errc)
		return err
	}
	return <-errc
}

func lastOneSends(names []string) {
	done := make(chan bool)
	var left atomic.Int64
	left.Store(int64(len(names)))
	for range names {
		go func() {
			if left.Add(-1) == 0 {
				done <- true
			}
		}()
	}
	<-done
}

func oneAtATime(ctx context.Context) bool {
	ch := make(chan bool, 1)
	ticker := time.NewTicker(time.Second)
	defer ticker.Stop()
	for tick := ticker.C; ; {
		select {
		case <-ctx.Done():
			return false
		case <-tick:
			tick = nil
			go func() { ch <- check() == nil }()
		case ok := <-ch:
			if ok {
				return true
			}
			tick = ticker.C
		}
	}
}

type tester interface {
	Errorf(format string, args ...any)
	Fatal(args ...any)
	FailNow()
}

func failsTheTest(t tester) {
	done := make(chan error)
	go func() { done <- check() }()
	select {
	case <-done:
	case <-time.After(time.Minute):
		t.Fatal("too slow")
	}
}
