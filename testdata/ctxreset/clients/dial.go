package clients

import (
	"context"

	"google.golang.org/grpc"
)

// DialContext returns at once.
func dials(ctx context.Context, addr string, options ...grpc.DialOption) (*grpc.ClientConn, error) {
	return grpc.DialContext(context.Background(), addr, options...)
}

func dial(ctx context.Context, addr string, options ...grpc.DialOption) (*grpc.ClientConn, error) {
	return grpc.DialContext(ctx, addr, options...)
}

func dialsThrough(ctx context.Context, addr string) (*grpc.ClientConn, error) {
	return dial(context.Background(), addr)
}

// Unless it is told to wait.
func waits(ctx context.Context, addr string) (*grpc.ClientConn, error) {
	return grpc.DialContext(context.Background(), addr, grpc.WithBlock()) // want `direct: context\.Background`
}

func dialAndWait(ctx context.Context, addr string) (*grpc.ClientConn, error) {
	return grpc.DialContext(ctx, addr, grpc.WithBlock())
}

func waitsThrough(ctx context.Context, addr string) (*grpc.ClientConn, error) {
	return dialAndWait(context.Background(), addr) // want `direct: context\.Background`
}
