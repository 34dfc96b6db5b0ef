package compare

import (
	"context"

	"google.golang.org/grpc"
	healthpb "google.golang.org/grpc/health/grpc_health_v1"
)

// signer has a client of gRPC behind it, or something else.
type signer interface {
	Check(ctx context.Context, in *healthpb.HealthCheckRequest, opts ...grpc.CallOption) (*healthpb.HealthCheckResponse, error)
}

func behindInterface(ctx context.Context, s signer) bool {
	_, err := s.Check(ctx, &healthpb.HealthCheckRequest{})
	return err == context.DeadlineExceeded // want `low compare: an error that has context.DeadlineExceeded in it does not compare equal`
}

// An interface that embeds the generated one has its methods.
type closer interface {
	healthpb.HealthClient
	Close() error
}

func embedded(ctx context.Context, c closer) bool {
	_, err := c.Check(ctx, &healthpb.HealthCheckRequest{})
	return err == context.DeadlineExceeded // want `compare: the error of a gRPC call is a status and never context.DeadlineExceeded`
}
