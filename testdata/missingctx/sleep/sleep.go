// Package sleep has waits for time, in functions with a context.
package sleep

import (
	"context"
	"errors"
	"io/fs"
	"net/http"
	"time"
)

func once(ctx context.Context) {
	time.Sleep(50 * time.Millisecond)
	time.Sleep(2 * time.Second)  // want `low sleep: the wait for time\.Sleep goes on after ctx has ended; select on ctx\.Done\(\) beside a timer, and return`
	time.Sleep(10 * time.Second) // want `sleep: time\.Sleep`
	_ = ctx.Err()
}

func unknown(ctx context.Context, d time.Duration) {
	time.Sleep(d) // want `low sleep: time\.Sleep`
	_ = ctx.Err()
}

func after(ctx context.Context) {
	<-time.After(10 * time.Second) // want `sleep: time\.After`
	timer := time.NewTimer(time.Minute)
	<-timer.C // want `sleep: time\.NewTimer`
	_ = ctx.Err()
}

// poll asks until it is ready, whoever waits.
func poll(ctx context.Context, ready func() bool) {
	for !ready() {
		time.Sleep(200 * time.Millisecond) // want `sleep: time\.Sleep`
	}
	_ = ctx.Err()
}

// pollWith gives the context to what it asks, which may fail when that has ended.
func pollWith(ctx context.Context, ready func(context.Context) bool) {
	for !ready(ctx) {
		time.Sleep(200 * time.Millisecond) // want `low sleep: time\.Sleep`
	}
}

// checked asks for the end itself.
func checked(ctx context.Context, ready func() bool) error {
	for !ready() {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		time.Sleep(200 * time.Millisecond)
	}
	for !ready() {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		time.Sleep(2 * time.Second)
	}
	return nil
}

// leftOnError is left when what it asks fails, one wait late at most.
func leftOnError(ctx context.Context, ready func(context.Context) (bool, error)) error {
	for {
		ok, err := ready(ctx)
		if err != nil {
			return err
		}
		if ok {
			return nil
		}
		time.Sleep(3 * time.Second)
	}
}

func leftRarely(ctx context.Context, ready func(context.Context) (bool, error)) error {
	for range 10 {
		ok, err := ready(ctx)
		if err == nil {
			if ok {
				return nil
			}
			time.Sleep(time.Minute) // want `sleep: time\.Sleep`
			continue
		}
		return err
	}
	return nil
}

// leftOnOthers is not left when the context has ended.
func leftOnOthers(ctx context.Context, ready func(context.Context) (bool, error)) error {
	for range 20 {
		ok, err := ready(ctx)
		if errors.Is(err, fs.ErrNotExist) {
			return err
		}
		if ok {
			return nil
		}
		time.Sleep(3 * time.Second) // want `sleep: time\.Sleep`
	}
	return nil
}

// swallowed goes on whatever happens.
func swallowed(ctx context.Context, ready func(context.Context) (bool, error)) bool {
	for range 20 {
		ok, err := ready(ctx)
		if err != nil {
			ok = false
		}
		if ok {
			return true
		}
		time.Sleep(3 * time.Second) // want `sleep: time\.Sleep`
	}
	return false
}

func unknownPause(ctx context.Context, ready func(context.Context) (bool, error), pause time.Duration) error {
	for range 20 {
		if _, err := ready(ctx); err != nil {
			return err
		}
		time.Sleep(pause) // want `low sleep: time\.Sleep`
	}
	return nil
}

// spaced counts in microseconds.
func spaced(ctx context.Context, send func(), n int) {
	for range 1000 {
		send()
		time.Sleep(time.Duration(n) * time.Microsecond)
	}
	_ = ctx.Err()
}

func checkedRarely(ctx context.Context, ready func() bool) {
	for ctx.Err() == nil && !ready() {
		time.Sleep(time.Minute) // want `sleep: time\.Sleep`
	}
}

// quick looks often enough.
func quick(ctx context.Context, ready func() bool) {
	for !ready() {
		time.Sleep(10 * time.Millisecond)
	}
	_ = ctx.Err()
}

// retries ends by itself, after a moment.
func retries(ctx context.Context, try func(context.Context) error) error {
	for range 3 {
		if try(ctx) == nil {
			return nil
		}
		time.Sleep(10 * time.Millisecond)
	}
	for i := 0; i < 3; i++ {
		if try(ctx) == nil {
			return nil
		}
		time.Sleep(500 * time.Millisecond) // want `low sleep: time\.Sleep`
	}
	return errors.New("gave up")
}

// backoff waits longer each time.
func backoff(ctx context.Context, try func(context.Context) error, attempts int) error {
	var err error
	for i := 1; i <= attempts; i++ {
		if err = try(ctx); err == nil {
			return nil
		}
		time.Sleep(time.Duration(i) * 2 * time.Second) // want `sleep: time\.Sleep`
	}
	return err
}

func doubling(ctx context.Context, try func(context.Context) error) error {
	d := 100 * time.Millisecond
	for {
		err := try(ctx)
		if err == nil || d > time.Minute {
			return err
		}
		time.Sleep(d) // want `sleep: time\.Sleep`
		d *= 2
	}
}

func handler(w http.ResponseWriter, r *http.Request) {
	for len(r.Header) == 0 {
		time.Sleep(time.Second) // want `sleep: the wait for time\.Sleep goes on after r\.Context\(\) has ended; select on r\.Context\(\)\.Done\(\)`
	}
}

// endless is a loop that nothing ends, which is the greater defect.
func endless(ctx context.Context, work func()) {
	for {
		work()
		time.Sleep(time.Minute)
	}
}

// polled checks the context right before the wait, which is another check's business.
func polled(ctx context.Context, work func()) {
	for {
		select {
		case <-ctx.Done():
			return
		default:
			work()
			time.Sleep(time.Minute)
		}
	}
}

func selects(ctx context.Context) error {
	timer := time.NewTimer(time.Minute)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
	}
	return nil
}

type worker struct{ ctx context.Context }

func newWorker(ctx context.Context) *worker { return &worker{ctx} }

func (w *worker) wait(ready func() bool) {
	for !ready() {
		time.Sleep(time.Minute) // want `low sleep: select on w\.ctx\.Done\(\)`
	}
}
