// Package cache keeps orders at hand.
package cache

import (
	"context"

	"ctxlint.test/fixtures/ctxreset/store"
)

// A Cache reads each order once.
type Cache struct {
	DB     *store.DB
	orders map[string]store.Order
}

// Get returns an order.
func (c *Cache) Get(id string) (store.Order, error) {
	if o, ok := c.orders[id]; ok {
		return o, nil
	}
	return c.DB.Load(context.TODO(), id)
}
