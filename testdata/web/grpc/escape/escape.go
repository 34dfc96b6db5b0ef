// Package escape has methods and interceptors of a gRPC server whose goroutines outlive the call.
package escape

import (
	"context"

	"google.golang.org/grpc"
	"google.golang.org/grpc/health/grpc_health_v1"

	"ctxlint.test/web/work"
)

type server struct {
	grpc_health_v1.UnimplementedHealthServer
}

func (*server) Check(ctx context.Context, req *grpc_health_v1.HealthCheckRequest) (*grpc_health_v1.HealthCheckResponse, error) {
	go work.Load(ctx, req.Service) // want "goroutine: this goroutine works under the context of the call"
	return nil, nil
}

func (*server) Watch(req *grpc_health_v1.HealthCheckRequest, s grpc_health_v1.Health_WatchServer) error {
	go work.Load(s.Context(), req.Service) // want "goroutine: this goroutine works under the context of the call"
	return nil
}

// It is none of the methods of the service.
func (*server) check(ctx context.Context, req *grpc_health_v1.HealthCheckRequest) error {
	go work.Load(ctx, req.Service)
	return nil
}

type pump struct {
	grpc_health_v1.UnimplementedHealthServer
}

// The goroutine is to end with the stream.
func (*pump) Watch(req *grpc_health_v1.HealthCheckRequest, s grpc_health_v1.Health_WatchServer) error {
	go work.Load(s.Context(), req.Service)
	for {
		if err := s.Send(nil); err != nil {
			return err
		}
	}
}

func stream(srv any, s grpc.ServerStream) error {
	go work.Load(s.Context(), "") // want "goroutine: this goroutine works under the context of the request"
	return nil
}

func unary(ctx context.Context, req any, info *grpc.UnaryServerInfo, h grpc.UnaryHandler) (any, error) {
	resp, err := h(ctx, req)
	go work.Load(ctx, info.FullMethod) // want "goroutine: this goroutine works under the context of the request"
	return resp, err
}

// The goroutine runs beside the call.
func beside(ctx context.Context, req any, info *grpc.UnaryServerInfo, h grpc.UnaryHandler) (any, error) {
	go work.Load(ctx, info.FullMethod)
	return h(ctx, req)
}
