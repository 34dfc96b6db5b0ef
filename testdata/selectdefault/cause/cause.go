// Package cause has functions that hide that their context was done.
package cause

import (
	"context"
	"log"
	"net/http"
	"os"
	"sync"
	"time"
)

type queue struct {
	jobs  chan int
	stop  chan struct{}
	ready bool
	mu    sync.Mutex
}

// A caller signals success.

func sync1(ctx context.Context, jobs chan int) error {
	select {
	case <-ctx.Done():
		return nil // want "low cause: no error is returned when the context is done, so retry goes on as after a success; return context.Cause of it, or its Err"
	case <-jobs:
		return nil
	}
}

func retry(ctx context.Context, jobs chan int, synced chan struct{}) {
	for {
		if err := sync1(ctx, jobs); err == nil {
			break
		}
		time.Sleep(time.Second)
	}
	close(synced)
}

// A caller calls something for its effect, another caller does not matter.

func polled(ctx context.Context) (int, error) {
	select {
	case <-ctx.Done():
		return 0, nil // want "low cause: no error is returned when the context is done, so acknowledge goes on"
	default:
	}
	return 1, nil
}

func acknowledge(ctx context.Context, ack func(int)) error {
	n, err := polled(ctx)
	if err != nil {
		return err
	}
	ack(n)
	return nil
}

func logged(ctx context.Context) {
	if _, err := polled(ctx); err != nil {
		log.Print(err)
	}
}

// The error is handed on to somebody who sets a field.

func (q *queue) load(ctx context.Context) error {
	for {
		select {
		case <-ctx.Done(): // silent "the case leaves the loop"
			return nil // want "low cause: .* so \\(\\*queue\\).open goes on"
		case _, ok := <-q.jobs:
			if !ok {
				return nil
			}
		}
	}
}

func (q *queue) init(ctx context.Context) error { return q.load(ctx) }

func (q *queue) open(ctx context.Context) error {
	if err := q.init(ctx); err != nil {
		return err
	}
	q.ready = true
	return nil
}

// Silent: nobody in view acts on it.

func Exported(ctx context.Context, jobs chan int) error {
	for {
		select {
		case <-ctx.Done():
			return nil // silent "no caller in view does anything that"
		case <-jobs:
		}
	}
}

// Silent: a run loop.

func run(ctx context.Context, jobs chan int) error {
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-jobs:
		}
	}
}

func start(ctx context.Context, jobs chan int) {
	go run(ctx, jobs)
	go func() {
		if err := run(ctx, jobs); err != nil {
			log.Print(err)
		}
	}()
}

// Silent: the caller cleans up and locks in any case.

func step(ctx context.Context, jobs chan int) error {
	select {
	case <-ctx.Done():
		return nil
	case <-jobs:
		return nil
	}
}

func (q *queue) steps(ctx context.Context) error {
	q.mu.Lock()
	if err := step(ctx, q.jobs); err != nil {
		q.mu.Unlock()
		return err
	}
	q.mu.Unlock()
	log.Print("done")
	return nil
}

// Silent: the caller looks at the context next, or gives it to what comes next.

func wait(ctx context.Context, jobs chan int) error {
	select {
	case <-ctx.Done():
		return nil
	case <-jobs:
		return nil
	}
}

func looks(ctx context.Context, jobs chan int, done chan bool) {
	if err := wait(ctx, jobs); err != nil || ctx.Err() != nil {
		return
	}
	done <- true
}

func passes(ctx context.Context, jobs chan int, put func(context.Context) error, done chan bool) error {
	if err := wait(ctx, jobs); err != nil {
		return err
	}
	if err := put(ctx); err != nil {
		return err
	}
	done <- true
	return nil
}

// Silent: the caller does the same after an error.

func copied(ctx context.Context, jobs chan int) error {
	select {
	case <-ctx.Done():
		return nil
	case <-jobs:
		return nil
	}
}

func always(ctx context.Context, jobs chan int, done chan bool) {
	if err := copied(ctx, jobs); err != nil {
		log.Print(err)
	}
	done <- true
}

// Silent: to be stopped is a success.

func (q *queue) until(ctx context.Context) error {
	select {
	case <-ctx.Done():
		return nil // silent "another case, for a signal, returns"
	case <-q.stop:
		return nil
	case <-q.jobs:
		return nil
	}
}

func interrupted(ctx context.Context, signals chan os.Signal) error {
	select {
	case <-ctx.Done():
		return nil
	case <-signals:
		return nil
	}
}

func stopped(ctx context.Context, q *queue, signals chan os.Signal, done chan bool) {
	if err := q.until(ctx); err == nil {
		done <- true
	}
	if err := interrupted(ctx, signals); err == nil {
		done <- true
	}
}

// Silent: the client is gone.

func stream(req *http.Request, events chan int) error {
	for {
		select {
		case <-req.Context().Done():
			return nil // silent "the context is that of a client, and"
		case <-events:
		}
	}
}

func serve(w http.ResponseWriter, req *http.Request, sent chan bool) {
	if err := stream(req, make(chan int)); err == nil {
		sent <- true
	}
}

// Silent: the error is told, or there is none to return.

func told(ctx context.Context, jobs chan int) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-jobs:
		return nil
	}
}

func tells(ctx context.Context, jobs chan int, done chan bool) {
	if err := told(ctx, jobs); err == nil {
		done <- true
	}
}

func noError(ctx context.Context, jobs chan int) {
	select {
	case <-ctx.Done():
		return
	case <-jobs:
	}
}
