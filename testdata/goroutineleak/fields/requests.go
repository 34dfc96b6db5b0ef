package fields

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// A server that answers through a channel in the request, and clients that do not wait
// for the answer.

type question struct {
	text  string
	reply chan string
}

type oracle struct {
	asked chan question
	over  chan struct{}
}

func newOracle() *oracle {
	o := &oracle{asked: make(chan question), over: make(chan struct{})}
	go o.serve()
	return o
}

func (o *oracle) serve() {
	for {
		select {
		case q := <-o.asked:
			q.reply <- "because " + q.text // want "medium blocked-send: this send blocks forever once ask has returned, because nobody else receives; give the channel a buffer"
		case <-o.over:
			return
		}
	}
}

func (o *oracle) end() { close(o.over) }

func (o *oracle) ask(text string) (string, error) {
	q := question{text, make(chan string)}
	select {
	case o.asked <- q:
	case <-o.over:
		return "", errors.New("over")
	}
	select {
	case a := <-q.reply:
		return a, nil
	case <-time.After(time.Second):
		return "", errors.New("late")
	}
}

// A server that does not answer when something fails.

type lookup struct {
	key   string
	value chan int
}

type table struct {
	lookups chan lookup
	find    func(string) (int, error)
}

func newTable(find func(string) (int, error)) *table {
	t := &table{make(chan lookup), find}
	go t.serve()
	return t
}

func (t *table) serve() {
	for l := range t.lookups {
		n, err := t.find(l.key)
		if err != nil {
			fmt.Println(err)
			continue
		}
		l.value <- n
	}
}

func (t *table) get(key string) int {
	l := lookup{key, make(chan int)}
	t.lookups <- l
	return <-l.value // want "low blocked-recv: this receive blocks forever after an error in serve"
}

// Silent: it answers in any case.

type order struct {
	item string
	done chan error
}

type shop struct {
	orders chan order
	sell   func(string) error
}

func newShop(sell func(string) error) *shop {
	s := &shop{make(chan order), sell}
	go s.serve()
	return s
}

func (s *shop) serve() {
	for o := range s.orders {
		if err := s.sell(o.item); err != nil {
			o.done <- err
			continue
		}
		o.done <- nil
	}
}

func (s *shop) buy(item string) error {
	o := order{item, make(chan error)}
	s.orders <- o
	return <-o.done
}

// Silent: there is room for the answer.

type query struct{ answer chan int }

func newRoomy() *counterServer {
	c := &counterServer{make(chan query)}
	go c.serve()
	return c
}

type counterServer struct{ queries chan query }

func (c *counterServer) serve() {
	n := 0
	for q := range c.queries {
		n++
		q.answer <- n
	}
}

func (c *counterServer) count(ctx context.Context) int {
	q := query{make(chan int, 1)}
	c.queries <- q
	select {
	case n := <-q.answer:
		return n
	case <-ctx.Done():
		return 0
	}
}

// A channel that is itself what is sent.

type status struct {
	wanted chan chan int
	over   chan struct{}
}

func newStatus() *status {
	s := &status{make(chan chan int), make(chan struct{})}
	go s.serve()
	return s
}

func (s *status) serve() {
	for {
		select {
		case c := <-s.wanted:
			c <- 1
		case <-s.over:
			return
		}
	}
}

func (s *status) end() { close(s.over) }

func (s *status) get() int {
	c := make(chan int)
	s.wanted <- c // want "medium blocked-send: this send blocks forever once serve has returned"
	return <-c
}
