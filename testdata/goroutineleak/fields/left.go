// Package fields has channels that are kept in fields, and whose two ends are in
// different methods.
package fields

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"
)

var errBroken = errors.New("broken")

// A loop that leaves at a signal, while its clients send without listening to that.

type board struct {
	posts  chan string
	leaves chan int
	over   chan struct{}
	users  map[int]bool
}

func newBoard() *board {
	b := &board{posts: make(chan string), leaves: make(chan int), over: make(chan struct{}), users: make(map[int]bool)}
	go b.serve()
	return b
}

func (b *board) serve() {
	for {
		select {
		case p := <-b.posts:
			fmt.Println(p)
		case u := <-b.leaves:
			delete(b.users, u)
		case <-b.over:
			return
		}
	}
}

func (b *board) end() { close(b.over) }

func (b *board) post(p string) {
	b.posts <- p // want "medium blocked-send: this send blocks forever once serve has returned, because nobody else receives; select on over, too"
}

func (b *board) postTwice(p string) {
	b.posts <- p // want "medium blocked-send: this send blocks forever once serve has returned"
	b.posts <- p
}

func (b *board) leave(user int) {
	select {
	case b.leaves <- user:
	case <-b.over:
	}
}

// A loop that leaves when its context is done.

type collector struct {
	samples chan float64
	sum     float64
}

func newCollector() *collector { return &collector{samples: make(chan float64)} }

func (c *collector) run(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case x := <-c.samples:
			c.sum += x
		}
	}
}

func (c *collector) add(x float64) {
	c.samples <- x // want "medium blocked-send: this send blocks forever once run has returned, because nobody else receives; select on its context, too"
}

func (c *collector) addAll(ctx context.Context, xs []float64) {
	for _, x := range xs {
		c.samples <- x // want "low no-done: this send blocks forever once run has returned, because nobody else receives; select on ctx.Done\\(\\), too"
	}
}

func (c *collector) measure(ctx context.Context, read func() float64) {
	for ctx.Err() == nil {
		c.report(read())
	}
}

func (c *collector) report(x float64) {
	c.samples <- x // want "low no-done: this send blocks forever once run has returned, because nobody else receives; give report the context of its callers and select on it"
}

// A loop that leaves with an error.

type writer struct {
	lines chan string
	done  chan struct{}
	write func(string) error
}

func newWriter(write func(string) error) *writer {
	w := &writer{lines: make(chan string), done: make(chan struct{}), write: write}
	go func() {
		if err := w.loop(); err != nil {
			fmt.Println(err)
		}
	}()
	return w
}

func (w *writer) loop() error {
	for line := range w.lines {
		if err := w.write(line); err != nil {
			return err
		}
	}
	return nil
}

func (w *writer) print(line string) {
	w.lines <- line // want "medium blocked-send: this send blocks forever after an error in loop, because nobody else receives"
}

// With room, it takes more sends to block.

type buffered struct {
	jobs chan func()
	over chan struct{}
}

func newBuffered() *buffered {
	b := &buffered{jobs: make(chan func(), 8), over: make(chan struct{})}
	go func() {
		for {
			select {
			case job := <-b.jobs:
				job()
			case <-b.over:
				return
			}
		}
	}()
	return b
}

func (b *buffered) end() { close(b.over) }

func (b *buffered) do(job func()) {
	b.jobs <- job // want "low blocked-send: this send blocks forever once the goroutine at the other end has returned"
}

// A flag that is asked for first may say that the loop has left, but not without a lock.

type flagged struct {
	in    chan int
	over  chan struct{}
	ended bool
}

func newFlagged() *flagged {
	f := &flagged{in: make(chan int), over: make(chan struct{})}
	go f.loop()
	return f
}

func (f *flagged) loop() {
	for {
		select {
		case n := <-f.in:
			fmt.Println(n)
		case <-f.over:
			return
		}
	}
}

func (f *flagged) end() {
	f.ended = true
	close(f.over)
}

func (f *flagged) put(n int) {
	if f.ended {
		return
	}
	f.in <- n // want "low blocked-send: this send blocks forever once loop has returned"
}

// Silent: the flag is set under the lock that the senders take.

type locked struct {
	mu    sync.Mutex
	in    chan int
	over  chan struct{}
	ended bool
}

func newLocked() *locked {
	l := &locked{in: make(chan int), over: make(chan struct{})}
	go l.loop()
	return l
}

func (l *locked) loop() {
	for {
		select {
		case n := <-l.in:
			fmt.Println(n)
		case <-l.over:
			return
		}
	}
}

func (l *locked) end() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.ended = true
	close(l.over)
}

func (l *locked) put(n int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.ended {
		return
	}
	l.in <- n // silent "it asks first, under a lock"
}

// Silent: the senders are waited for before the loop is told to leave.

type joined struct {
	in      chan int
	over    chan struct{}
	senders sync.WaitGroup
}

func newJoined() *joined {
	j := &joined{in: make(chan int), over: make(chan struct{})}
	go j.loop()
	return j
}

