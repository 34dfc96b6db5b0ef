package fields

import (
	"errors"
	"time"
)

// Room of any size fills up once the receiver has left after an error, and others go on.

type relay struct{ lines chan string }

func newRelay() *relay {
	r := &relay{lines: make(chan string, 100)}
	go r.run()
	return r
}

func (r *relay) run() {
	for line := range r.lines {
		if err := forward(line); err != nil {
			println(err.Error())
			return
		}
	}
}

func (r *relay) Line(s string) {
	r.lines <- s // want "medium blocked-send: this send blocks forever after an error in run, because nobody else receives"
}

func forward(line string) error {
	if len(line) > 512 {
		return errors.New("too long")
	}
	return nil
}

// Here only a few come, from the constructor.

type greeter struct{ lines chan string }

func newGreeter() *greeter {
	g := &greeter{lines: make(chan string, 100)}
	go g.run()
	g.greet("hello")
	return g
}

func (g *greeter) run() {
	for line := range g.lines {
		if err := forward(line); err != nil {
			println(err.Error())
			return
		}
	}
}

func (g *greeter) greet(s string) { g.lines <- s }

// Whoever stops with a signal is through with all of it: the room is for what is on its way.

type stopping struct {
	lines chan string
	stop  chan struct{}
}

func newStopping() *stopping {
	s := &stopping{make(chan string, 100), make(chan struct{})}
	go s.run()
	return s
}

func (s *stopping) run() {
	for {
		select {
		case line := <-s.lines:
			println(line)
		case <-s.stop:
			return
		}
	}
}

func (s *stopping) Line(line string) { s.lines <- line }
func (s *stopping) Stop()            { close(s.stop) }

// A case for a time that is switched on and off says nothing of the others.

func retries(stop <-chan struct{}, ask func() []int) {
	ch := make(chan []int)
	go asks(ch, stop, ask)
	retry := time.After(0)
	for {
		select {
		case <-stop:
			return
		case <-ch:
		case <-retry:
		}
		retry = nil
		if len(ask()) == 0 {
			retry = time.After(time.Minute)
		}
	}
}

func asks(ch chan []int, stop <-chan struct{}, ask func() []int) {
	for {
		select {
		case <-stop:
			return
		case <-time.After(time.Second):
		}
		ch <- ask() // want "blocked-send: this send blocks forever when retries leaves before receiving everything"
	}
}
