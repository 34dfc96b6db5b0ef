// Package stays has objects that are made under a fresh context, and the functions that
// wait for them or do not.
package stays

import (
	"context"
	"database/sql"
	"sync"
	"time"

	"ctxlint.test/fixtures/ctxreset/stays/clock"
)

type backoff struct {
	ctx   context.Context
	tries int
}

func newBackoff(ctx context.Context) *backoff { return &backoff{ctx: ctx} }

func (b *backoff) ongoing() bool { return b.ctx.Err() == nil && b.tries < 10 }

func (b *backoff) count() int { return b.tries }

func (b *backoff) wait() {
	b.tries++
	b.sleep(time.Duration(b.tries) * time.Second)
}

func (b *backoff) sleep(d time.Duration) {
	select {
	case <-b.ctx.Done():
	case <-time.After(d):
	}
}

func retries(ctx context.Context, db *sql.DB) {
	b := newBackoff(context.TODO()) // want `direct: context.TODO\(\) cuts newBackoff off from ctx; pass ctx`
	for b.ongoing() {
		if db.PingContext(ctx) == nil {
			return
		}
		b.wait()
	}
}

// nobody waits for what only counts
func counts(ctx context.Context, db *sql.DB) int {
	b := newBackoff(context.TODO())
	db.PingContext(ctx)
	return b.count()
}

// somebody else may have it
func hands(ctx context.Context, db *sql.DB, use func(*backoff)) {
	b := newBackoff(context.TODO())
	db.PingContext(ctx)
	use(b)
	b.wait()
}

type owner struct{ b *backoff }

func (o *owner) keeps(ctx context.Context, db *sql.DB) {
	b := newBackoff(context.TODO())
	o.b = b
	db.PingContext(ctx)
	b.wait()
}

func gives(ctx context.Context, db *sql.DB) *backoff {
	b := newBackoff(context.TODO())
	db.PingContext(ctx)
	b.wait()
	return b
}

func captured(ctx context.Context, db *sql.DB) func() {
	b := newBackoff(context.TODO())
	db.PingContext(ctx)
	b.wait()
	return func() { b.wait() }
}

func ids(ctx context.Context, db *sql.DB) <-chan int {
	out := make(chan int)
	go func() {
		defer close(out)
		for i := 0; db.PingContext(ctx) == nil; i++ {
			select {
			case out <- i:
			case <-ctx.Done():
			}
		}
	}()
	return out
}

func ranges(ctx context.Context, db *sql.DB) (sum int) {
	if db.PingContext(ctx) != nil {
		return 0
	}
	for id := range ids(context.TODO(), db) { // want `direct: context.TODO\(\) cuts ids off from ctx; pass ctx`
		sum += id
	}
	return sum
}

func passesOn(ctx context.Context, db *sql.DB) <-chan int {
	db.PingContext(ctx)
	return ids(context.TODO(), db)
}

// what other packages do with their context is likely
func polls(ctx context.Context, db *sql.DB) {
	p := clock.NewPoller(context.TODO()) // want `low direct: context.TODO\(\) cuts clock.NewPoller off from ctx; pass ctx`
	for p.Next() {
		db.PingContext(ctx)
	}
}

// one that is asked nothing in a loop
func resets(ctx context.Context, db *sql.DB) {
	p := clock.NewPoller(context.TODO())
	db.PingContext(ctx)
	p.Reset()
}

func first(ctx context.Context, db *sql.DB) string {
	db.PingContext(ctx)
	names := clock.Names(context.TODO()) // want `low direct: context.TODO\(\) cuts clock.Names off from ctx; pass ctx`
	return <-names
}

type job struct {
	db *sql.DB
	wg sync.WaitGroup
}

func (j *job) run() {
	defer j.wg.Done()
	j.db.PingContext(context.TODO())
}

func joined(ctx context.Context, db *sql.DB) error {
	if err := db.PingContext(ctx); err != nil {
		return err
	}
	j := &job{db: db}
	j.wg.Add(1)
	go j.run() // want `medium chain: joined\(\) → \(\*job\).run\(\): context.TODO\(\) at stays.go:\d+ cuts \(\*sql.DB\).PingContext off from ctx; give it a ctx parameter`
	j.wg.Wait()
	return nil
}

// a goroutine that nobody waits for goes its own way
func started(ctx context.Context, db *sql.DB) error {
	j := &job{db: db}
	j.wg.Add(1)
	go j.run()
	return db.PingContext(ctx)
}
