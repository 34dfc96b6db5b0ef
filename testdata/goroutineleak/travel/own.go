package travel

import (
	"context"
	"fmt"
	"io"
)

// Nobody else has the channel yet.

func failsFirst(open func() error, read func() error) <-chan error {
	failed := make(chan error)
	if err := open(); err != nil {
		failed <- err // want "blocked-send: this send blocks forever: it is more than the channel has room for, and nobody else has the channel yet"
		return failed
	}
	go func() { failed <- read() }()
	return failed
}

func failsFirstWithRoom(open func() error, read func() error) <-chan error {
	failed := make(chan error, 1)
	if err := open(); err != nil {
		failed <- err
		return failed
	}
	go func() { failed <- read() }()
	return failed
}

func oneTooMany() <-chan string {
	names := make(chan string, 2)
	names <- "a"
	names <- "b"
	names <- "c" // want "blocked-send: it is more than the channel has room for"
	close(names)
	return names
}

func tooManyInLoop() <-chan int {
	n := make(chan int, 8)
	for i := 0; i < 10; i++ {
		n <- i // want "blocked-send: it is more than the channel has room for"
	}
	return n
}

func nested() <-chan int {
	n := make(chan int, 5)
	for i := range 2 {
		for j := range 3 {
			n <- i * j // want "blocked-send: it is more than the channel has room for"
		}
	}
	return n
}

func nestedWithRoom() <-chan int {
	n := make(chan int, 6)
	for i := range 2 {
		for j := range 3 {
			n <- i * j
		}
	}
	close(n)
	return n
}

// tokens fills a semaphore.
func tokens() chan struct{} {
	free := make(chan struct{}, 4)
	for range 4 {
		free <- struct{}{}
	}
	return free
}

// Perhaps there are never more names.
func all(names []string) <-chan string {
	out := make(chan string, 16)
	for _, name := range names {
		out <- name
	}
	close(out)
	return out
}

func eitherWay(ok bool) <-chan bool {
	out := make(chan bool, 1)
	if ok {
		out <- true
	} else {
		out <- false
	}
	return out
}

func takesBack() int {
	n := make(chan int, 1)
	n <- 1
	<-n
	n <- 2
	return <-n
}

func receivesFirst(work func() int) int {
	n := make(chan int)
	m := <-n // want "blocked-recv: this receive blocks forever: nothing is in the channel, and nobody else has it yet"
	go func() { n <- work() }()
	return m
}

func receivesTwice() {
	n := make(chan int, 2)
	n <- 1
	fmt.Println(<-n, <-n) // want "blocked-recv: nothing is in the channel, and nobody else has it yet"
	go func() { n <- 2 }()
}

func closedFirst() {
	n := make(chan int)
	close(n)
	<-n
}

// Who makes a channel to block means it.
func forever() {
	<-make(chan struct{})
}

func startedBefore(work func(<-chan int)) {
	n := make(chan int)
	go work(n)
	n <- 1
}

func capturedBefore() {
	n := make(chan int)
	go func() { fmt.Println(<-n) }()
	n <- 1
}

func madeAgain(ctx context.Context) {
	var n chan int
	go func() { fmt.Println(<-n) }()
	n = make(chan int)
	n <- 1
}

func stored(to *holder) {
	n := make(chan int)
	to.n = n
	n <- 1
}

type holder struct{ n chan int }

func (h *holder) next() int { return <-h.n }

func storedTooLate(to *holder) {
	n := make(chan int)
	n <- 1 // want "blocked-send: nobody else has the channel yet"
	to.n = n
}

func registered(register func(chan<- int)) int {
	n := make(chan int)
	register(n)
	return <-n
}

func polled() {
	n := make(chan int)
	select {
	case n <- 1:
	default:
	}
}

// The literal is there, but runs only afterwards.
func sendsBeforeStart(w io.Writer) {
	n := make(chan int)
	show := func() { fmt.Fprintln(w, <-n) }
	n <- 1 // want "blocked-send: nobody else has the channel yet"
	go show()
}

// A literal that sends is called by others that go out of sight.
func hooks(register func(func(int))) int {
	ch := make(chan int, 10)
	send := func(n int) { ch <- n }
	table := []func(int){
		func(n int) { send(n) },
		func(n int) { send(2 * n) },
	}
	for _, f := range table {
		register(f)
		return <-ch
	}
	return 0
}

// The literal that makes the channel may itself be run by anybody.
func registers(register func(func() error), check func() error) {
	register(func() error {
		done := make(chan error)
		go func() {
			done <- check() // want "blocked-send: when the function around it leaves without receiving"
		}()
		return nil
	})
}
