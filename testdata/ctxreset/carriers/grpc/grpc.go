// Package grpc answers calls of gRPC.
package grpc

import (
	"context"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/health/grpc_health_v1"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"

	"ctxlint.test/fixtures/ctxreset/store"
)

type server struct {
	grpc_health_v1.UnimplementedHealthServer
	db *store.DB
}

// Unary.
func (s *server) Check(ctx context.Context, req *grpc_health_v1.HealthCheckRequest) (*grpc_health_v1.HealthCheckResponse, error) {
	if err := s.db.SQL.PingContext(context.TODO()); err != nil { // want `direct: context\.TODO.*from ctx`
		return nil, status.Error(codes.Unavailable, err.Error())
	}
	return &grpc_health_v1.HealthCheckResponse{Status: grpc_health_v1.HealthCheckResponse_SERVING}, nil
}

// The context of a stream is the stream's.
func (s *server) Watch(req *grpc_health_v1.HealthCheckRequest, stream grpc_health_v1.Health_WatchServer) error {
	for {
		ctx, cancel := context.WithTimeout(context.TODO(), time.Second) // want `handler: context\.TODO.*stream\.Context\(\)`
		err := s.db.SQL.PingContext(ctx)
		cancel()
		if err != nil {
			return status.Error(codes.Unavailable, err.Error())
		}
		if err := stream.Send(&grpc_health_v1.HealthCheckResponse{}); err != nil {
			return err
		}
	}
}

// A stream as an old service has it.
func (s *server) upload(srv any, stream grpc.ServerStream) error {
	var o store.Order
	if err := stream.RecvMsg(&o); err != nil {
		return err
	}
	return s.db.Verify(context.TODO(), o) // want `handler: context\.TODO.*stream\.Context\(\)`
}

func (s *server) generic(stream grpc.BidiStreamingServer[store.Order, store.Order]) error {
	o, err := stream.Recv()
	if err != nil {
		return err
	}
	found, err := s.db.Load(context.TODO(), o.ID) // want `handler: context\.TODO.*stream\.Context\(\)`
	if err != nil {
		return err
	}
	return stream.Send(&found)
}

// An interceptor.
func tagMethod(ctx context.Context, req any, info *grpc.UnaryServerInfo, handler grpc.UnaryHandler) (any, error) {
	md := metadata.Pairs("method", info.FullMethod)
	return handler(metadata.NewIncomingContext(context.TODO(), md), req) // want `direct: context\.TODO.*from ctx`
}

// The metadata is all that the handler gets of the call's context.
func authenticate(ctx context.Context, req any, info *grpc.UnaryServerInfo, handler grpc.UnaryHandler) (any, error) {
	md, ok := metadata.FromIncomingContext(ctx)
	if !ok {
		return nil, status.Error(codes.Unauthenticated, info.FullMethod)
	}
	return handler(metadata.NewIncomingContext(context.TODO(), md), req) // want `direct: context\.TODO.*from ctx`
}

func (s *server) authenticateStream(srv any, stream grpc.ServerStream, info *grpc.StreamServerInfo, handler grpc.StreamHandler) error {
	if _, err := s.db.Load(context.TODO(), info.FullMethod); err != nil { // want `handler: context\.TODO.*stream\.Context\(\)`
		return status.Error(codes.Unauthenticated, err.Error())
	}
	return handler(srv, stream)
}

// Near misses.

// taggedStream is a stream with a context of its own.
type taggedStream struct {
	grpc.ServerStream
	ctx context.Context
}

func (s *taggedStream) Context() context.Context { return s.ctx }

type methodKey struct{}

func tag(srv any, stream grpc.ServerStream, info *grpc.StreamServerInfo, handler grpc.StreamHandler) error {
	ctx := context.WithValue(stream.Context(), methodKey{}, info.FullMethod)
	return handler(srv, &taggedStream{stream, ctx})
}

func (s *server) download(srv any, stream grpc.ServerStream) error {
	o, err := s.db.Load(stream.Context(), "latest")
	if err != nil {
		return err
	}
	return stream.SendMsg(&o)
}

func connect(target string, opts ...grpc.DialOption) (*grpc.ClientConn, error) {
	ctx, cancel := context.WithTimeout(context.TODO(), time.Second)
	defer cancel()
	return grpc.DialContext(ctx, target, opts...)
}
