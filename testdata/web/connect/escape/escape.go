// Package escape has a method of a Connect server whose goroutine outlives the call.
package escape

import (
	"context"

	"connectrpc.com/connect"

	"ctxlint.test/web/work"
)

type item struct{ ID string }

func get(ctx context.Context, req *connect.Request[item]) (*connect.Response[item], error) {
	go work.Load(ctx, req.Msg.ID) // want "goroutine: this goroutine works under the context of the request"
	return nil, nil
}
