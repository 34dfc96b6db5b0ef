package without

import (
	"context"
	"testing"
	"time"
)

// A parallel subtest runs when this function has returned.
func toSubtest(t *testing.T) {
	ctx, _ := context.WithTimeout(context.Background(), time.Second) // want "low discarded: is discarded"
	t.Run("parallel", func(t *testing.T) {
		t.Parallel()
		work(ctx)
	})
}
