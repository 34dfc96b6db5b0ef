package billing

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"time"
)

// ErrSlow is returned for a quote that does not arrive in time.
var ErrSlow = errors.New("billing takes too long")

// quoteTimeout is how long a customer is made to wait for a price.
const quoteTimeout = 500 * time.Millisecond

// Quote returns what an item costs in cents.
func (c *Client) Quote(ctx context.Context, item string) (int64, error) {
	type answer struct {
		Cents int64 `json:"cents"`
		err   error
	}
	answers := make(chan answer)
	go func() {
		var a answer
		a.err = c.do(ctx, http.MethodGet, "/prices/"+url.PathEscape(item), nil, &a)
		answers <- a
	}()

	timer := time.NewTimer(quoteTimeout)
	defer timer.Stop()
	select {
	case a := <-answers:
		return a.Cents, a.err
	case <-timer.C:
		return 0, ErrSlow
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}
