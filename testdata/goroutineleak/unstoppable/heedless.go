package unstoppable

import (
	"context"
	"database/sql"
	"fmt"
	"net/http"
	"time"
)

// A function with a context that loops forever without it. Others may start it as a
// goroutine.

func Refresh(ctx context.Context, load func()) { // want Refresh:"endless, reported"
	for { // want "low unstoppable: the loop runs on when ctx is done: it sleeps forever, and nothing in it listens for that; select on ctx.Done\\(\\) in it and return"
		load()
		time.Sleep(time.Minute)
	}
}

func Beat(ctx context.Context, c *http.Client, url string) { // want Beat:"endless, reported"
	for { // want "low unstoppable: the loop runs on when ctx is done: it does I/O forever"
		resp, err := c.Get(url)
		if err != nil {
			fmt.Println(err)
			continue
		}
		resp.Body.Close()
	}
}

func PollAll(ctx context.Context, jobs chan int) { // want PollAll:"endless, reported"
	for { // want "low unstoppable: the loop runs on when ctx is done: it polls forever"
		select {
		case j := <-jobs:
			fmt.Println(j)
		default:
			poll()
		}
	}
}

func refreshInHelper(ctx context.Context, db *sql.DB) {
	for { // want "low unstoppable: the loop runs on when ctx is done: it does I/O forever"
		count(db)
	}
}

func count(db *sql.DB) {
	row := db.QueryRow("select count(*) from t")
	fmt.Println(row)
}

func passesOn(ctx context.Context, step func(context.Context) error) {
	for { // want "low unstoppable: the loop runs on when ctx is done: it sleeps forever"
		if err := step(ctx); err != nil {
			fmt.Println(err)
		}
		time.Sleep(time.Second)
	}
}

func inLiteral(ctx context.Context, run func(func())) {
	run(func() {
		for { // want "low unstoppable: the loop runs on when ctx is done"
			poll()
			time.Sleep(time.Second)
		}
	})
}

type refresher struct {
	ctx  context.Context
	load func()
}

func (r *refresher) Run() { // want Run:"endless"
	for { // want "low unstoppable: the loop runs on when ctx is done"
		r.load()
		time.Sleep(time.Minute)
	}
}

// Where the goroutine is started, that is reported.

func startsRefresh(ctx context.Context) {
	go refreshHere(ctx) // want "low unstoppable: the goroutine runs on when ctx is done"
}

func refreshHere(ctx context.Context) {
	for {
		poll()
		time.Sleep(time.Minute)
	}
}

// Silent.

func RefreshUntil(ctx context.Context, load func()) {
	for {
		load()
		select {
		case <-ctx.Done():
			return
		case <-time.After(time.Minute):
		}
	}
}

func RefreshWhile(ctx context.Context, load func()) {
	for ctx.Err() == nil {
		load()
		time.Sleep(time.Minute)
	}
}

func RefreshOrFail(ctx context.Context, load func() error) error {
	for {
		if err := load(); err != nil {
			return err
		}
		time.Sleep(time.Minute)
	}
}

func Retry(ctx context.Context, try func() bool) {
	for {
		if try() {
			break
		}
		time.Sleep(time.Second)
	}
}

func RefreshWithout(load func()) { // want RefreshWithout:"endless"
	for {
		load()
		time.Sleep(time.Minute)
	}
}

func RefreshUnnamed(_ context.Context, load func()) { // want RefreshUnnamed:"endless"
	for {
		load()
		time.Sleep(time.Minute)
	}
}

func Compute(ctx context.Context, step func()) { // want Compute:"endless"
	for {
		step()
	}
}

func startOnce(ctx context.Context) {
	once.Do(func() { go refreshOnce(ctx) })
}

func refreshOnce(ctx context.Context) {
	for {
		poll()
		time.Sleep(time.Minute)
	}
}
