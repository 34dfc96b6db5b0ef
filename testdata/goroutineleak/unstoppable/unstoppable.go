// Package unstoppable has goroutines that nothing can end.
package unstoppable

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"sync"
	"time"

	"ctxlint.test/fixtures/goroutineleak/helpers"
)

func poll() {}

func sleeps(ctx context.Context) {
	go func() { // want "low unstoppable: the goroutine runs on when ctx is done, because it loops forever; select on ctx.Done"
		for {
			poll()
			time.Sleep(time.Second)
		}
	}()
}

func ticks(ctx context.Context, d time.Duration) {
	t := time.NewTicker(d)
	go func() { // want "low unstoppable: the goroutine runs on when ctx is done"
		for range t.C {
			poll()
		}
	}()
}

func timeTick(ctx context.Context) {
	go func() { // want "low unstoppable: the goroutine runs on when ctx is done"
		for range time.Tick(time.Second) {
			poll()
		}
	}()
}

func waitsForJobs(ctx context.Context, jobs chan int) {
	go func() { // want "low unstoppable: the goroutine runs on when ctx is done"
		for {
			fmt.Println(<-jobs)
		}
	}()
}

func passesContext(ctx context.Context, f func(context.Context)) {
	go func() { // want "low unstoppable: the goroutine runs on when ctx is done"
		for {
			f(ctx)
		}
	}()
}

func handler(w http.ResponseWriter, r *http.Request) {
	go func() { // want "low unstoppable: the goroutine runs on when r.Context\\(\\) is done, because it loops forever; select on r.Context\\(\\).Done"
		for {
			poll()
			time.Sleep(time.Second)
		}
	}()
}

func breaksSelectOnly(ctx context.Context, a, b chan int) {
	go func() { // want "low unstoppable: the goroutine runs on when ctx is done"
		for {
			select {
			case <-a:
				break
			case <-b:
			}
		}
	}()
}

func throughHelper(ctx context.Context) {
	go loop() // want "low unstoppable: the goroutine runs on when ctx is done"
}

func loop() {
	inner()
}

func inner() {
	for {
		poll()
		time.Sleep(time.Second)
	}
}

func acrossPackages(ctx context.Context, p *helpers.Poller) {
	go helpers.Forever(time.Second, poll) // want "low unstoppable: the goroutine runs on when ctx is done, because it loops forever \\(Forever loops at helpers.go:11\\)"
	go p.Run()                            // want "low unstoppable: the goroutine runs on when ctx is done, because it loops forever \\(Run loops at helpers.go:"
	go helpers.Until(ctx, time.Second, poll)
	go helpers.Fail()
	go helpers.Heedless(ctx, poll) // silent "the loop in which the goroutine stays"
}

// A type with a method that is meant to end it.

type server struct {
	ln   net.Listener
	stop chan struct{}
}

func (s *server) Start() {
	go s.accept() // want "low unstoppable: the goroutine runs on when Close is called, because it loops forever; give the loop a channel that Close closes"
	go s.run()
}

func (s *server) accept() {
	for {
		conn, err := s.ln.Accept()
		if err != nil {
			fmt.Println(err)
			continue
		}
		conn.Close()
	}
}

func (s *server) run() {
	for {
		select {
		case <-s.stop:
			return
		case <-time.After(time.Second):
		}
	}
}

func (s *server) Close() error {
	close(s.stop)
	return s.ln.Close()
}

func newServer() *server {
	s := &server{}
	go func() { // want "low unstoppable: the goroutine runs on when Close is called"
		for {
			time.Sleep(time.Minute)
			poll()
		}
	}()
	return s
}

// The queue of a type that has a Stop, which does not close it.

type queue struct {
	items chan int
	done  chan struct{}
}

func (q *queue) Start() {
	go q.drain() // want "low unstoppable: the goroutine runs on when Stop is called"
}

func (q *queue) drain() {
	for i := range q.items {
		fmt.Println(i)
	}
}

func (q *queue) add(i int) { q.items <- i }

func (q *queue) Stop() { close(q.done) }

func newQueue() *queue { return &queue{items: make(chan int), done: make(chan struct{})} }

// Silent.

func stops(ctx context.Context) {
	go func() {
		for {
			select {
			case <-ctx.Done():
				return
			case <-time.After(time.Second):
			}
		}
	}()
}

func breaksOut(ctx context.Context, a chan int) {
	go func() {
	loop:
		for {
			select {
			case <-ctx.Done():
				break loop
			case <-a:
			}
		}
	}()
}

func returnsOnError(ctx context.Context, conn net.Conn) {
	go func() {
		buf := make([]byte, 10)
		for {
			if _, err := conn.Read(buf); err != nil {
				return
			}
		}
	}()
}

func condition(ctx context.Context) {
	go func() {
		for ctx.Err() == nil {
			time.Sleep(time.Second)
		}
	}()
}

func exits(ctx context.Context) {
	go func() {
		for {
			time.Sleep(time.Second)
			if ctx.Err() != nil {
				os.Exit(1)
			}
		}
	}()
}

func panics(ctx context.Context) {
	go func() {
		for {
			time.Sleep(time.Second)
			if ctx.Err() != nil {
				panic(ctx.Err())
			}
		}
	}()
}

func noContext() {
	go func() {
		for {
			poll()
			time.Sleep(time.Second)
		}
	}()
}

func rangeOfOwner(ctx context.Context, jobs <-chan int) {
	go func() {
		for j := range jobs {
			fmt.Println(j)
		}
	}()
}

var once sync.Once

func lazily(ctx context.Context) {
	once.Do(func() {
		go func() {
			for {
				poll()
				time.Sleep(time.Second)
			}
		}()
	})
}

func init() {
	go func() {
		for {
			poll()
			time.Sleep(time.Second)
		}
	}()
}

func unnamed(_ context.Context) {
	go inner()
}

// The file of a writer is closed, and its goroutine writes on.

type logger struct {
	f *os.File
	r *os.File
}

func newLogger(f, r *os.File) io.Closer {
	l := &logger{f, r}
	go l.copy() // want "low unstoppable: the goroutine runs on when Close is called"
	return l
}

func (l *logger) copy() {
	for {
		if _, err := l.f.ReadFrom(l.r); err != nil {
			fmt.Println(err)
		}
	}
}

func (l *logger) Close() error { return l.f.Close() }

// Shutdown has nothing to do with goroutines.

type process struct{ name string }

func (p *process) Shutdown() { fmt.Println(p.name) }

func (p *process) start() {
	go inner()
}

// One for the whole process, whoever comes first.

var cleaner *time.Ticker

func cleanerOf(ctx context.Context) *time.Ticker {
	if cleaner == nil {
		cleaner = time.NewTicker(time.Minute)
		go func() {
			for {
				poll()
				time.Sleep(time.Minute)
			}
		}()
	}
	return cleaner
}

var verbose bool

func perCall(ctx context.Context) {
	if !verbose {
		go func() { // want "low unstoppable: the goroutine runs on when ctx is done"
			for {
				poll()
				time.Sleep(time.Minute)
			}
		}()
	}
}

// The context may be for the making of the object only.

type cache struct{ entries map[string]int }

func newCache(ctx context.Context) (*cache, error) {
	c := &cache{entries: make(map[string]int)}
	go c.evict() // want "low unstoppable: the goroutine runs on when ctx is done"
	return c, ctx.Err()
}

func (c *cache) evict() {
	for {
		clear(c.entries)
		time.Sleep(time.Minute)
	}
}
