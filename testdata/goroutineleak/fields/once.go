package fields

import (
	"sync"
	"time"
)

// A scan is made for one call of collect, which leaves for good when it has waited long enough.
type scan struct {
	results chan int
	running sync.WaitGroup
}

func newScan() *scan {
	s := &scan{results: make(chan int)}
	go func() { s.running.Wait(); close(s.results) }()
	return s
}

func (s *scan) run(n int) {
	defer s.running.Done()
	time.Sleep(time.Duration(n) * time.Second)
	s.results <- n // want `medium blocked-send: once collect has returned`
}

func (s *scan) collect(limit time.Duration) (all []int) {
	for {
		select {
		case <-time.After(limit):
			return all
		case n, ok := <-s.results:
			if !ok {
				return all
			}
			all = append(all, n)
		}
	}
}

func runScan() []int {
	s := newScan()
	for n := range 3 {
		s.running.Add(1)
		go s.run(n)
	}
	return s.collect(time.Second)
}

func runScans() (all []int) {
	for range 3 {
		s := newScan()
		s.running.Add(1)
		go s.run(1)
		all = append(all, s.collect(time.Second)...)
	}
	return all
}

// The same through an object that has the scan.
type part struct{ of *tally }

type tally struct{ counts chan int }

func (p *part) count() { p.of.counts <- 1 } // want `medium blocked-send: once sum has returned`

func (t *tally) sum() (n int) {
	for range 3 {
		select {
		case k := <-t.counts:
			n += k
		case <-time.After(time.Second):
			return n
		}
	}
	return n
}

func countParts() int {
	t := &tally{counts: make(chan int)}
	for range 3 {
		go (&part{t}).count()
	}
	return t.sum()
}

// A poll that somebody makes again and again on one object.
type feeding struct{ items chan int }

func (f *feeding) fill() { f.items <- 1 }

func (f *feeding) some() (all []int) {
	for {
		select {
		case n := <-f.items:
			all = append(all, n)
		case <-time.After(time.Second):
			return all
		}
	}
}

func polled() (all []int) {
	f := &feeding{items: make(chan int)}
	go f.fill()
	for range 3 {
		all = append(all, f.some()...)
	}
	return all
}

// Objects that are handed out, of which nobody knows who else asks.
type pool struct{ items chan int }

var sharedPool = &pool{items: make(chan int)}

func theirs() *pool { return sharedPool }

func (p *pool) put() { p.items <- 1 }

func (p *pool) take() (all []int) {
	for {
		select {
		case n := <-p.items:
			all = append(all, n)
		case <-time.After(time.Second):
			return all
		}
	}
}

func takeOnce() []int {
	p := theirs()
	go p.put()
	return p.take()
}

// A literal that may be called more than once.
type box struct{ items chan int }

func (b *box) put() { b.items <- 1 }

func (b *box) empty() (all []int) {
	for {
		select {
		case n := <-b.items:
			all = append(all, n)
		case <-time.After(time.Second):
			return all
		}
	}
}

func emptier() func() []int {
	b := &box{items: make(chan int)}
	go b.put()
	return func() []int { return b.empty() }
}

// A method that other packages may call.
type Queue struct{ items chan int }

func NewQueue() *Queue { return &Queue{items: make(chan int)} }

func (q *Queue) put() { q.items <- 1 }

func (q *Queue) Take() (all []int) {
	for {
		select {
		case n := <-q.items:
			all = append(all, n)
		case <-time.After(time.Second):
			return all
		}
	}
}

func takeFromQueue() []int {
	q := NewQueue()
	go q.put()
	return q.Take()
}
