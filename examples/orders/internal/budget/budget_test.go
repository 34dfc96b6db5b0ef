package budget_test

import (
	"context"
	"testing"
	"time"

	"example.com/orders/internal/budget"
)

func TestShare(t *testing.T) {
	tests := []struct {
		name  string
		total time.Duration // 0 for a caller without a deadline
		part  float64
		want  time.Duration
	}{
		{"half", time.Hour, 0.5, 30 * time.Minute},
		{"all", time.Hour, 1, time.Hour},
		{"no deadline", 0, 0.5, budget.Default / 2},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			ctx := t.Context()
			if test.total > 0 {
				var cancel context.CancelFunc
				ctx, cancel = context.WithTimeout(ctx, test.total)
				defer cancel()
			}
			ctx, done := budget.Share(ctx, test.part)
			defer done()
			deadline, ok := ctx.Deadline()
			if !ok {
				t.Fatal("no deadline")
			}
			if got := time.Until(deadline); got > test.want || got < test.want-time.Second {
				t.Errorf("%v left, want just under %v", got, test.want)
			}
		})
	}
}
