// Package store keeps orders in a database and tells others about them. Every
// function that takes a context can block for as long as the context allows.
package store

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
)

// An Order is what a customer wants.
type Order struct {
	ID       string
	Customer string
	Total    int64
	Paid     bool
}

// ErrUnknown is returned for orders that do not exist.
var ErrUnknown = errors.New("unknown order")

// DB holds the orders.
type DB struct{ SQL *sql.DB }

// Load reads an order.
func (db *DB) Load(ctx context.Context, id string) (Order, error) {
	o := Order{ID: id}
	err := db.SQL.QueryRowContext(ctx, "SELECT customer, total, paid FROM orders WHERE id = $1", id).Scan(&o.Customer, &o.Total, &o.Paid)
	if errors.Is(err, sql.ErrNoRows) {
		return Order{}, ErrUnknown
	}
	return o, err
}

// Save writes an order.
func (db *DB) Save(ctx context.Context, o Order) error {
	_, err := db.SQL.ExecContext(ctx, "UPDATE orders SET customer = $2, total = $3, paid = $4 WHERE id = $1", o.ID, o.Customer, o.Total, o.Paid)
	return err
}

// Delete removes an order.
func (db *DB) Delete(ctx context.Context, id string) error {
	_, err := db.SQL.ExecContext(ctx, "DELETE FROM orders WHERE id = $1", id)
	return err
}

// Check returns an error unless an order exists.
func (db *DB) Check(ctx context.Context, id string) error {
	_, err := db.Load(ctx, id)
	return err
}

// Verify returns an error unless the order that is kept is o.
func (db *DB) Verify(ctx context.Context, o Order) error {
	kept, err := db.Load(ctx, o.ID)
	if err == nil && kept != o {
		err = ErrUnknown
	}
	return err
}

// Close gives the connections back.
func (db *DB) Close(ctx context.Context) error {
	if err := db.SQL.PingContext(ctx); err != nil {
		return err
	}
	return db.SQL.Close()
}

// Publish tells those who listen at url about an order.
func Publish(ctx context.Context, url string, o Order) error {
	body, err := json.Marshal(o)
	if err != nil {
		return err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, url, bytes.NewReader(body))
	if err != nil {
		return err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if resp.StatusCode >= http.StatusBadRequest {
		return fmt.Errorf("%s: %s", url, resp.Status)
	}
	return nil
}
