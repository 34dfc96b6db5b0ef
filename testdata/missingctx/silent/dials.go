package silent

import (
	"context"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
)

// Dial returns at once: the connection is made when it is needed.
func dials(ctx context.Context, target string) (*grpc.ClientConn, error) {
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	return grpc.Dial(target, grpc.WithTransportCredentials(insecure.NewCredentials()))
}

func dialsWithTimeout(ctx context.Context, target string) (*grpc.ClientConn, error) {
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	return grpc.Dial(target, grpc.WithTransportCredentials(insecure.NewCredentials()), grpc.WithTimeout(time.Second))
}
