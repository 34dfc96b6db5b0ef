// Package escape has activities of Temporal whose goroutines outlive them.
package escape

import (
	"context"

	"go.temporal.io/sdk/worker"

	"ctxlint.test/web/work"
)

func charge(ctx context.Context, id string) error {
	go work.Load(ctx, id) // want "goroutine: this goroutine works under the context of the job"
	return nil
}

type activities struct{}

func (*activities) Refund(ctx context.Context, id string) error {
	go work.Load(ctx, id) // want "goroutine: this goroutine works under the context of the job"
	return nil
}

func (*activities) other(ctx context.Context, id string) error {
	go work.Load(ctx, id)
	return nil
}

func register(w worker.Worker) {
	w.RegisterActivity(charge)
	w.RegisterActivity(new(activities))
}
