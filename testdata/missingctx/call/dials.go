package call

import (
	"context"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
)

// With the option, it waits for the connection.
func dialsAndWaits(ctx context.Context, target string) (*grpc.ClientConn, error) {
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	return grpc.Dial(target, grpc.WithBlock(), grpc.WithTransportCredentials(insecure.NewCredentials())) // want `medium call: grpc.Dial goes on after ctx has ended; use DialContext with ctx`
}
