// Package lives has contexts that never end: there is nothing to listen to.
package lives

import (
	"context"
	"net/http"
	"time"
)

// A Queue works for as long as the process.
type Queue struct {
	jobs, results chan int
}

func (q *Queue) Start() {
	q.run(context.Background())
}

func (q *Queue) run(ctx context.Context) {
	for {
		select {
		case j := <-q.jobs:
			q.results <- j
		case j := <-q.results:
			_ = j
		}
	}
}

func New() *Queue {
	q := &Queue{make(chan int), make(chan int)}
	serve(context.WithValue(context.Background(), key{}, q))
	return q
}

type key struct{}

func serve(ctx context.Context) {
	go http.ListenAndServe(":8080", nil)
	go func() {
		for {
			time.Sleep(time.Second)
		}
	}()
}

// Near misses: some caller has a context that ends.

func (q *Queue) StartWith(ctx context.Context, forever bool) {
	if forever {
		q.runWith(context.Background())
	}
	q.runWith(ctx)
}

func (q *Queue) runWith(ctx context.Context) {
	for {
		select { // want "no-done: the loop waits here forever when ctx is done"
		case j := <-q.jobs:
			q.results <- j
		case j := <-q.results:
			_ = j
		}
	}
}

func NewFor(limit time.Duration) {
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	defer cancel()
	serveUntil(ctx)
}

func serveUntil(ctx context.Context) {
	go http.ListenAndServe(":8080", nil) // want "low serve: the server runs on when ctx is done"
	go func() {                          // want "low unstoppable: the goroutine runs on when ctx is done"
		for {
			time.Sleep(time.Second)
		}
	}()
}
