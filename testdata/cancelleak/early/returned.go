// Package early holds contexts that are used after their cancel function ran.
package early

import (
	"context"
	"database/sql"
	"io"
	"net/http"
	"os"
	"os/exec"
	"os/signal"
	"time"
)

func work(ctx context.Context) error { return ctx.Err() }

func returnsContext(ctx context.Context) context.Context {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	return ctx // want "early: returned but"
}

func returnsContextWithError(ctx context.Context) (context.Context, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	if err := work(ctx); err != nil {
		return nil, err
	}
	return ctx, nil // want "early: returned but"
}

func returnsDerived(ctx context.Context) context.Context {
	type key struct{}
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	return context.WithValue(ctx, key{}, "v") // want "early: returned but"
}

func returnsDerivedVariable(ctx context.Context) context.Context {
	type key struct{}
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	ctx = context.WithValue(ctx, key{}, "v")
	return ctx // want "early: returned but"
}

func returnsNamed(parent context.Context) (ctx context.Context) {
	ctx, cancel := context.WithTimeout(parent, time.Second)
	defer cancel()
	return // want "early: returned but"
}

func returnsWithStop(ctx context.Context) context.Context {
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt)
	defer stop()
	return ctx // want "early: returned but"
}

func returnsByDeferredClosure(ctx context.Context) context.Context {
	ctx, cancel := context.WithCancelCause(ctx)
	defer func() { cancel(io.EOF) }()
	return ctx // want "early: returned but"
}

func returnsContextAndCancel(ctx context.Context) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	return ctx, cancel // want "early: returned but"
}

func returnsFromOneCase(ctx context.Context, mode int) context.Context {
	child, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	switch mode {
	case 0:
		return ctx
	default:
		return child // want "early: returned but"
	}
}

func returnsFromLiteral(ctx context.Context) func() context.Context {
	return func() context.Context {
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		return ctx // want "early: returned but"
	}
}

// Values that are bound to the context.

func returnsResponse(ctx context.Context, c *http.Client, url string) (*http.Response, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return nil, err
	}
	return c.Do(req) // want "early: returned but"
}

func returnsResponseVariable(ctx context.Context, url string) (*http.Response, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return nil, err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return nil, err
	}
	return resp, nil // want "early: returned but"
}

func returnsBody(ctx context.Context, url string) (io.ReadCloser, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return nil, err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return nil, err
	}
	return resp.Body, nil // want "early: returned but"
}

func returnsResponseAfterCall(ctx context.Context, req *http.Request) (*http.Response, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	resp, err := http.DefaultClient.Do(req.WithContext(ctx))
	cancel()
	if err != nil {
		return nil, err
	}
	return resp, nil // want "early: returned but"
}

type timeoutTransport struct {
	next    http.RoundTripper
	timeout time.Duration
}

func (t *timeoutTransport) RoundTrip(req *http.Request) (*http.Response, error) {
	ctx, cancel := context.WithTimeout(req.Context(), t.timeout)
	defer cancel()
	return t.next.RoundTrip(req.WithContext(ctx)) // want "early: returned but"
}

func returnsRequest(ctx context.Context, url string) (*http.Request, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	return http.NewRequestWithContext(ctx, http.MethodGet, url, nil) // want "early: returned but"
}

func returnsRows(ctx context.Context, db *sql.DB) (*sql.Rows, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	return db.QueryContext(ctx, "select 1") // want "early: returned but"
}

func returnsRowsVariable(ctx context.Context, tx *sql.Tx) (*sql.Rows, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	rows, err := tx.QueryContext(ctx, "select 1")
	if err != nil {
		return nil, err
	}
	return rows, nil // want "early: returned but"
}

func returnsRow(ctx context.Context, db *sql.DB) *sql.Row {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	return db.QueryRowContext(ctx, "select 1") // want "early: returned but"
}

func returnsTx(ctx context.Context, db *sql.DB) (*sql.Tx, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return nil, err
	}
	return tx, nil // want "early: returned but"
}

type cursor struct {
	rows *sql.Rows
	name string
}

func (c *cursor) next() bool { return c.rows.Next() }

func returnsRowsInStruct(ctx context.Context, db *sql.DB) (*cursor, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	rows, err := db.QueryContext(ctx, "select 1")
	if err != nil {
		return nil, err
	}
	return &cursor{rows: rows, name: "one"}, nil // want "early: returned but"
}

func returnsCommand(ctx context.Context) (*exec.Cmd, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	cmd := exec.CommandContext(ctx, "true")
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	return cmd, nil // want "early: returned but"
}

// Values that hold the context.

type session struct {
	ctx  context.Context
	name string
}

func returnsHolder(ctx context.Context) *session {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	return &session{ctx: ctx} // want "early: returned but"
}

func returnsHolderValue(ctx context.Context) session {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	return session{ctx, "job"} // want "early: returned but"
}

func returnsHolderVariable(ctx context.Context) (*session, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	s := &session{name: "job"}
	s.ctx = ctx
	if err := work(ctx); err != nil {
		return nil, err
	}
	return s, nil // want "early: returned but"
}

func returnsClosure(ctx context.Context) func() error {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	return func() error { return work(ctx) } // want "early: returned but"
}

func returnsIterator(ctx context.Context) func(yield func(error) bool) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	return func(yield func(error) bool) { // want "early: returned but"
		for yield(work(ctx)) {
		}
	}
}

func genericReturns[T any](ctx context.Context, v T) (T, context.Context) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	return v, ctx // want "early: returned but"
}

func derive(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeout(ctx, time.Second)
}

func returnsOfHelper(ctx context.Context) context.Context {
	ctx, cancel := derive(ctx)
	defer cancel()
	return ctx // want "early: returned but"
}
