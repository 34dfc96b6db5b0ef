// Package libraries holds contexts between well-known libraries and their users.
package libraries

import (
	"context"
	"io"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/spf13/cobra"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/health/grpc_health_v1"
	"google.golang.org/grpc/metadata"
)

func work(ctx context.Context) error { return ctx.Err() }

// gRPC.

func watches(ctx context.Context, c grpc_health_v1.HealthClient) (grpc_health_v1.Health_WatchClient, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	return c.Watch(ctx, &grpc_health_v1.HealthCheckRequest{}) // want "early: returned but"
}

func watchesVariable(ctx context.Context, c grpc_health_v1.HealthClient) (grpc.ServerStreamingClient[grpc_health_v1.HealthCheckResponse], error) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	stream, err := c.Watch(ctx, &grpc_health_v1.HealthCheckRequest{})
	if err != nil {
		return nil, err
	}
	return stream, nil // want "early: returned but"
}

func newStream(ctx context.Context, cc *grpc.ClientConn) (grpc.ClientStream, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	return cc.NewStream(ctx, &grpc.StreamDesc{}, "/m") // want "early: returned but"
}

// An interceptor with a time limit cuts off the stream that it returns.
func streamInterceptor(ctx context.Context, desc *grpc.StreamDesc, cc *grpc.ClientConn, method string,
	streamer grpc.Streamer, opts ...grpc.CallOption) (grpc.ClientStream, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	return streamer(ctx, desc, cc, method, opts...) // want "early: returned but"
}

func streamOutgoing(ctx context.Context, c grpc_health_v1.HealthClient) (grpc_health_v1.Health_WatchClient, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	ctx = metadata.AppendToOutgoingContext(ctx, "k", "v")
	return c.Watch(ctx, &grpc_health_v1.HealthCheckRequest{}) // want "early: returned but"
}

func dialDiscards(target string) (*grpc.ClientConn, error) {
	ctx, _ := context.WithTimeout(context.Background(), time.Second) // want "discarded: is discarded"
	return grpc.DialContext(ctx, target, grpc.WithTransportCredentials(insecure.NewCredentials()))
}

// Silent.

// The context is for the connection attempt.
func dial(ctx context.Context, target string) (*grpc.ClientConn, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	return grpc.DialContext(ctx, target, grpc.WithBlock())
}

func unary(ctx context.Context, c grpc_health_v1.HealthClient) (*grpc_health_v1.HealthCheckResponse, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	return c.Check(ctx, &grpc_health_v1.HealthCheckRequest{})
}

func unaryInterceptor(ctx context.Context, req any, _ *grpc.UnaryServerInfo, handler grpc.UnaryHandler) (any, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	return handler(ctx, req)
}

func unaryClientInterceptor(ctx context.Context, method string, req, reply any, cc *grpc.ClientConn,
	invoker grpc.UnaryInvoker, opts ...grpc.CallOption) error {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	return invoker(ctx, method, req, reply, cc, opts...)
}

type serverStream struct {
	grpc.ServerStream
	ctx context.Context
}

func (s *serverStream) Context() context.Context { return s.ctx }

// The handler runs to its end before the deferred call.
func streamServerInterceptor(srv any, ss grpc.ServerStream, _ *grpc.StreamServerInfo, handler grpc.StreamHandler) error {
	ctx, cancel := context.WithCancel(ss.Context())
	defer cancel()
	return handler(srv, &serverStream{ss, ctx})
}

type watch struct {
	grpc_health_v1.Health_WatchClient
	cancel context.CancelFunc
}

func (w *watch) Close() { w.cancel() }

func openWatch(ctx context.Context, c grpc_health_v1.HealthClient) (*watch, error) {
	ctx, cancel := context.WithCancel(ctx)
	stream, err := c.Watch(ctx, &grpc_health_v1.HealthCheckRequest{})
	if err != nil {
		cancel()
		return nil, err
	}
	return &watch{stream, cancel}, nil
}

func drain(ctx context.Context, c grpc_health_v1.HealthClient) (last *grpc_health_v1.HealthCheckResponse, err error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	stream, err := c.Watch(ctx, &grpc_health_v1.HealthCheckRequest{})
	if err != nil {
		return nil, err
	}
	for {
		resp, err := stream.Recv()
		if err == io.EOF {
			return last, nil
		}
		if err != nil {
			return last, err
		}
		last = resp
	}
}

// gin.

func timeout(d time.Duration) gin.HandlerFunc {
	return func(c *gin.Context) {
		ctx, cancel := context.WithTimeout(c.Request.Context(), d)
		defer cancel()
		c.Request = c.Request.WithContext(ctx)
		c.Next()
	}
}

func handler(c *gin.Context) {
	ctx, cancel := context.WithTimeout(c.Request.Context(), time.Second)
	if ctx.Err() != nil {
		cancel()
		c.AbortWithStatus(http.StatusGatewayTimeout)
		return
	}
	cancel()
	c.Status(http.StatusNoContent)
}

func leakingHandler(c *gin.Context) {
	ctx, cancel := context.WithTimeout(c.Request.Context(), time.Second) // want "path: is not called on every path"
	if err := work(ctx); err != nil {
		c.JSON(http.StatusGatewayTimeout, gin.H{"error": err.Error()})
		return
	}
	cancel()
	c.Status(http.StatusNoContent)
}

func ginAsContext(c *gin.Context) {
	ctx, _ := context.WithTimeout(c, time.Second) // want "discarded: is discarded"
	<-ctx.Done()
}

// cobra.

func command() *cobra.Command {
	var cancel context.CancelFunc
	cmd := &cobra.Command{
		Use: "serve",
		PersistentPreRun: func(cmd *cobra.Command, _ []string) {
			var ctx context.Context
			ctx, cancel = context.WithTimeout(cmd.Context(), time.Minute)
			cmd.SetContext(ctx)
		},
		PersistentPostRun: func(*cobra.Command, []string) { cancel() },
		RunE: func(cmd *cobra.Command, _ []string) error {
			ctx, cancel := context.WithTimeout(cmd.Context(), time.Second) // want "low path: is not called on every path"
			if err := work(ctx); err != nil {
				return err
			}
			cancel()
			return nil
		},
	}
	return cmd
}
