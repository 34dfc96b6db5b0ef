package fields

import (
	"context"
	"fmt"
)

// Results that nobody receives.

type checks struct {
	results chan error
	run     func(context.Context) error
}

func newChecks(run func(context.Context) error) *checks {
	return &checks{results: make(chan error), run: run}
}

func (c *checks) start(ctx context.Context) {
	go func() {
		c.results <- c.run(ctx) // want "medium blocked-send: nothing receives from this channel, so the send blocks forever; receive the values, or drop the channel"
	}()
}

type history struct{ entries chan string }

func newHistory() *history { return &history{make(chan string, 16)} }

func (h *history) note(s string) {
	h.entries <- s // want "low blocked-send: nothing receives from this channel, so the send blocks forever once it holds 16"
}

type closing struct{ out chan int }

func newClosing() *closing { return &closing{make(chan int)} }

func (c *closing) put(n int) {
	c.out <- n // want "medium blocked-send: nothing receives from this channel, so the send blocks until it is closed, and then panics"
}

func (c *closing) end() { close(c.out) }

// A signal that nobody gives.

type gate struct{ opened chan struct{} }

func newGate() *gate { return &gate{make(chan struct{})} }

func (g *gate) pass() {
	<-g.opened // want "low blocked-recv: nothing sends on this channel or closes it, so the receive blocks forever"
	fmt.Println("passed")
}

type daemon struct{ stopped chan struct{} }

func newDaemon() *daemon { return &daemon{make(chan struct{})} }

func (d *daemon) Run(ctx context.Context, start func(context.Context)) {
	start(ctx)
	<-d.stopped // want "low blocked-recv: nothing sends on this channel or closes it, so the receive blocks forever"
}

// Channels that nobody makes.

type forgotten struct {
	in, out chan int
	hook    chan int
	pause   chan struct{}
}

func newForgotten() *forgotten { return &forgotten{in: make(chan int)} }

func (f *forgotten) move() {
	f.out <- <-f.in // want "medium blocked-send: nothing makes this channel, so it is nil, and the send blocks forever; make it"
}

func (f *forgotten) fill(n int) { f.in <- n }

func (f *forgotten) empty() {
	for n := range f.out { // want "low blocked-recv: nothing makes this channel, so it is nil, and the receive blocks forever; make it"
		fmt.Println(n)
	}
}

// Silent: nil on purpose, for tests to set, or as a case that is never ready.

func (f *forgotten) observed(n int) {
	if f.hook != nil {
		f.hook <- n
	}
	select {
	case n := <-f.in:
		fmt.Println(n)
	case <-f.pause:
	}
}

// Silent: other packages can make the other half.

type Results struct {
	Errors chan error
	done   chan struct{}
}

func NewResults() *Results { return &Results{Errors: make(chan error), done: make(chan struct{})} }

func (r *Results) fail(err error)        { r.Errors <- err }
func (r *Results) Done() <-chan struct{} { return r.done }
func (r *Results) finish()               { close(r.done) }

// An exported field of a type that other packages cannot get is no way out.

type outcome struct {
	Errors chan error
}

func newOutcome() *outcome { return &outcome{make(chan error)} }

func (o *outcome) fail(err error) {
	o.Errors <- err // want "medium blocked-send: nothing receives from this channel, so the send blocks forever"
}

// Silent: an interface hands it out, but so does a function with its type.

type published struct{ Lines chan string }

func Publish() *published {
	p := &published{make(chan string)}
	go func() { p.Lines <- "first" }()
	return p
}

// Silent: two structs that are written alike are one type.

func alike() {
	var a struct{ c chan int }
	b := struct{ c chan int }{make(chan int)}
	go func() {
		b.c <- 1
	}()
	a = b
	<-a.c
}

// Silent: a conversion takes the fields of one type for those of another.

type draft struct{ ready chan int }
type final struct{ ready chan int }

func finish() int {
	d := &draft{make(chan int)}
	f := (*final)(d)
	go func() { d.ready <- 1 }()
	return <-f.ready
}

type hooked struct {
	hooks struct{ ready chan struct{} }
}

func newHooked() *hooked {
	return &hooked{hooks: struct{ ready chan struct{} }{make(chan struct{})}}
}

func (h *hooked) wait()  { <-h.hooks.ready }
func (h *hooked) begin() { close(h.hooks.ready) }
