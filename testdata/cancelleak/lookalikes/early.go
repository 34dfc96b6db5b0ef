package lookalikes

import (
	"context"
	"database/sql"
	"io"
	"net"
	"net/http"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"
)

type cancelBody struct {
	io.ReadCloser
	cancel context.CancelFunc
}

func (b *cancelBody) Close() error {
	defer b.cancel()
	return b.ReadCloser.Close()
}

// On success the body takes the cancel function over.
func deferredDecision(ctx context.Context, req *http.Request) (resp *http.Response, err error) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer func() {
		if err != nil {
			cancel()
			return
		}
		resp.Body = &cancelBody{resp.Body, cancel}
	}()
	return http.DefaultClient.Do(req.WithContext(ctx))
}

// Only the failed response is returned with the call deferred.
func returnsFailed(ctx context.Context, req *http.Request) (*http.Response, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	resp, err := http.DefaultClient.Do(req.WithContext(ctx))
	if err != nil {
		return resp, err
	}
	defer resp.Body.Close()
	if _, err := io.Copy(io.Discard, resp.Body); err != nil {
		return nil, err
	}
	return nil, nil
}

type result struct {
	resp *http.Response
	body []byte
}

// The body was read; the rest of the response is bound to nothing.
func readFirst(ctx context.Context, req *http.Request) (*result, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	resp, err := http.DefaultClient.Do(req.WithContext(ctx))
	if err != nil {
		return nil, err
	}
	defer func() { _ = resp.Body.Close() }()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		return nil, err
	}
	return &result{resp, body}, nil
}

func headerOnly(ctx context.Context, req *http.Request) (string, *http.Request, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	resp, err := http.DefaultClient.Do(req.WithContext(ctx))
	if err != nil {
		return "", nil, err
	}
	resp.Body.Close()
	return resp.Header.Get("ETag"), req, nil
}

func rollsBack(ctx context.Context, db *sql.DB) (err error) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	return tx.Rollback()
}

func rowsError(ctx context.Context, db *sql.DB) error {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	rows, err := db.QueryContext(ctx, "select 1")
	if err != nil {
		return err
	}
	rows.Close()
	return rows.Err()
}

// The deferred call waits for the goroutine that it stops.
func joinedInDefer(ctx context.Context) {
	ctx, cancel := context.WithCancel(ctx)
	done := make(chan struct{})
	go func() {
		defer close(done)
		for work(ctx) == nil {
			time.Sleep(time.Second)
		}
	}()
	defer func() {
		cancel()
		<-done
	}()
}

func joinedByDeferredWait(ctx context.Context) {
	ctx, cancel := context.WithCancel(ctx)
	var wg sync.WaitGroup
	defer func() {
		cancel()
		wg.Wait()
	}()
	wg.Add(1)
	go func() {
		defer wg.Done()
		work(ctx)
	}()
}

func joinedBySemaphore(ctx context.Context, names []string) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	slots := make(chan struct{}, 3)
	for range names {
		slots <- struct{}{}
		go func() {
			defer func() { <-slots }()
			work(ctx)
		}()
	}
	for range cap(slots) {
		slots <- struct{}{}
	}
}

func waitsElsewhere(ctx context.Context, wg *sync.WaitGroup, g *errgroup.Group) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	wg.Go(func() { work(ctx) })
	g.Go(func() error { return work(ctx) })
}

func readsUntilDone(ctx context.Context, conn net.Conn, buf []byte) (int, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	go func() {
		<-ctx.Done()
		conn.SetDeadline(time.Unix(1, 0))
	}()
	return conn.Read(buf)
}

func watcher(ctx context.Context, events <-chan int) (n int) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	go work(ctx)
	for e := range events {
		n += e
	}
	return n
}

func polls(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	go work(ctx)
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(time.Second):
			if work(ctx) == nil {
				return nil
			}
		}
	}
}

// The goroutine is there to cancel.
func cancelledByGoroutine(ctx context.Context, stop <-chan struct{}) context.Context {
	ctx, cancel := context.WithCancel(ctx)
	go func() {
		select {
		case <-stop:
		case <-ctx.Done():
		}
		cancel()
	}()
	return ctx
}

// Values that were computed with the context, not bound to it.

type snapshot struct {
	err      error
	deadline time.Time
	done     bool
}

func snapshots(ctx context.Context) *snapshot {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	deadline, _ := ctx.Deadline()
	return &snapshot{err: ctx.Err(), deadline: deadline, done: ctx.Err() != nil}
}

type client struct{ base string }

func newClient(ctx context.Context, base string) (*client, error) {
	return &client{base}, work(ctx)
}

func makesClient(ctx context.Context) (*client, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	return newClient(ctx, "base")
}

func makesUnknown(ctx context.Context, dial func(context.Context, string) (io.ReadWriteCloser, error)) (io.ReadWriteCloser, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	return dial(ctx, "addr")
}

func dialTLS(ctx context.Context, d interface {
	DialContext(context.Context, string, string) (net.Conn, error)
}) (net.Conn, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	return d.DialContext(ctx, "tcp", "addr")
}

// The field is the parent's context.
type scope struct{ ctx context.Context }

func parentScope(ctx context.Context) *scope {
	child, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	work(child)
	return &scope{ctx}
}

// The context variable is another one by the time of the return.
func replacedBefore(ctx context.Context) context.Context {
	parent := ctx
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	work(ctx)
	ctx = context.WithValue(parent, contextKey{}, 1)
	return ctx
}

// A literal that is called before the return has its result only.
func immediate(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	return func() error { return work(ctx) }()
}

// A method value of a receiver without the context.
func (c *client) ping(ctx context.Context) error { return work(ctx) }

func pings(ctx context.Context, c *client) error {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	ping := c.ping
	return ping(ctx)
}

func detachedRequest(ctx context.Context, req *http.Request) *http.Request {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	work(ctx)
	return req.WithContext(context.WithoutCancel(ctx))
}

// The new group's goroutines are joined by the caller of wait.
func fanOut(ctx context.Context) (wait func() error) {
	g, ctx := errgroup.WithContext(ctx)
	for range 3 {
		g.Go(func() error { return work(ctx) })
	}
	return g.Wait
}
