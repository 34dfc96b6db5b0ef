// Package budget divides the time that a caller has left among the steps of
// its work.
package budget

import (
	"context"
	"time"
)

// Default is the budget of a caller without a deadline.
const Default = 2 * time.Second

// Share returns a context that ends after the given part, between 0 and 1, of
// the time that ctx has left. The function that it returns ends the context
// earlier and frees its timer.
func Share(ctx context.Context, part float64) (context.Context, func()) {
	left := Default
	if deadline, ok := ctx.Deadline(); ok {
		left = time.Until(deadline)
	}
	return context.WithTimeout(ctx, time.Duration(part*float64(left)))
}
