// Package ledger writes down what the bank does.
package ledger

import (
	"context"

	"ctxlint.test/fixtures/ctxreset/chain/hops/bank"
)

// Book moves an amount and writes it down.
func Book(c *bank.Client, from, to string, amount int64) error {
	return c.Transfer(from, to, amount)
}

// BookContext is Book while ctx lives.
func BookContext(ctx context.Context, c *bank.Client, from, to string, amount int64) error {
	return c.TransferContext(ctx, from, to, amount)
}
