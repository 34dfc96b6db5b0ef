package nodone

import (
	"fmt"
	"net/http"
	"time"
)

// A channel that is closed to say that something is over is like that of a context.

type relay struct {
	off  chan struct{}
	in   chan int
	out  chan int
	free chan int
}

func newRelay() *relay {
	return &relay{off: make(chan struct{}), in: make(chan int), out: make(chan int), free: make(chan int)}
}

func (r *relay) halt() { close(r.off) }

func (r *relay) put(n int) {
	r.in <- n // want "medium blocked-send: this send blocks forever once forwardFree has returned, because nobody else receives; select on off, too"
}

func (r *relay) forward() {
	for {
		select {
		case <-r.off:
			return
		case n := <-r.in:
			r.out <- n // want "no-done: this send blocks forever when its receiver leaves first, although the loop listens to off; make it a case of a select with off"
		}
	}
}

func (r *relay) receive() {
	for {
		select {
		case <-r.off:
			return
		case n := <-r.out:
			fmt.Println(n)
		}
	}
}

func deaf(quit <-chan struct{}, in chan int) {
	for {
		n := <-in // want "no-done: the loop waits here forever when quit is closed, because nothing in it listens for that; add a case for quit and return"
		fmt.Println(n)
	}
}

func sleeper(quit <-chan struct{}, step func()) {
	for { // want "low unstoppable: the loop runs on when quit is closed: it sleeps forever, and nothing in it listens for that; select on quit in it and return"
		step()
		time.Sleep(time.Second)
	}
}

func starter(quit <-chan struct{}, step func()) {
	go func() { // want "low unstoppable: the goroutine runs on when quit is closed, because it loops forever; select on quit in the loop and return"
		for {
			step()
			time.Sleep(time.Second)
		}
	}()
	<-quit
}

func server(quit <-chan struct{}, handler http.Handler) {
	go http.ListenAndServe(":8080", handler) // want "low serve: the server runs on when quit is closed, because nothing shuts it down"
	<-quit
}

// The name does not say that it is an end.

func signalled(event <-chan struct{}, step func()) {
	go func() { // want "low unstoppable: the goroutine runs on when event is closed"
		for {
			step()
			time.Sleep(time.Second)
		}
	}()
	<-event
}

func all(in chan int, step func(), handler http.Handler) {
	quit := make(chan struct{})
	go listens(quit, in)
	go deaf(quit, in)
	go sleeper(quit, step)
	starter(quit, step)
	server(quit, handler)
	signalled(quit, step)
	go afterwards(quit, in)
	go unknown(make(chan struct{}), in)
	close(quit)
}

// Silent.

func listens(quit <-chan struct{}, in chan int) {
	for {
		select {
		case <-quit:
			return
		case n := <-in:
			fmt.Println(n)
		}
	}
}

// It waits for a beginning.

func afterwards(begun <-chan struct{}, in chan int) {
	<-begun
	for {
		n := <-in
		fmt.Println(n)
	}
}

func unknown(wake chan struct{}, in chan int) {
	for {
		n := <-in
		fmt.Println(n)
	}
}

// Whoever receives does so until the end.

func (r *relay) forwardFree() {
	for {
		select {
		case <-r.off:
			return
		case n := <-r.in:
			r.free <- n
		}
	}
}

func (r *relay) receiveFree() {
	for n := range r.free {
		fmt.Println(n)
	}
}

// What a poll does by default is selectdefault's (uncancellable).

func (r *relay) pollAndForward(next func() int) {
	for {
		select {
		case <-r.off:
			return
		default:
			r.out <- next()
		}
	}
}

func (r *relay) pollThenForward(next func() int) {
	for {
		select {
		case <-r.off:
			return
		default:
		}
		r.out <- next() // want "no-done: this send blocks forever when its receiver leaves first, although the loop listens to off"
	}
}
