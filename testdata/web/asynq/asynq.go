// Package asynq has a handler of jobs.
package asynq

import (
	"context"

	"github.com/hibiken/asynq"

	"ctxlint.test/web/work"
)

func process(ctx context.Context, t *asynq.Task) error {
	return work.Load(context.TODO(), t.Type()) // want `direct: pass ctx`
}
