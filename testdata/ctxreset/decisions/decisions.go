// Package decisions has a line for each reason for which a fresh context is right.
package decisions

import (
	"context"
	"database/sql"
	"log/slog"
	"net"
	"sync"
	"time"
)

var (
	db       *sql.DB
	events   = make(chan string)
	failures = make(chan error)
)

type store struct {
	conn net.Conn
	mu   sync.Mutex
	rows map[string]*sql.Rows
	ctx  context.Context
	stop context.CancelFunc
}

func (s *store) Close() error { return s.conn.Close() }

func query(ctx context.Context) error { return db.PingContext(ctx) }

func fallback(ctx context.Context) error {
	if ctx == nil {
		ctx = context.TODO() // silent "the context at hand is nil there, or has ended"
	}
	return query(ctx)
}

func open(ctx context.Context) (*store, error) {
	s := new(store)
	s.ctx, s.stop = context.WithCancel(context.TODO()) // silent "the fresh context, or what ends it, is stored or returned"
	return s, query(ctx)
}

func linkedTo(ctx context.Context) error {
	own, cancel := context.WithCancel(context.TODO()) // silent "something else ends the fresh context"
	defer context.AfterFunc(ctx, cancel)()
	return query(own)
}

type key struct{}

func valuesOnly(ctx context.Context) error {
	own := context.WithValue(context.TODO(), key{}, ctx.Value(key{})) // silent "its deadline or values are taken from another context"
	return query(own)
}

func named(ctx context.Context) error {
	shutdownCtx := context.TODO() // silent "the name of the context, or of its timeout, says"
	return query(shutdownCtx)
}

func dropped(ctx context.Context) error {
	own := context.TODO() // silent "nothing that waits gets the fresh context"
	_ = own
	return query(ctx)
}

func left(ctx context.Context) error {
	own := context.TODO()        // want "low goroutine: in a goroutine"
	if err := query(own); err != nil { // silent "a goroutine that the function does not wait for gets the fresh context"
		return err
	}
	go query(own)
	return nil
}

func signalled(ctx context.Context) {
	own, cancel := context.WithCancel(context.TODO()) // silent "it waits until somebody calls the cancel function"
	defer cancel()
	go func() {
		<-events
		cancel()
	}()
	<-own.Done() // silent "it waits until somebody calls the cancel function"
}

func both(ctx context.Context) {
	own, cancel := context.WithTimeout(context.TODO(), time.Second) // silent "the wait also hears of the end"
	defer cancel()
	select {
	case <-ctx.Done():
	case <-own.Done():
	}
}

func cleaned(ctx context.Context, s interface{ Shutdown(context.Context) error }) error {
	if err := query(ctx); err != nil {
		return err
	}
	return s.Shutdown(context.TODO()) // silent "it ends what was begun"
}

type worker struct{ n int }

func (w *worker) Run(ctx context.Context) { <-ctx.Done() }
func (w *worker) Stop()                   {}

func runs(ctx context.Context) {
	w := new(worker)
	go w.Run(context.TODO()) // silent "the object that the goroutine works for is ended by another part"
	<-ctx.Done()
	w.Stop()
}

func serve(ctx, hard context.Context) { <-ctx.Done(); <-hard.Done() }

func stages(ctx context.Context) {
	serve(ctx, context.TODO()) // silent "the callee gets a context of the caller, too"
}

func logs(ctx context.Context) error {
	slog.InfoContext(context.TODO(), "asked") // silent "what gets the context does not wait for its end"
	return query(ctx)
}

type holder struct{ ctx context.Context }

func hold(h *holder, ctx context.Context) { h.ctx = ctx }

func holds(ctx context.Context, h *holder) error {
	hold(h, context.TODO()) // silent "what gets the context keeps it"
	return query(ctx)
}

func consume(ctx context.Context) {
	go func() {
		for range events {
			if err := query(context.TODO()); err != nil { // silent "nobody waits for the goroutine"
				return
			}
		}
	}()
	<-ctx.Done()
}

type client struct{ ctx context.Context }

func newClient(ctx context.Context) *client { return &client{ctx} }

func (c *client) ExecContext(ctx context.Context) error { return query(ctx) }

func (c *client) Exec() error {
	return c.ExecContext(context.TODO()) // silent "the method is the form without a context"
}

func replacedBy(ctx context.Context) error {
	if err := query(ctx); err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(ctx)
	cancel()
	return query(context.TODO()) // silent "the context of the caller has been replaced by one that is over"
}

func branches(ctx context.Context, fast bool) error {
	var own context.Context
	if fast {
		own = context.TODO() // want "direct: .*"
	} else {
		own = context.TODO() // silent "it is part of another finding"
	}
	return query(own)
}

func helper() error {
	return query(context.TODO()) // silent "no context is at hand in the function: calls of it are reported"
}

func calls(ctx context.Context) error {
	if err := helper(); err != nil { // want "medium chain: .*"
		return err
	}
	return query(ctx)
}

func Close() error {
	return query(context.TODO()) // silent "no context is at hand in the function, and its callers could not be asked"
}

func init() {
	if err := query(context.TODO()); err != nil { // silent "no context is at hand in the function, and its callers could not be asked"
		panic(err)
	}
}

func never(ctx context.Context) error {
	return query(context.TODO()) // silent "the context at hand never ends"
}

func callsNever() error { return never(context.TODO()) } // silent "no context is at hand"

var hooks []func()

func registers(ctx context.Context) error {
	hooks = append(hooks, func() {
		query(context.TODO()) // silent "the function literal runs at another time"
	})
	return query(ctx)
}

func ends(ctx context.Context) error {
	defer func() {
		query(context.TODO()) // silent "the function literal, or the function, runs when the work is over"
	}()
	return query(ctx)
}

// What the work is for.

func connect(ctx context.Context) (*store, error) { return new(store), query(ctx) }

type pool struct{ store *store }

func (p *pool) fill(ctx context.Context) (err error) {
	p.store, err = connect(context.TODO()) // silent "what it gives lives on after the function"
	return err
}

var (
	once   sync.Once
	shared string
)

func name(ctx context.Context) (string, error) { return "", query(ctx) }

func lazily(ctx context.Context) error {
	once.Do(func() {
		shared, _ = name(context.TODO()) // silent "the function literal runs at another time"
	})
	return query(ctx)
}

var version string

func first(ctx context.Context) (err error) {
	if version == "" {
		version, err = name(context.TODO()) // silent "it is done once for all who ask"
	}
	return err
}

func deleteRow(ctx context.Context) error { return query(ctx) }

func step() error { return <-failures }

func undo(ctx context.Context) error {
	if err := step(); err != nil {
		deleteRow(context.TODO()) // silent "it undoes what has failed"
	}
	return query(ctx)
}
