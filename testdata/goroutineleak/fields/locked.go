package fields

import (
	"fmt"
	"sync"
)

// Waiting under a lock that the other side needs.

// The loop takes the lock for each value, before it receives the next.
type feed struct {
	mu    sync.Mutex
	items chan int
	total int
}

func newFeed() *feed {
	f := &feed{items: make(chan int)}
	go f.sum()
	return f
}

func (f *feed) sum() {
	for n := range f.items {
		f.count(n)
	}
}

func (f *feed) count(n int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.total += n
}

func (f *feed) add(n int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.items <- n // want "medium blocked-send: this send waits under the lock mu that whoever receives may be waiting for"
}

// The goroutine takes the lock in the loop that has to end first.
type poller struct {
	mu         sync.RWMutex
	quit, done chan struct{}
	polls      int
}

func newPoller() *poller {
	p := &poller{quit: make(chan struct{}), done: make(chan struct{})}
	go func() {
		defer close(p.done)
		for {
			select {
			case <-p.quit:
				return
			default:
				p.mu.RLock()
				fmt.Println(p.polls)
				p.mu.RUnlock()
			}
		}
	}()
	return p
}

func (p *poller) stop() {
	p.mu.Lock()
	close(p.quit)
	<-p.done // want "low blocked-recv: this receive waits under the lock mu that whoever sends or closes may be waiting for"
	p.mu.Unlock()
}

// Both ends are made under the lock.
type handover struct {
	sync.Mutex
	slot chan string
}

func newHandover() *handover { return &handover{slot: make(chan string)} }

func (h *handover) put(s string) {
	h.Lock()
	defer h.Unlock()
	h.slot <- s // want "medium blocked-send: this send waits under the lock Mutex that whoever receives"
}

func (h *handover) take() string {
	h.Lock()
	defer h.Unlock()
	return <-h.slot // want "low blocked-recv: this receive waits under the lock Mutex that whoever sends or closes"
}

// The lock is given back before the send.
type released struct {
	mu    sync.Mutex
	items chan int
	total int
}

func newReleased() *released {
	r := &released{items: make(chan int)}
	go func() {
		for n := range r.items {
			r.mu.Lock()
			r.total += n
			r.mu.Unlock()
		}
	}()
	return r
}

func (r *released) add(n int) {
	r.mu.Lock()
	r.total++
	r.mu.Unlock()
	r.items <- n
}

// Another lock.
type twoLocks struct {
	in, out sync.Mutex
	items   chan int
	total   int
}

func newTwoLocks() *twoLocks {
	t := &twoLocks{items: make(chan int)}
	go func() {
		for n := range t.items {
			t.out.Lock()
			t.total += n
			t.out.Unlock()
		}
	}()
	return t
}

func (t *twoLocks) add(n int) {
	t.in.Lock()
	defer t.in.Unlock()
	t.items <- n
}

// The lock of another value.
type paired struct {
	mu    sync.Mutex
	items chan int
	peer  *paired
	total int
}

func newPaired(peer *paired) *paired {
	p := &paired{items: make(chan int), peer: peer}
	go func() {
		for n := range p.items {
			p.peer.mu.Lock()
			p.peer.total += n
			p.peer.mu.Unlock()
		}
	}()
	return p
}

func (p *paired) add(n int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.items <- n
}

// Two readers do not wait for each other.
type readers struct {
	mu    sync.RWMutex
	items chan int
	limit int
}

func newReaders(limit int) *readers {
	r := &readers{items: make(chan int), limit: limit}
	go func() {
		for n := range r.items {
			r.mu.RLock()
			fmt.Println(n, r.limit)
			r.mu.RUnlock()
		}
	}()
	return r
}

func (r *readers) add(n int) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	r.items <- n
}

// The receiver takes the lock once, before it comes to the channel.
type ready struct {
	mu    sync.Mutex
	on    bool
	items chan int
}

func newReady() *ready {
	r := &ready{items: make(chan int)}
	go func() {
		r.mu.Lock()
		r.on = true
		r.mu.Unlock()
		for n := range r.items {
			fmt.Println(n)
		}
	}()
	return r
}

func (r *ready) add(n int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.on {
		r.items <- n
	}
}

// The sender can give up.
type dropping struct {
	mu    sync.Mutex
	items chan int
	total int
}

func newDropping() *dropping {
	d := &dropping{items: make(chan int)}
	go func() {
		for n := range d.items {
			d.mu.Lock()
			d.total += n
			d.mu.Unlock()
		}
	}()
	return d
}

func (d *dropping) add(n int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	select {
	case d.items <- n:
	default:
	}
}

// There is a receiver that needs no lock.
type spare struct {
	mu    sync.Mutex
	items chan int
	total int
}

func newSpare() *spare {
	s := &spare{items: make(chan int)}
	go func() {
		for n := range s.items {
			s.mu.Lock()
			s.total += n
			s.mu.Unlock()
		}
	}()
	go func() {
		for n := range s.items {
			fmt.Println(n)
		}
	}()
	return s
}

func (s *spare) add(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.items <- n
}
