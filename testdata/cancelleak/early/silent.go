package early

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"os/exec"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"
)

func returnsPair(ctx context.Context) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(ctx)
	return ctx, cancel
}

// Cancelled on the error path only, where nothing is handed out.
func returnsPairOrError(ctx context.Context) (context.Context, context.CancelFunc, error) {
	ctx, cancel := context.WithCancel(ctx)
	if err := work(ctx); err != nil {
		cancel()
		return nil, nil, err
	}
	return ctx, cancel, nil
}

func cancelledInDeferOnError(ctx context.Context) (c context.Context, err error) {
	c, cancel := context.WithCancel(ctx)
	defer func() {
		if err != nil {
			cancel()
		}
	}()
	context.AfterFunc(ctx, cancel)
	return c, work(c)
}

// A context that is cancelled from the start, on purpose.
func cancelledContext() context.Context {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	return ctx
}

func cancelledContextWithCause() context.Context {
	ctx, cancel := context.WithCancelCause(context.Background())
	cancel(errors.New("over"))
	return ctx
}

func startsWithCancelledContext(errs chan<- error) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	go func() { errs <- work(ctx) }()
}

// What the context tells, not the context.

func returnsErr(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	<-ctx.Done()
	return ctx.Err()
}

func returnsCause(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	return context.Cause(ctx)
}

func returnsValue(ctx context.Context, key any) any {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	return ctx.Value(key)
}

func returnsDeadline(ctx context.Context) (time.Time, bool) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	return ctx.Deadline()
}

func returnsResultOf(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	return work(ctx)
}

func load(ctx context.Context, name string) ([]byte, error) { return []byte(name), ctx.Err() }

func returnsData(ctx context.Context) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	return load(ctx, "job")
}

type profile struct{ name string }

func fetch(ctx context.Context) (*profile, error) { return &profile{}, ctx.Err() }

func returnsPointerOf(ctx context.Context) (*profile, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	return fetch(ctx)
}

func genericCall[T any](ctx context.Context, f func(context.Context) (T, error)) (T, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	return f(ctx)
}

func returnsAny(ctx context.Context, handler func(context.Context, any) (any, error), req any) (any, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	return handler(ctx, req)
}

func returnsParent(ctx context.Context) context.Context {
	child, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	work(child)
	return ctx
}

func returnsWithoutCancel(ctx context.Context) context.Context {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	return context.WithoutCancel(ctx)
}

// The context is needed to make the value, not to use it.

func dial(ctx context.Context, addr string) (net.Conn, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	var d net.Dialer
	return d.DialContext(ctx, "tcp", addr)
}

func listen(ctx context.Context, addr string) (net.Listener, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	var lc net.ListenConfig
	return lc.Listen(ctx, "tcp", addr)
}

func conn(ctx context.Context, db *sql.DB) (*sql.Conn, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	return db.Conn(ctx)
}

func prepare(ctx context.Context, db *sql.DB) (*sql.Stmt, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	return db.PrepareContext(ctx, "select 1")
}

func exec1(ctx context.Context, db *sql.DB) (sql.Result, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	return db.ExecContext(ctx, "delete from t")
}

func open(ctx context.Context, dsn string) (*sql.DB, error) {
	db, err := sql.Open("driver", dsn)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	if err := db.PingContext(ctx); err != nil {
		return nil, err
	}
	return db, nil
}

func lookup(ctx context.Context, host string) ([]string, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	return net.DefaultResolver.LookupHost(ctx, host)
}

// What was bound to the context has been used up.

func readBody(ctx context.Context, url string) ([]byte, error) {
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
	defer resp.Body.Close()
	return io.ReadAll(resp.Body)
}

// The response is for its header; the body was read and closed.
func readAndReturnResponse(ctx context.Context, req *http.Request) (*http.Response, []byte, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	resp, err := http.DefaultClient.Do(req.WithContext(ctx))
	if err != nil {
		return nil, nil, err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	return resp, body, err
}

func replaceBody(ctx context.Context, req *http.Request) (*http.Response, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	resp, err := http.DefaultClient.Do(req.WithContext(ctx))
	if err != nil {
		return nil, err
	}
	body, err := io.ReadAll(resp.Body)
	resp.Body.Close()
	if err != nil {
		return nil, err
	}
	resp.Body = io.NopCloser(bytes.NewReader(body))
	return resp, nil
}

type cancelBody struct {
	io.ReadCloser
	cancel context.CancelFunc
}

func (b *cancelBody) Close() error {
	defer b.cancel()
	return b.ReadCloser.Close()
}

// The body carries the cancel function.
func wrapBody(ctx context.Context, req *http.Request) (*http.Response, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	resp, err := http.DefaultClient.Do(req.WithContext(ctx))
	if err != nil {
		cancel()
		return nil, err
	}
	resp.Body = &cancelBody{resp.Body, cancel}
	return resp, nil
}

func statusOnly(ctx context.Context, req *http.Request) (int, http.Header, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	resp, err := http.DefaultClient.Do(req.WithContext(ctx))
	if err != nil {
		return 0, nil, err
	}
	resp.Body.Close()
	return resp.StatusCode, resp.Header, nil
}

func decode(ctx context.Context, req *http.Request) (p profile, err error) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	resp, err := http.DefaultClient.Do(req.WithContext(ctx))
	if err != nil {
		return p, err
	}
	defer resp.Body.Close()
	return p, json.NewDecoder(resp.Body).Decode(&p)
}

