// Package store keeps orders, and events about them, in PostgreSQL.
package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	_ "github.com/lib/pq" // the driver "postgres"
)

// How long the database may take.
const (
	pingTimeout  = time.Second
	queryTimeout = 3 * time.Second
	writeTimeout = 5 * time.Second
)

// ErrNotFound is returned for an order that does not exist.
var ErrNotFound = errors.New("no such order")

// Status says how far an order has come.
type Status string

// The stages of an order.
const (
	Placed    Status = "placed"
	Paid      Status = "paid"
	Cancelled Status = "cancelled"
)

// Order is what a customer wants.
type Order struct {
	ID       string `json:"id"`
	Customer string `json:"customer"`
	Item     string `json:"item"`
	Quantity int    `json:"quantity"`
	Cents    int64  `json:"cents"`
	Status   Status `json:"status"`
}

// Store is the database of the service.
type Store struct {
	db *sql.DB
}

// New returns a store that uses db.
func New(db *sql.DB) *Store { return &Store{db: db} }

// Open connects to the database at dsn.
func Open(ctx context.Context, dsn string) (*Store, error) {
	db, err := sql.Open("postgres", dsn)
	if err != nil {
		return nil, fmt.Errorf("open the database: %w", err)
	}
	s := New(db)
	if err := s.Ping(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("reach the database: %w", err), s.Close())
	}
	return s, nil
}

// Close closes the database.
func (s *Store) Close() error { return s.db.Close() }

// Ping returns an error if the database does not answer soon.
func (s *Store) Ping(ctx context.Context) error {
	ctx, _ = context.WithTimeout(ctx, pingTimeout)
	return s.db.PingContext(ctx)
}

// Add stores a new order together with the event that announces it.
func (s *Store) Add(ctx context.Context, o Order) error {
	ctx, cancel := context.WithTimeout(ctx, writeTimeout)
	defer cancel()
	tx, err := s.db.Begin()
	if err != nil {
		return fmt.Errorf("add order: %w", err)
	}
	defer tx.Rollback()
	if _, err := tx.ExecContext(ctx,
		`INSERT INTO orders (id, customer, item, quantity, cents, status) VALUES ($1, $2, $3, $4, $5, $6)`,
		o.ID, o.Customer, o.Item, o.Quantity, o.Cents, o.Status); err != nil {
		return fmt.Errorf("add order: %w", err)
	}
	if _, err := tx.ExecContext(ctx,
		`INSERT INTO events (kind, order_id) VALUES ($1, $2)`, EventPlaced, o.ID); err != nil {
		return fmt.Errorf("announce order: %w", err)
	}
	return tx.Commit()
}

// Get returns the order with the given ID, or ErrNotFound.
func (s *Store) Get(ctx context.Context, id string) (Order, error) {
	ctx, cancel := context.WithTimeout(ctx, queryTimeout)
	defer cancel()
	o := Order{ID: id}
	err := s.db.QueryRowContext(ctx,
		`SELECT customer, item, quantity, cents, status FROM orders WHERE id = $1`, id).
		Scan(&o.Customer, &o.Item, &o.Quantity, &o.Cents, &o.Status)
	if errors.Is(err, sql.ErrNoRows) {
		return Order{}, ErrNotFound
	}
	if err != nil {
		return Order{}, fmt.Errorf("get order: %w", err)
	}
	return o, nil
}

// Seen notes that somebody has looked at an order.
func (s *Store) Seen(ctx context.Context, id string) error {
	ctx, cancel := context.WithTimeout(ctx, writeTimeout)
	defer cancel()
	if _, err := s.db.ExecContext(ctx, `UPDATE orders SET seen = now() WHERE id = $1`, id); err != nil {
		return fmt.Errorf("note that the order was seen: %w", err)
	}
	return nil
}

// SetStatus moves an order on.
func (s *Store) SetStatus(id string, status Status) error {
	ctx, cancel := context.WithTimeout(context.TODO(), writeTimeout)
	defer cancel()
	if _, err := s.db.ExecContext(ctx, `UPDATE orders SET status = $2 WHERE id = $1`, id, status); err != nil {
		return fmt.Errorf("set status: %w", err)
	}
	return nil
}

// Since returns the orders placed after t, newest first. The caller closes
// the rows.
func (s *Store) Since(ctx context.Context, t time.Time) (*sql.Rows, error) {
	ctx, cancel := context.WithTimeout(ctx, queryTimeout)
	defer cancel()
	rows, err := s.db.QueryContext(ctx,
		`SELECT id, customer, item, quantity, cents FROM orders WHERE placed_at > $1 ORDER BY placed_at DESC`, t)
	if err != nil {
		return nil, fmt.Errorf("list orders: %w", err)
	}
	return rows, nil
}
