// Package cache keeps orders in a remote cache.
package cache

import (
	"context"
	"encoding/json"
	"time"

	"golang.org/x/sync/singleflight"

	"ctxlint.test/fixtures/ctxreset/store"
)

// A Client talks to the cache.
type Client interface {
	Get(ctx context.Context, key string) ([]byte, error)
	Set(ctx context.Context, key string, value []byte, ttl time.Duration) error
}

// A Cache keeps orders.
type Cache struct {
	client Client
	flight singleflight.Group
}

// Get returns an order that is in the cache.
func (c *Cache) Get(id string) (o store.Order, ok bool) {
	data, err := c.client.Get(context.TODO(), "order/"+id)
	if err != nil {
		return store.Order{}, false
	}
	return o, json.Unmarshal(data, &o) == nil
}

// Put puts an order into the cache.
func (c *Cache) Put(ctx context.Context, o store.Order) error {
	data, err := json.Marshal(o)
	if err != nil {
		return err
	}
	return c.client.Set(ctx, "order/"+o.ID, data, time.Hour)
}

// GetOrLoad loads an order once for all who wait for it: it must not end with
// the first of them.
func (c *Cache) GetOrLoad(ctx context.Context, db *store.DB, id string) (store.Order, error) {
	results := c.flight.DoChan(id, func() (any, error) {
		loadCtx, cancel := context.WithTimeout(context.TODO(), time.Minute)
		defer cancel()
		return db.Load(loadCtx, id)
	})
	select {
	case r := <-results:
		if r.Err != nil {
			return store.Order{}, r.Err
		}
		return r.Val.(store.Order), nil
	case <-ctx.Done():
		return store.Order{}, ctx.Err()
	}
}
