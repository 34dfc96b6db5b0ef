package nodone

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/signal"
	"sync"
	"time"
)

// Waits beside a context for code that is out of sight.

func produce(ctx context.Context, out chan<- string, read func(context.Context) (string, error)) error {
	for {
		s, err := read(ctx)
		if err != nil {
			return err
		}
		out <- s // want "low no-done: this send does not end when ctx is done, and the other side is out of sight; select on ctx.Done\\(\\), too"
	}
}

type Answers interface{ Next() <-chan int }

func first(ctx context.Context, a Answers) int {
	return <-a.Next() // want "low no-done: this receive does not end when ctx is done, and the other side is out of sight"
}

func either(ctx context.Context, a, b <-chan int) int {
	select { // want "low no-done: this select does not end when ctx is done"
	case n := <-a:
		return n
	case n := <-b:
		return n
	}
}

func Serve(w http.ResponseWriter, r *http.Request, jobs chan<- string) {
	jobs <- r.URL.Path // want "low no-done: this send does not end when r.Context\\(\\) is done"
	fmt.Fprintln(w, "accepted")
}

func subscribed(ctx context.Context, subscribe func(chan<- int)) int {
	c := make(chan int)
	subscribe(c)
	return <-c // want "low no-done: this receive does not end when ctx is done"
}

func Relay(ctx context.Context, out chan<- int, n int) {
	out <- n // want "low no-done: this send does not end when ctx is done"
}

func relayed(ctx context.Context) int {
	c := make(chan int)
	go Relay(ctx, c, 1)
	return <-c
}

// Silent: a signal, a slot, a range that its owner ends, a receive that says whether
// there is more, and a channel with room.

func signals(ctx context.Context, ready <-chan struct{}, slots chan struct{}, in <-chan int) {
	<-ready
	slots <- struct{}{}
	defer func() { <-slots }()
	for n := range in {
		fmt.Println(n)
	}
	if n, ok := <-in; ok {
		fmt.Println(n)
	}
}

func fails(ctx context.Context, errc chan<- error, work func(context.Context) error) {
	errc <- work(ctx)
}

func untilKilled(ctx context.Context) {
	c := make(chan os.Signal, 1)
	signal.Notify(c, os.Interrupt)
	fmt.Println(<-c)
}

func within(ctx context.Context, a <-chan int, over <-chan struct{}) {
	select {
	case n := <-a:
		fmt.Println(n)
	case <-over:
	}
	select {
	case n := <-a:
		fmt.Println(n)
	case <-time.After(time.Second):
	}
}

func Room(ctx context.Context) <-chan error {
	errc := make(chan error, 1)
	errc <- ctx.Err()
	return errc
}

// Silent: it has been told to end.

func afterCancel(ctx context.Context, run func(context.Context, chan<- int)) int {
	ctx, cancel := context.WithCancel(ctx)
	c := make(chan int)
	run(ctx, c)
	cancel()
	return <-c // silent "what is waited for has been told"
}

// Silent: whoever gives the channel has the context, too.

func under(ctx context.Context, run func(context.Context) (<-chan int, <-chan error)) (int, error) {
	results, failures := run(ctx)
	select {
	case n := <-results:
		return n, nil
	case err := <-failures:
		return 0, err
	}
}

// Silent: the context is over.

func afterEnd(ctx context.Context, errc <-chan error) error {
	<-ctx.Done()
	return <-errc // silent "the context at hand has ended there"
}

// The other side is in sight, and leaves with the same context.

func pipe(ctx context.Context, items []int) {
	work := make(chan int)
	go func() {
		for {
			select {
			case n := <-work:
				fmt.Println(n)
			case <-ctx.Done():
				return
			}
		}
	}()
	for _, n := range items {
		work <- n // want "medium no-done: this send blocks forever once the goroutine at the other end has returned, because nobody else receives; select on ctx.Done\\(\\), too"
	}
}

func fetch(ctx context.Context, get func() int) int {
	got := make(chan int)
	ticks := make(chan int)
	go func() {
		for {
			select {
			case got <- get():
			case <-ctx.Done():
				return
			}
		}
	}()
	go func() { ticks <- 1 }()
	return <-got + // want "medium no-done: this receive blocks forever once the goroutine at the other end has returned, because nobody else sends"
		<-ticks
}

// It leaves with an error before it has sent.

func result(get func() (int, error)) int {
	c := make(chan int)
	go func() {
		n, err := get()
		if err != nil {
			fmt.Println(err)
			return
		}
		c <- n
	}()
	return <-c // want "low blocked-recv: this receive blocks forever after an error in the goroutine at the other end, because nobody else sends; close the channel on every way out"
}

// Silent: it closes the channel on every way out, or says what went wrong.

func closedAnyway(ctx context.Context, get func() (int, error)) int {
	c := make(chan int)
	go func() {
		defer close(c)
		n, err := get()
		if err != nil {
			return
		}
		c <- n
	}()
	return <-c
}

func toldOfError(get func() (int, error)) (int, error) {
	c, errc := make(chan int, 1), make(chan error, 1)
	go func() {
		n, err := get()
		if err != nil {
			errc <- err
			return
		}
		c <- n
		errc <- nil
	}()
	if err := <-errc; err != nil {
		return 0, err
	}
	return <-c, nil
}

func allTheTime(ctx context.Context, n int) (sum int) {
	c := make(chan int)
	go func() {
		for i := range n {
			c <- i
		}
	}()
	for range n {
		sum += <-c
	}
	return sum
}

// A group one of whose goroutines may return without saying so.

func forgetful(ctx context.Context, jobs []func() error) error {
	var group sync.WaitGroup
	for _, job := range jobs {
		group.Add(1)
		go func() {
			if err := job(); err != nil {
				fmt.Println(err)
				return
			}
			group.Done()
		}()
	}
	group.Wait() // want "no-done: this Wait never ends after an error in a goroutine, which then does not call Done; defer the call"
	return ctx.Err()
}

func deferred(ctx context.Context, jobs []func() error) error {
	var group sync.WaitGroup
	for _, job := range jobs {
		group.Add(1)
		go func() {
			defer group.Done()
			if err := job(); err != nil {
				fmt.Println(err)
				return
			}
		}()
	}
	group.Wait() // silent "the goroutine calls Done on every way"
	return ctx.Err()
}

func everyWay(ctx context.Context, jobs []func() error) error {
	var group sync.WaitGroup
	failed := errors.New("failed")
	for _, job := range jobs {
		group.Add(1)
		go func() {
			if err := job(); err != nil {
				fmt.Println(err, failed)
				group.Done()
				return
			}
			group.Done()
		}()
	}
	group.Wait()
	return ctx.Err()
}
