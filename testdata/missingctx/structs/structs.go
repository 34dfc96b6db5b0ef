// Package structs has functions whose caller gives them a context in a struct.
package structs

import (
	"context"
	"database/sql"
	"net/http"
	"time"

	"ctxlint.test/fixtures/missingctx/structs/job"
)

// Options are filled by callers.
type Options struct {
	Context context.Context
	DB      *sql.DB
}

func count(opts Options) error {
	_ = opts.Context.Err()
	return opts.DB.Ping() // want `low call: \(\*sql\.DB\)\.Ping goes on after opts\.Context has ended; use PingContext with opts\.Context`
}

func fetch(j *job.Job) error {
	resp, err := http.Get(j.URL) // want `low call: http\.Get goes on after j\.Ctx has ended; use http\.NewRequestWithContext with j\.Ctx`
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

func wait(opts *Options) {
	time.Sleep(time.Minute) // want `low sleep: select on opts\.Context\.Done\(\)`
}

func inLiteral(j *job.Job) func() {
	return func() {
		time.Sleep(time.Minute) // want `low sleep: select on j\.Ctx\.Done\(\)`
	}
}

// task has the context of whoever queues it.
type task struct {
	ctx  context.Context
	done chan struct{}
}

func newTask(ctx context.Context) *task { return &task{ctx, make(chan struct{})} }

func run(t *task) {
	time.Sleep(time.Minute) // want `low sleep: select on t\.ctx\.Done\(\)`
	close(t.done)
}

// A context of the function's own comes first.
func both(ctx context.Context, opts Options) error {
	_ = ctx.Err()
	return opts.DB.Ping() // want `call: use PingContext with ctx`
}

// Silent.

// server lasts as long as the process: its context is a root.
type server struct{ ctx context.Context }

func newServer() *server { return &server{context.Background()} }

func serve(s *server) {
	time.Sleep(time.Minute)
	_ = s.ctx.Err()
}

// Fallback may be a root for those who have no context.
type Fallback struct{ Context context.Context }

func (f *Fallback) defaults() {
	if f.Context == nil {
		f.Context = context.Background()
	}
}

func either(f *Fallback) {
	f.defaults()
	time.Sleep(time.Minute)
}

func twoOfThem(h *job.Hub, db *sql.DB) error { return db.Ping() }

// closeTask has work to do after the context has ended.
func closeTask(t *task, db *sql.DB) error { return db.Ping() }

// The struct is of another module, whose contexts may be anything.
func foreign(s *http.Server) {
	time.Sleep(time.Minute)
}

var (
	_ = newTask
	_ = newServer
)