func (j *joined) loop() {
	for {
		select {
		case n := <-j.in:
			fmt.Println(n)
		case <-j.over:
			return
		}
	}
}

func (j *joined) send(n int) {
	j.senders.Go(func() { j.in <- n })
}

func (j *joined) end() {
	j.senders.Wait()
	close(j.over)
}

// Silent: the sender itself says that it is over.

type speaker struct {
	words chan string
	over  chan struct{}
}

func newSpeaker() *speaker { return &speaker{words: make(chan string), over: make(chan struct{})} }

func (s *speaker) speak(words []string) {
	for _, w := range words {
		s.words <- w
	}
	close(s.over)
}

func (s *speaker) listen() {
	for {
		select {
		case w := <-s.words:
			fmt.Println(w)
		case <-s.over:
			return
		}
	}
}

// Silent: what is left is received after the loop, on the way out.

type drained struct {
	in   chan int
	over chan struct{}
}

func newDrained() *drained {
	d := &drained{in: make(chan int), over: make(chan struct{})}
	go d.loop()
	return d
}

func (d *drained) loop() {
	for {
		select {
		case n := <-d.in:
			fmt.Println(n)
		case <-d.over:
			for n := range d.in {
				fmt.Println("late", n)
			}
			return
		}
	}
}

func (d *drained) put(n int) { d.in <- n }
func (d *drained) end()      { close(d.over) }

// Silent: the loop is begun again when it has left.

type restarted struct {
	in     chan int
	broken chan struct{}
}

func newRestarted() *restarted {
	r := &restarted{in: make(chan int), broken: make(chan struct{})}
	go func() {
		for {
			r.session()
		}
	}()
	return r
}

func (r *restarted) session() {
	for {
		select {
		case n := <-r.in:
			fmt.Println(n)
		case <-r.broken:
			return
		}
	}
}

func (r *restarted) put(n int) { r.in <- n }
func (r *restarted) breakUp()  { close(r.broken) }

// Silent: each call takes one value, and the next may come.

type queue struct{ items chan int }

func newQueue() *queue { return &queue{make(chan int)} }

func (q *queue) next(ctx context.Context) (int, error) {
	select {
	case n := <-q.items:
		return n, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

func (q *queue) push(n int) { q.items <- n }

// Silent: somebody else receives, too.

type shared struct {
	in   chan int
	over chan struct{}
}

func newShared() *shared {
	s := &shared{in: make(chan int), over: make(chan struct{})}
	go s.some()
	go s.all()
	return s
}

func (s *shared) some() {
	for {
		select {
		case n := <-s.in:
			fmt.Println(n)
		case <-s.over:
			return
		}
	}
}

func (s *shared) all() {
	for n := range s.in {
		fmt.Println(n)
	}
}

func (s *shared) put(n int) { s.in <- n }
func (s *shared) end()      { close(s.over) }

// Silent: other packages can receive.

type Feed struct {
	events chan int
	over   chan struct{}
}

func NewFeed() *Feed {
	f := &Feed{events: make(chan int), over: make(chan struct{})}
	go f.watch()
	return f
}

func (f *Feed) Events() <-chan int { return f.events }
func (f *Feed) Close()             { close(f.over) }
func (f *Feed) put(n int)          { f.events <- n }

func (f *Feed) watch() {
	for {
		select {
		case n := <-f.events:
			fmt.Println(n)
		case <-f.over:
			return
		}
	}
}

// Silent: there is one for the life of the process.

var theLog = func() *journal {
	j := &journal{entries: make(chan string), over: make(chan struct{})}
	go j.run()
	return j
}()

type journal struct {
	entries chan string
	over    chan struct{}
}

func (j *journal) run() {
	for {
		select {
		case e := <-j.entries:
			fmt.Println(e)
		case <-j.over:
			return
		}
	}
}

func (j *journal) end()          { close(j.over) }
func (j *journal) note(e string) { j.entries <- e } // silent "the other side leaves only when the process ends"

// A channel by which the loop is told to leave can be told once; whether it has left
// by another way is for its owner to know.

type told struct {
	quit chan struct{}
}

func newTold(ctx context.Context) *told {
	t := &told{quit: make(chan struct{})}
	go t.loop(ctx)
	return t
}

func (t *told) loop(ctx context.Context) {
	ticker := time.NewTicker(time.Second)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-t.quit:
			return
		case <-ticker.C:
			fmt.Println("tick")
		}
	}
}

func (t *told) stop() {
	t.quit <- struct{}{} // want "low blocked-send: this send blocks forever once loop has returned"
}

// With room for many, nothing says that there will be more.

type spacious struct {
	jobs chan func()
	over chan struct{}
}

func newSpacious() *spacious {
	r := &spacious{jobs: make(chan func(), 100), over: make(chan struct{})}
	go func() {
		for {
			select {
			case job := <-r.jobs:
				job()
			case <-r.over:
				return
			}
		}
	}()
	return r
}

func (r *spacious) end() { close(r.over) }

func (r *spacious) do(job func()) { r.jobs <- job } // silent "the channel has a buffer"
