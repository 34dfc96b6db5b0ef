// Package temporal has an activity of Temporal.
package temporal

import (
	"context"

	"go.temporal.io/sdk/worker"

	"ctxlint.test/web/work"
)

func charge(ctx context.Context, id string) error {
	return work.Load(context.TODO(), id) // want `direct: pass ctx`
}

func register(w worker.Worker) { w.RegisterActivity(charge) }
