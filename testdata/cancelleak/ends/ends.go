// Package ends holds uses of what is bound to a context that has ended by then.
package ends

import (
	"bufio"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"os/exec"
	"time"

	"golang.org/x/oauth2"
)

// The cancel function is called where it was made.

func guardedByNil(ctx context.Context, db *sql.DB, d time.Duration) (*sql.Rows, error) {
	var cancel context.CancelFunc
	if d > 0 {
		ctx, cancel = context.WithTimeout(ctx, d)
	}
	rows, err := db.QueryContext(ctx, "select 1")
	if cancel != nil {
		cancel()
	}
	if err != nil {
		return nil, err
	}
	return rows, nil // want "early: the query result is returned but cancel has already run"
}

func guardedByArgument(ctx context.Context, db *sql.DB, d time.Duration) (*sql.Rows, error) {
	var cancel context.CancelFunc
	if d > 0 {
		ctx, cancel = context.WithTimeout(ctx, d)
		defer cancel()
	}
	return db.QueryContext(ctx, "select 1") // want "early: the query result is returned but cancel is deferred"
}

// Where it ends, something else is returned.
func onOtherPath(ctx context.Context, db *sql.DB, d time.Duration) (*sql.Rows, error) {
	parent := ctx
	ctx, cancel := context.WithTimeout(ctx, d)
	rows, err := db.QueryContext(ctx, "select 1")
	if err != nil {
		cancel()
		rows, err = db.QueryContext(parent, "select 2")
	} else {
		context.AfterFunc(parent, cancel)
	}
	return rows, err
}

func onOtherPathToo(ctx context.Context, db *sql.DB, d time.Duration) (*sql.Rows, error) {
	parent := ctx
	ctx, cancel := context.WithTimeout(ctx, d)
	rows, err := db.QueryContext(ctx, "select 1")
	if err != nil {
		cancel()
	}
	if err != nil {
		return db.QueryContext(parent, "select 2")
	}
	context.AfterFunc(parent, cancel)
	return rows, nil
}

func ofParent(ctx context.Context, db *sql.DB, quick bool) (*sql.Rows, error) {
	child := ctx
	if quick {
		c, cancel := context.WithTimeout(ctx, time.Second)
		err := db.PingContext(c)
		cancel()
		if err != nil {
			return nil, err
		}
	}
	return db.QueryContext(child, "select 1")
}

func inEachIteration(ctx context.Context, dbs []*sql.DB) (rows *sql.Rows, err error) {
	for _, db := range dbs {
		c, cancel := context.WithTimeout(ctx, time.Second)
		rows, err = db.QueryContext(c, "select 1")
		if err == nil {
			context.AfterFunc(ctx, cancel)
			return rows, nil
		}
		cancel()
	}
	return nil, err
}

// What is used after the call.

func readsRow(ctx context.Context, db *sql.DB) (n int, err error) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	row := db.QueryRowContext(ctx, "select 1")
	cancel()
	return n, row.Scan(&n) // want "early: the query result is read after cancel has run"
}

func readsRows(ctx context.Context, db *sql.DB) (n int, err error) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	rows, err := db.QueryContext(ctx, "select 1")
	cancel()
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	for rows.Next() { // want "early: the query result is read after cancel has run"
		n++
	}
	return n, rows.Err()
}

func readsBody(ctx context.Context, req *http.Request) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	resp, err := http.DefaultClient.Do(req.WithContext(ctx))
	cancel()
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	return io.ReadAll(resp.Body) // want "early: the response body is read after cancel has run"
}

func decodesBody(ctx context.Context, req *http.Request, to any) error {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	resp, err := http.DefaultClient.Do(req.WithContext(ctx))
	cancel()
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	return json.NewDecoder(resp.Body).Decode(to) // want "early: the reader is read after cancel has run"
}

func throwsRestAway(ctx context.Context, req *http.Request) error {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	resp, err := http.DefaultClient.Do(req.WithContext(ctx))
	cancel()
	if err != nil {
		return err
	}
	io.Copy(io.Discard, resp.Body)
	return resp.Body.Close()
}

func readsBefore(ctx context.Context, db *sql.DB) (n int, err error) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	rows, err := db.QueryContext(ctx, "select 1")
	if err != nil {
		cancel()
		return 0, err
	}
	for rows.Next() {
		n++
	}
	cancel()
	for rows.Next() {
		n--
	}
	return n, rows.Err()
}

func commits(ctx context.Context, db *sql.DB) error {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		cancel()
		return err
	}
	_, err = tx.ExecContext(ctx, "delete from t")
	cancel()
	if err != nil {
		return tx.Rollback()
	}
	return tx.Commit() // want "early: the transaction is used after cancel has run"
}

