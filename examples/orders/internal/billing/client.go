// Package billing is a client of the billing service.
package billing

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"
)

const (
	attempts       = 3
	attemptTimeout = 2 * time.Second
	pauseUnit      = 100 * time.Millisecond
	settleInterval = 10 * time.Second
)

// StatusError is an answer of the billing service other than success.
type StatusError struct {
	Code int
}

// Error returns the text of the status.
func (e *StatusError) Error() string { return "billing answers " + http.StatusText(e.Code) }

// Client calls the billing service.
type Client struct {
	base string
	http *http.Client
}

// New returns a client of the billing service at the URL base.
func New(base string) *Client {
	return &Client{base: base, http: &http.Client{Timeout: 30 * time.Second}}
}

// Bill is an amount that an order costs.
type Bill struct {
	Order string `json:"order"`
	Cents int64  `json:"cents"`
}

// Charge collects the bill. It tries again for as long as the billing service is
// temporarily unable to do so.
func (c *Client) Charge(ctx context.Context, b Bill) error {
	for n := 0; ; n++ {
		if err := pause(ctx, n); err != nil {
			return err
		}
		attempt, cancel := context.WithTimeout(ctx, attemptTimeout)
		defer cancel()
		if err := c.do(attempt, http.MethodPost, "/charges", b, nil); !temporary(err) {
			return err
		}
	}
}

// Refund gives the bill's amount back, trying a few times.
func (c *Client) Refund(ctx context.Context, b Bill) error {
	var err error
	for n := range attempts {
		if err := pause(ctx, n); err != nil {
			return err
		}
		attempt, cancel := context.WithTimeout(ctx, attemptTimeout)
		err = c.do(attempt, http.MethodPost, "/refunds", b, nil)
		cancel()
		if !temporary(err) {
			return err
		}
	}
	return fmt.Errorf("refund order %s: %w", b.Order, err)
}

// Settled returns when the bank has settled what an order costs.
func (c *Client) Settled(ctx context.Context, order string) error {
	for {
		var state struct{ Settled bool }
		if err := c.do(ctx, http.MethodGet, "/charges/"+order, nil, &state); err != nil {
			return err
		}
		if state.Settled {
			return nil
		}
		time.Sleep(settleInterval)
	}
}

// Prices returns the price of every item in cents.
func (c *Client) Prices(ctx context.Context) (map[string]int64, error) {
	ctx, cancel := context.WithTimeout(ctx, attemptTimeout)
	defer cancel()
	var prices map[string]int64
	if err := c.do(ctx, http.MethodGet, "/prices", nil, &prices); err != nil {
		return nil, fmt.Errorf("read prices: %w", err)
	}
	return prices, nil
}

// do sends in as JSON and decodes the answer into out; either may be nil.
func (c *Client) do(ctx context.Context, method, path string, in, out any) error {
	var body io.Reader
	if in != nil {
		data, err := json.Marshal(in)
		if err != nil {
			return err
		}
		body = bytes.NewReader(data)
	}
	req, err := http.NewRequestWithContext(ctx, method, c.base+path, body)
	if err != nil {
		return err
	}
	resp, err := c.http.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if resp.StatusCode/100 != 2 {
		return &StatusError{Code: resp.StatusCode}
	}
	if out == nil {
		return nil
	}
	return json.NewDecoder(resp.Body).Decode(out)
}

// pause waits before attempt n, longer for higher n.
func pause(ctx context.Context, n int) error {
	timer := time.NewTimer(time.Duration(n) * pauseUnit)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// temporary reports whether another attempt may succeed after err.
func temporary(err error) bool {
	var status *StatusError
	if errors.As(err, &status) {
		return status.Code >= http.StatusInternalServerError
	}
	return err == context.DeadlineExceeded
}
