// Package lambda has the handler of an AWS Lambda function.
package lambda

import (
	"context"

	"github.com/aws/aws-lambda-go/lambda"

	"ctxlint.test/web/work"
)

type event struct{ ID string }

func handle(ctx context.Context, e event) error {
	return work.Load(context.TODO(), e.ID) // want `direct: pass ctx`
}

func serve() { lambda.Start(handle) }
