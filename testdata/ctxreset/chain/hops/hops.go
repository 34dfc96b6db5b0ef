// Package hops has a context that is lost four calls and three packages away.
package hops

import (
	"context"

	"ctxlint.test/fixtures/ctxreset/chain/hops/bank"
	"ctxlint.test/fixtures/ctxreset/chain/hops/ledger"
)

func settle(ctx context.Context, c *bank.Client, amount int64) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	return ledger.Book(c, "us", "them", amount) // want `medium chain: →.*→.*→.*wire\.go:12`
}

// Near misses.

func settleContext(ctx context.Context, c *bank.Client, amount int64) error {
	return ledger.BookContext(ctx, c, "us", "them", amount)
}

func fee(ctx context.Context, c *bank.Client) int {
	return c.Fee([]byte("transfer"))
}

func settleLater(c *bank.Client, amount int64) error {
	return ledger.Book(c, "us", "them", amount)
}
