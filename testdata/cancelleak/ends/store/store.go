// Package store gives what lives under a context of its caller.
package store

import (
	"context"
	"database/sql"
	"io"
	"net/http"
)

type Rows struct{ rows *sql.Rows }

func (r *Rows) Next() bool { return r.rows.Next() }

type DB struct{ db *sql.DB }

func (d *DB) Query(ctx context.Context, q string) (*Rows, error) { // want Query:"lives\\(0,0\\)"
	rows, err := d.db.QueryContext(ctx, q)
	if err != nil {
		return nil, err
	}
	return &Rows{rows: rows}, nil
}

// All has read them.
func (d *DB) All(ctx context.Context, q string) (*Rows, error) {
	rows, err := d.db.QueryContext(ctx, q)
	if err != nil {
		return nil, err
	}
	for rows.Next() {
	}
	return &Rows{rows: rows}, nil
}

func Open(ctx context.Context, url string) (int, io.ReadCloser, error) { // want Open:"lives\\(1,0\\)"
	resp, err := send(ctx, url)
	if err != nil {
		return 0, nil, err
	}
	return resp.StatusCode, resp.Body, nil
}

func send(ctx context.Context, url string) (*http.Response, error) { // want send:"lives\\(0,0\\)"
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return nil, err
	}
	return http.DefaultClient.Do(req)
}

// Sometimes returns something else.
func Sometimes(ctx context.Context, url string, cache io.ReadCloser) (io.ReadCloser, error) {
	if cache != nil {
		return cache, nil
	}
	_, body, err := Open(ctx, url)
	return body, err
}
