package fields

import (
	"context"
	"fmt"
	"io"
	"time"
)

// Silent: what fails comes after the answer.

type vote struct{ leader chan int }

type replica struct {
	votes  chan vote
	append func(int) error
	leader int
}

func newReplica(appendTo func(int) error) *replica {
	r := &replica{votes: make(chan vote), append: appendTo}
	go r.serve()
	return r
}

func (r *replica) serve() {
	for v := range r.votes {
		v.leader <- r.leader
		if err := r.append(r.leader); err != nil {
			fmt.Println(err)
			continue
		}
	}
}

func (r *replica) ask() int {
	v := vote{make(chan int)}
	r.votes <- v
	return <-v.leader
}

// Silent: nobody has the channel when its maker leaves.

type greeting struct {
	first chan string
	rest  io.Reader
}

func (g *greeting) next() string {
	s, ok := <-g.first
	if !ok {
		return fmt.Sprint(g.rest)
	}
	return s
}

func greet(r io.Reader, hello func() (string, error), serve func(interface{ next() string })) error {
	g := &greeting{first: make(chan string, 1), rest: r}
	s, err := hello()
	if err != nil {
		return err
	}
	g.first <- s
	close(g.first)
	serve(g)
	return nil
}

// Somebody has it.

type welcome struct{ first chan string }

func (w *welcome) next() string {
	return <-w.first // want "low blocked-recv: this receive blocks forever after an error in receive"
}

func receive(hello func() (string, error), serve func(interface{ next() string })) error {
	w := &welcome{first: make(chan string)}
	go serve(w)
	s, err := hello()
	if err != nil {
		return err
	}
	w.first <- s
	return nil
}

// Silent: nothing in this package makes one, so others do.

type outlet struct{ socket chan string }

type grid struct{ outlets map[string]*outlet }

func newGrid(outlets map[string]*outlet) *grid { return &grid{outlets} }

func (g *grid) plug(name string) { g.outlets[name].socket <- name }

// The sender hears the end itself, and has room for what it was about to send.

func keepAlive(ctx context.Context, ping func() error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	errs := make(chan error, 1)
	go func() {
		t := time.NewTicker(time.Second)
		defer t.Stop()
		for {
			select {
			case <-t.C:
				errs <- ping() // want "low blocked-send: this send blocks forever when keepAlive leaves before receiving everything"
			case <-ctx.Done():
				return
			}
		}
	}()
	for err := range errs {
		if err != nil {
			return
		}
	}
}

// It has none.

func keepAsking(ctx context.Context, ping func() error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	errs := make(chan error)
	go func() {
		t := time.NewTicker(time.Second)
		defer t.Stop()
		for {
			select {
			case <-t.C:
				errs <- ping() // want "blocked-send: this send blocks forever when keepAsking leaves before receiving everything"
			case <-ctx.Done():
				return
			}
		}
	}()
	for err := range errs {
		if err != nil {
			return
		}
	}
}

// A closed channel must not be taken for a value.

func closedAfter(ctx context.Context, get func() int) int {
	c := make(chan int)
	go func() {
		defer close(c)
		c <- get() // want `blocked-send: .*and the goroutine leaks; give the channel a buffer$`
	}()
	select {
	case n := <-c:
		return n
	case <-ctx.Done():
		return 0
	}
}

// Nor may a value be taken from those for whom it is meant.

type mill struct {
	grain  chan int
	orders chan string
}

func newMill() *mill {
	m := &mill{make(chan int), make(chan string)}
	go m.run()
	return m
}

func (m *mill) run() {
	for {
		select {
		case g := <-m.grain:
			fmt.Println(g)
		case _, ok := <-m.orders:
			if !ok {
				return
			}
		}
	}
}

func (m *mill) fill(n int) {
	m.grain <- n // want "low blocked-send: .*because nobody else receives; end it by the same signal, too"
}

func (m *mill) order(what string) {
	select {
	case m.orders <- what:
	default:
	}
}

func (m *mill) stop() { close(m.orders) }
