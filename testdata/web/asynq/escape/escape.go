// Package escape has a handler of jobs whose goroutine outlives the job.
package escape

import (
	"context"

	"github.com/hibiken/asynq"

	"ctxlint.test/web/work"
)

func process(ctx context.Context, t *asynq.Task) error {
	go work.Load(ctx, t.Type()) // want "goroutine: this goroutine works under the context of the job"
	return nil
}
