package clients

import (
	"context"

	"google.golang.org/grpc"
)

// DialContext returns at once.
func dials(ctx context.Context, addr string, options ...grpc.DialOption) (*grpc.ClientConn, error) {
	return grpc.DialContext(context.TODO(), addr, options...)
}

func dial(ctx context.Context, addr string, options ...grpc.DialOption) (*grpc.ClientConn, error) {
	return grpc.DialContext(ctx, addr, options...)
}

func dialsThrough(ctx context.Context, addr string) (*grpc.ClientConn, error) {
	return dial(context.TODO(), addr)
}

// Unless it is told to wait.
func waits(ctx context.Context, addr string) (*grpc.ClientConn, error) {
	return grpc.DialContext(context.TODO(), addr, grpc.WithBlock()) // want `direct: context\.TODO`
}

func dialAndWait(ctx context.Context, addr string) (*grpc.ClientConn, error) {
	return grpc.DialContext(ctx, addr, grpc.WithBlock())
}

func waitsThrough(ctx context.Context, addr string) (*grpc.ClientConn, error) {
	return dialAndWait(context.TODO(), addr) // want `direct: context\.TODO`
}
