// Package escape has the handler of an AWS Lambda function whose goroutine outlives the event.
package escape

import (
	"context"

	"github.com/aws/aws-lambda-go/lambda"

	"ctxlint.test/web/work"
)

type event struct{ ID string }

func handle(ctx context.Context, e event) error {
	go work.Load(ctx, e.ID) // want "goroutine: this goroutine works under the context of the job"
	return nil
}

func other(ctx context.Context, e event) error {
	go work.Load(ctx, e.ID)
	return nil
}

func serve() { lambda.Start(handle) }
