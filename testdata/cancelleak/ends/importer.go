package ends

import (
	"context"
	"database/sql"
	"io"
	"net/http"
	"time"

	"ctxlint.test/fixtures/cancelleak/ends/store"
)

// What the helper returns lives under the context that it gets.

func ofMethod(ctx context.Context, db *store.DB) (*store.Rows, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	return db.Query(ctx, "select 1") // want "early: a value that holds the context is returned but"
}

func ofSecondResult(ctx context.Context, url string) (io.ReadCloser, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	_, body, err := store.Open(ctx, url)
	if err != nil {
		return nil, err
	}
	return body, nil // want "early: a value that holds the context is returned but"
}

func readInside(ctx context.Context, db *store.DB) (*store.Rows, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	return db.All(ctx, "select 1")
}

func maybeCached(ctx context.Context, url string, cache io.ReadCloser) (io.ReadCloser, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	return store.Sometimes(ctx, url, cache)
}

// The methods of interfaces.

type queryer interface {
	Query(ctx context.Context, q string) (*store.Rows, error)
}

var _ queryer = (*store.DB)(nil)

func ofInterface(ctx context.Context, db queryer) (*store.Rows, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	return db.Query(ctx, "select 1") // want "medium early: a value that holds the context is returned but"
}

type api interface {
	Get(ctx context.Context, path string) (*http.Response, error)
	Rows(ctx context.Context) (*sql.Rows, error)
	Count(ctx context.Context) (*int, error)
}

func ofType(ctx context.Context, a api) (*http.Response, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	return a.Get(ctx, "/") // want "medium early: the response is returned but"
}

func ofOtherType(ctx context.Context, a api) (*int, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	return a.Count(ctx)
}

func rowsRead(ctx context.Context, a api) (*sql.Rows, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	rows, err := a.Rows(ctx)
	if err != nil {
		return nil, err
	}
	for rows.Next() {
	}
	return rows, nil
}
