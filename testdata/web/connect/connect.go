// Package connect has a method of a Connect server, which is given the context
// besides.
package connect

import (
	"context"

	"connectrpc.com/connect"

	"ctxlint.test/web/work"
)

type item struct{ ID string }

func get(ctx context.Context, req *connect.Request[item]) (*connect.Response[item], error) {
	return nil, work.Load(context.TODO(), req.Msg.ID) // want `direct: pass ctx`
}
