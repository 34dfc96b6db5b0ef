// Package catalog keeps the prices of all items at hand.
package catalog

import (
	"context"
	"log/slog"
	"sync"
	"time"
)

// every is how old prices may become.
const every = time.Minute

// A Source knows the current price of every item, in cents.
type Source interface {
	Prices(ctx context.Context) (map[string]int64, error)
}

// Catalog is a copy of the prices that is renewed in the background.
type Catalog struct {
	source Source
	ticker *time.Ticker

	mu     sync.RWMutex
	prices map[string]int64
}

// Start returns a catalog that renews its prices from source until it is
// closed.
func Start(ctx context.Context, source Source) *Catalog {
	ctx, cancel := context.WithCancel(ctx)
	c := newCatalog(source, cancel)
	go c.run(ctx)
	return c
}

// newCatalog returns a catalog without prices, whose Close calls stop.
func newCatalog(source Source, stop func()) *Catalog {
	return &Catalog{source: source, ticker: time.NewTicker(every)}
}

// Close stops renewing the prices.
func (c *Catalog) Close() {
	c.ticker.Stop()
}

// Price returns what an item costs in cents, if that is known.
func (c *Catalog) Price(item string) (cents int64, ok bool) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	cents, ok = c.prices[item]
	return cents, ok
}

func (c *Catalog) run(ctx context.Context) {
	for {
		if err := c.renew(ctx); err != nil {
			slog.WarnContext(ctx, "prices not renewed", "error", err)
		}
		select {
		case <-c.ticker.C:
		case <-ctx.Done():
			return
		}
	}
}

func (c *Catalog) renew(ctx context.Context) error {
	prices, err := c.source.Prices(ctx)
	if err != nil {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.prices = prices
	return nil
}
