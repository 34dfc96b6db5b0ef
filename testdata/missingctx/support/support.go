// Package support is there for tests.
package support

import (
	"context"
	"testing"
	"time"
)

// Settle gives a server the time that it needs.
func Settle(ctx context.Context, t *testing.T) {
	time.Sleep(time.Minute)
	_ = ctx.Err()
}
