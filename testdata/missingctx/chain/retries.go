package chain

import (
	"context"
	"database/sql"
	"errors"
	"time"
)

// A helper tries again what it is given, and sleeps in between.

func repeat(n int, try func() error) (err error) { // want repeat:`repeat\(\): time\.Sleep`
	for range n {
		if err = try(); err == nil {
			return nil
		}
		time.Sleep(10 * time.Second)
	}
	return err
}

func pings(ctx context.Context, db *sql.DB) error {
	return repeat(5, func() error { return db.PingContext(ctx) }) // want `medium chain: pings\(\) → repeat\(\): time\.Sleep`
}

type retrier struct{ attempts int }

func (r *retrier) do(what string, try func() error) error { // want do:`\(\*retrier\)\.do\(\): time\.Sleep`
	for i := 0; ; i++ {
		if err := try(); err == nil || i >= r.attempts {
			return err
		}
		println("again", what)
		time.Sleep(5 * time.Second)
	}
}

func (r *retrier) quietly(try func() error) error { return r.do("", try) } // want quietly:`quietly\(\) → \(\*retrier\)\.do\(\): time\.Sleep`

func pingsQuietly(ctx context.Context, r *retrier, db *sql.DB) error {
	return r.quietly(func() error { return db.PingContext(ctx) }) // want `medium chain: pingsQuietly\(\) → \(\*retrier\)\.quietly\(\) → \(\*retrier\)\.do\(\): time\.Sleep`
}

// What is tried has no context, or is not in view.

func counting(n int, try func() error) (err error) { // want counting:`counting\(\): time\.Sleep`
	for range n {
		if err = try(); err == nil {
			return nil
		}
		time.Sleep(10 * time.Second)
	}
	return err
}

func counts(ctx context.Context, take func() int) error {
	defer func() { println(ctx.Err()) }()
	return counting(5, func() error { // want `low chain: counts\(\) → counting\(\): time\.Sleep`
		if take() == 0 {
			return errors.New("none")
		}
		return nil
	})
}

// The helper may see the end of the context by itself.

func choosy(n int, try func() error, again func(error) bool) (err error) { // want choosy:`choosy\(\): time\.Sleep`
	for range n {
		if err = try(); err == nil || !again(err) {
			return err
		}
		time.Sleep(10 * time.Second)
	}
	return err
}

func pingsChoosily(ctx context.Context, db *sql.DB) error {
	return choosy(5, func() error { return db.PingContext(ctx) }, func(err error) bool { return err != sql.ErrConnDone }) // want `low chain: pingsChoosily\(\) → choosy\(\): time\.Sleep`
}

// All callers say how long it waits, or one does not.

func slowly(n int, pause time.Duration, try func() error) (err error) { // want slowly:`slowly\(\): time\.Sleep`
	for range n {
		if err = try(); err == nil {
			return nil
		}
		time.Sleep(pause)
		pause *= 2
	}
	return err
}

func pingsSlowly(ctx context.Context, db *sql.DB) error {
	return slowly(5, 2*time.Second, func() error { return db.PingContext(ctx) }) // want `medium chain: pingsSlowly\(\) → slowly\(\): time\.Sleep`
}

func atSomePace(n int, pause time.Duration, try func() error) (err error) { // want atSomePace:`atSomePace\(\): time\.Sleep`
	for range n {
		if err = try(); err == nil {
			return nil
		}
		time.Sleep(pause)
	}
	return err
}

func pingsAtSomePace(ctx context.Context, pause time.Duration, db *sql.DB) error {
	return atSomePace(5, pause, func() error { return db.PingContext(ctx) }) // want `low chain: pingsAtSomePace\(\) → atSomePace\(\): time\.Sleep`
}

func pingsFast(ctx context.Context, db *sql.DB) error {
	return atSomePace(5, time.Millisecond, func() error { return db.PingContext(ctx) })
}
