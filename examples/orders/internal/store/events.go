package store

import (
	"context"
	"fmt"
)

// EventKind says what happened to an order.
type EventKind string

// The kinds of events.
const (
	EventPlaced EventKind = "placed"
	EventPaid   EventKind = "paid"
)

// Event tells that something happened to an order.
type Event struct {
	ID      int64     `json:"id"`
	Kind    EventKind `json:"kind"`
	OrderID string    `json:"order"`
}

// Pending returns up to limit events that have not been delivered yet, oldest
// first.
func (s *Store) Pending(ctx context.Context, limit int) ([]Event, error) {
	ctx, cancel := context.WithTimeout(ctx, queryTimeout)
	defer cancel()
	rows, err := s.db.QueryContext(ctx,
		`SELECT id, kind, order_id FROM events WHERE NOT delivered ORDER BY id LIMIT $1`, limit)
	if err != nil {
		return nil, fmt.Errorf("read events: %w", err)
	}
	defer rows.Close()
	var events []Event
	for rows.Next() {
		var e Event
		if err := rows.Scan(&e.ID, &e.Kind, &e.OrderID); err != nil {
			return nil, fmt.Errorf("read events: %w", err)
		}
		events = append(events, e)
	}
	return events, rows.Err()
}

// Delivered marks an event as delivered.
func (s *Store) Delivered(ctx context.Context, e Event) error {
	ctx, cancel := context.WithTimeout(ctx, writeTimeout)
	defer cancel()
	if _, err := s.db.ExecContext(ctx, `UPDATE events SET delivered = true WHERE id = $1`, e.ID); err != nil {
		return fmt.Errorf("mark event: %w", err)
	}
	return nil
}
