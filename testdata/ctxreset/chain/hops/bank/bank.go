// Package bank moves money.
package bank

import (
	"context"
	"fmt"

	"ctxlint.test/fixtures/ctxreset/chain/hops/wire"
)

// A Client is a customer of the bank.
type Client struct{ Addr string }

// Transfer moves an amount.
func (c *Client) Transfer(from, to string, amount int64) error {
	return c.send(fmt.Appendf(nil, "%s %s %d", from, to, amount))
}

func (c *Client) send(msg []byte) error { return wire.Send(c.Addr, msg) }

// TransferContext moves an amount while ctx lives.
func (c *Client) TransferContext(ctx context.Context, from, to string, amount int64) error {
	return wire.SendContext(ctx, c.Addr, fmt.Appendf(nil, "%s %s %d", from, to, amount))
}

// Check looks at the network.
func Check(addr string) error { return wire.Send(addr, nil) }

// Fee is computed here.
func (c *Client) Fee(msg []byte) int { return wire.Size(msg) * 2 }