func kills(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	cmd := exec.CommandContext(ctx, "sleep", "60")
	if err := cmd.Start(); err != nil {
		cancel()
		return err
	}
	cancel()
	return cmd.Wait()
}

func startsDead(ctx context.Context, check func(context.Context) error) error {
	ctx, cancel := context.WithCancel(ctx)
	cmd := exec.CommandContext(ctx, "sleep", "60")
	err := check(ctx)
	cancel()
	if err != nil {
		return err
	}
	return cmd.Run() // want "early: the command is started after cancel has run"
}

// The context itself.

func passesOn(ctx context.Context, db *sql.DB) error {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	err := db.PingContext(ctx)
	cancel()
	if err != nil {
		return err
	}
	_, err = db.ExecContext(ctx, "delete from t") // want "early: the context is passed on after cancel has run"
	return err
}

func passesToHelper(ctx context.Context, db *sql.DB) error {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	err := db.PingContext(ctx)
	cancel()
	if err != nil {
		return err
	}
	return clear(ctx, db) // want "early: the context is passed on after cancel has run"
}

func clear(ctx context.Context, db *sql.DB) error {
	_, err := db.ExecContext(ctx, "delete from t")
	return err
}

func passesToUnknown(ctx context.Context, db *sql.DB, save func(context.Context), store interface{ Save(context.Context) error }) error {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	err := db.PingContext(ctx)
	cancel()
	if err != nil {
		return err
	}
	return store.Save(ctx) // want "medium early: the context is passed on after cancel has run"
}

func passesToLogger(ctx context.Context, db *sql.DB) error {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	err := db.PingContext(ctx)
	cancel()
	slog.InfoContext(ctx, "pinged")
	return errors.Join(err, context.Cause(ctx))
}

// It was never used before: it is a cancelled context on purpose.
func triesCancelled(ctx context.Context, db *sql.DB) error {
	ctx, cancel := context.WithCancel(ctx)
	cancel()
	return db.PingContext(ctx)
}

// What the variable held before is not the context that has ended.
func keepsParent(ctx context.Context, db *sql.DB, watch func(func() error)) error {
	around := ctx
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	watch(func() error { return ctx.Err() })
	err := db.PingContext(ctx)
	cancel()
	if err != nil {
		return err
	}
	return db.PingContext(around)
}

// Wrappers.

type lines struct {
	in  *bufio.Reader
	url string
}

func (l *lines) next() (string, error) { return l.in.ReadString('\n') }

func wrapped(ctx context.Context, req *http.Request) (*lines, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	resp, err := http.DefaultClient.Do(req.WithContext(ctx))
	if err != nil {
		return nil, err
	}
	return &lines{in: bufio.NewReader(resp.Body), url: req.URL.Path}, nil // want "early: a value that holds the reader is returned but"
}

func wrappedByHelper(ctx context.Context, req *http.Request) (*lines, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	resp, err := http.DefaultClient.Do(req.WithContext(ctx))
	if err != nil {
		return nil, err
	}
	return newLines(resp), nil // want "early: a value that holds the response is returned but"
}

func newLines(resp *http.Response) *lines {
	l := &lines{url: resp.Request.URL.Path}
	l.in = bufio.NewReader(resp.Body)
	return l
}

// The function reads it before it returns.
func wrappedAndRead(ctx context.Context, req *http.Request) (*lines, string, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	resp, err := http.DefaultClient.Do(req.WithContext(ctx))
	if err != nil {
		return nil, "", err
	}
	l := &lines{in: bufio.NewReader(resp.Body), url: req.URL.Path}
	first, err := l.next()
	return l, first, err
}

type body interface{ io.ReadCloser }

func asInterface(ctx context.Context, req *http.Request) (body, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	resp, err := http.DefaultClient.Do(req.WithContext(ctx))
	if err != nil {
		return nil, err
	}
	var b body = resp.Body
	return b, nil // want "early: the response body is returned but"
}

// Tokens.

func tokens(ctx context.Context, conf *oauth2.Config, tok *oauth2.Token) oauth2.TokenSource {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	return conf.TokenSource(ctx, tok) // want "early: the token source is returned but"
}

func token(ctx context.Context, conf *oauth2.Config, code string) (*oauth2.Token, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	return conf.Exchange(ctx, code)
}

func longTokens(ctx context.Context, conf *oauth2.Config, code string) (oauth2.TokenSource, error) {
	short, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	tok, err := conf.Exchange(short, code)
	if err != nil {
		return nil, err
	}
	return conf.TokenSource(ctx, tok), nil
}
