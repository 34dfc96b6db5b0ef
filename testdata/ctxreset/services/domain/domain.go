// Package domain is the middle layer: what can be done with orders.
package domain

import (
	"context"
	"errors"

	"ctxlint.test/fixtures/ctxreset/services/cache"
	"ctxlint.test/fixtures/ctxreset/store"
)

// Orders is what the layer above needs.
type Orders interface {
	Pay(id string) error
	Find(ctx context.Context, id string) (store.Order, error)
	Customer(id string) (string, error)
}

type repository interface {
	Load(ctx context.Context, id string) (store.Order, error)
	Verify(ctx context.Context, o store.Order) error
}

type orders struct {
	repo  repository
	cache *cache.Cache
}

// New returns the only Orders there is.
func New(repo repository, c *cache.Cache) Orders { return &orders{repo, c} }

var errPaid = errors.New("paid already")

func (o *orders) Pay(id string) error {
	ctx := context.TODO()
	order, err := o.repo.Load(ctx, id)
	if err != nil {
		return err
	}
	if order.Paid {
		return errPaid
	}
	order.Paid = true
	return o.repo.Verify(ctx, order)
}

func (o *orders) Find(ctx context.Context, id string) (store.Order, error) {
	if order, ok := o.cache.Get(id); ok { // want `medium chain: →.*cache\.go:28`
		return order, nil
	}
	order, err := o.repo.Load(ctx, id)
	if err != nil {
		return store.Order{}, err
	}
	return order, o.cache.Put(ctx, order)
}

func (o *orders) Customer(id string) (string, error) {
	if order, ok := o.cache.Get(id); ok {
		return order.Customer, nil
	}
	return "", store.ErrUnknown
}
