// Package notify tells customers about their orders.
package notify

import (
	"context"

	"ctxlint.test/fixtures/ctxreset/store"
)

// A Notifier tells someone.
type Notifier interface {
	Notify(o store.Order) error
}

// Mail is a Notifier.
type Mail struct{ URL string }

// Notify sends a mail.
func (m *Mail) Notify(o store.Order) error {
	return store.Publish(context.TODO(), m.URL, o)
}

// Text is a Notifier.
type Text struct{ URL string }

// Notify sends a text message.
func (t Text) Notify(o store.Order) error {
	return store.Publish(context.TODO(), t.URL, o)
}

// A Lister lists orders. What implements it in this package is nobody else's
// business.
type Lister interface {
	Get(id string) (store.Order, error)
}

type cached map[string]store.Order

func (c cached) Get(id string) (store.Order, error) { return c[id], nil }

// Listed returns the orders that are known.
func Listed() Lister { return cached{} }
