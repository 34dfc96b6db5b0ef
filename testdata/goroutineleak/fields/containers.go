package fields

import (
	"context"
	"fmt"
	"time"
)

// Channels that are elements of a map or a slice.

type hub struct {
	subscribers map[string]chan int
}

func newHub() *hub { return &hub{make(map[string]chan int)} }

func (h *hub) publish(n int) {
	for _, s := range h.subscribers {
		s <- n // want "medium blocked-send: this send blocks forever once follow has returned"
	}
}

func (h *hub) follow(name string, limit time.Duration) {
	c := make(chan int)
	h.subscribers[name] = c
	late := time.After(limit)
	for {
		select {
		case n := <-c:
			fmt.Println(n)
		case <-late:
			return
		}
	}
}

type ranks struct{ turns []chan bool }

func newRanks(n int) *ranks {
	r := &ranks{}
	for range n {
		r.turns = append(r.turns, make(chan bool))
	}
	return r
}

func (r *ranks) give(ctx context.Context) {
	for _, c := range r.turns {
		select {
		case c <- true:
		case <-ctx.Done():
			return
		}
	}
}

func (r *ranks) await(i int) bool {
	return <-r.turns[i] // want "low blocked-recv: this receive blocks forever once give has returned"
}

type set struct{ members map[chan string]bool }

func newSet() *set { return &set{make(map[chan string]bool)} }

func (s *set) join() { s.members[make(chan string)] = true }

func (s *set) tell(text string) {
	for c := range s.members {
		c <- text // want "medium blocked-send: nothing receives from this channel, so the send blocks forever"
	}
}

// Silent: each is received from once.

func gather(work []func() int) (all []int) {
	var results []chan int
	for _, w := range work {
		c := make(chan int)
		results = append(results, c)
		go func() { c <- w() }()
	}
	for _, c := range results {
		all = append(all, <-c)
	}
	return all
}

// Silent: other packages have the map.

type Registry struct{ Topics map[string]chan int }

func NewRegistry() *Registry { return &Registry{make(map[string]chan int)} }

func (r *Registry) open(topic string)           { r.Topics[topic] = make(chan int) }
func (r *Registry) publish(topic string, n int) { r.Topics[topic] <- n }