func onlyOnError(ctx context.Context, req *http.Request) (*http.Response, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	resp, err := http.DefaultClient.Do(req.WithContext(ctx))
	if err != nil {
		cancel()
		return resp, err
	}
	resp.Body = &cancelBody{resp.Body, cancel}
	return resp, nil
}

func scan(ctx context.Context, db *sql.DB) (names []string, err error) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	rows, err := db.QueryContext(ctx, "select name from t")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return nil, err
		}
		names = append(names, name)
	}
	return names, rows.Err()
}

func scanOne(ctx context.Context, db *sql.DB) (name string, err error) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	err = db.QueryRowContext(ctx, "select name from t").Scan(&name)
	return name, err
}

func transact(ctx context.Context, db *sql.DB) error {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if _, err := tx.ExecContext(ctx, "delete from t"); err != nil {
		return err
	}
	return tx.Commit()
}

func output(ctx context.Context) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	return exec.CommandContext(ctx, "true").Output()
}

func run(ctx context.Context) (*exec.Cmd, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	cmd := exec.CommandContext(ctx, "true")
	err := cmd.Run()
	return cmd, err
}

// Goroutines that are waited for.

func waitGroup(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		work(ctx)
	}()
	wg.Wait()
}

func waitGroupDeferred(ctx context.Context) {
	var wg sync.WaitGroup
	defer wg.Wait()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	wg.Add(1)
	go func() {
		defer wg.Done()
		work(ctx)
	}()
}

func channel(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	errs := make(chan error, 1)
	go func() { errs <- work(ctx) }()
	return <-errs
}

func channelSelect(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	errs := make(chan error, 1)
	go func() { errs <- work(ctx) }()
	select {
	case err := <-errs:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

func channelLoop(ctx context.Context, n int) (err error) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	errs := make(chan error)
	for range n {
		go func() { errs <- work(ctx) }()
	}
	for range n {
		err = errors.Join(err, <-errs)
	}
	return err
}

func channelRange(ctx context.Context) (ns []int) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	out := make(chan int)
	go func() {
		defer close(out)
		for work(ctx) == nil {
			out <- 1
		}
	}()
	for n := range out {
		ns = append(ns, n)
	}
	return ns
}

func group(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error { return work(ctx) })
	g.Go(func() error { return work(ctx) })
	return g.Wait()
}

// Helpers that shall end with the function.

func heartbeat(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	go func() {
		for work(ctx) == nil {
			time.Sleep(time.Second)
		}
	}()
	return process(ctx)
}

func process(ctx context.Context) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(time.Minute):
		return nil
	}
}

func serve(ctx context.Context, s *http.Server) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	go func() {
		<-ctx.Done()
		s.Close()
	}()
	return s.ListenAndServe()
}

func copyUntilEOF(ctx context.Context, dst io.Writer, src io.Reader) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	go work(ctx)
	_, err := io.Copy(dst, src)
	return err
}

func waitInterface(ctx context.Context, w interface{ Wait() error }) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	go work(ctx)
	return w.Wait()
}

func sleeps(ctx context.Context) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	go work(ctx)
	time.Sleep(time.Second)
}

// The goroutine owns the cancel function.
func owned(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	go func() {
		defer cancel()
		work(ctx)
	}()
}

// The goroutine gets another context.
func otherContext(ctx context.Context) {
	child, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	work(child)
	go work(ctx)
}

func detached(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	work(ctx)
	go work(context.WithoutCancel(ctx))
}

func detachedInside(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	work(ctx)
	go func() {
		ctx := context.WithoutCancel(ctx)
		work(ctx)
	}()
}

// The cancel function runs in the goroutine's callback, after it.
func returnsAfterRegistering(ctx, other context.Context) context.Context {
	ctx, cancel := context.WithCancel(ctx)
	context.AfterFunc(other, cancel)
	return ctx
}

func goroutineWatchesParent(ctx context.Context, done <-chan struct{}) context.Context {
	ctx, cancel := context.WithCancel(ctx)
	go func() {
		defer cancel()
		<-done
	}()
	return ctx
}

// The deferred call belongs to a literal, not to the function that returns.
func cancelledInLiteral(ctx context.Context) context.Context {
	func() {
		ctx, cancel := context.WithTimeout(ctx, time.Second)
		defer cancel()
		work(ctx)
	}()
	return ctx
}

// A goroutine that waits for the cancellation is what cancellation is for.
func closeOnDone(ctx context.Context, c io.Closer) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	go func() {
		<-ctx.Done()
		c.Close()
	}()
	return nil
}
