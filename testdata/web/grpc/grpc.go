// Package grpc has a streaming method and interceptors of a gRPC server.
package grpc

import (
	"context"

	"google.golang.org/grpc"

	"ctxlint.test/web/work"
)

func stream(srv any, s grpc.ServerStream) error {
	return work.Load(context.TODO(), "") // want `handler: pass s\.Context\(\)`
}

func unary(ctx context.Context, req any, info *grpc.UnaryServerInfo, h grpc.UnaryHandler) (any, error) {
	return nil, work.Load(context.TODO(), "") // want `direct: pass ctx`
}

func streaming(srv any, s grpc.ServerStream, info *grpc.StreamServerInfo, h grpc.StreamHandler) error {
	return work.Load(context.TODO(), "") // want `handler: pass s\.Context\(\)`
}
