// Package fake implements an interface of another package.
package fake

import (
	"context"

	"ctxlint.test/fixtures/ctxreset/store"
)

// A Lister asks the database.
type Lister struct{ DB *store.DB }

// Get reads an order.
func (l Lister) Get(id string) (store.Order, error) { return l.DB.Load(context.TODO(), id) }
