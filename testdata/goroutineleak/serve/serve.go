// Package serve has servers that nothing shuts down.
package serve

import (
	"context"
	"log"
	"net"
	"net/http"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/health"
	healthpb "google.golang.org/grpc/health/grpc_health_v1"
)

func packageLevel(ctx context.Context) {
	go http.ListenAndServe(":8080", nil) // want "serve: the server runs on when ctx is done, because nothing shuts it down; make an http.Server and call its Shutdown then"
	<-ctx.Done()
}

func literal(ctx context.Context, ln net.Listener) {
	go func() {
		log.Print(http.Serve(ln, nil)) // want "serve: the server runs on when ctx is done"
	}()
	<-ctx.Done()
}

func server(ctx context.Context) {
	srv := &http.Server{Addr: ":8080"}
	go func() {
		if err := srv.ListenAndServe(); err != nil { // want "serve: the server runs on when ctx is done, because nothing shuts it down; call its Shutdown then"
			log.Print(err)
		}
	}()
	<-ctx.Done()
}

func grpcServer(ctx context.Context, ln net.Listener) {
	srv := grpc.NewServer()
	healthpb.RegisterHealthServer(srv, health.NewServer())
	go srv.Serve(ln) // want "serve: the server runs on when ctx is done, because nothing shuts it down; call its GracefulStop then"
	<-ctx.Done()
}

// Silent.

func shutDown(ctx context.Context) error {
	srv := &http.Server{Addr: ":8080"}
	go srv.ListenAndServe()
	<-ctx.Done()
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
	defer cancel()
	return srv.Shutdown(ctx)
}

func closedInGoroutine(ctx context.Context) error {
	srv := &http.Server{Addr: ":8080"}
	go func() {
		<-ctx.Done()
		srv.Close()
	}()
	return srv.ListenAndServe()
}

func grpcStopped(ctx context.Context, ln net.Listener) {
	srv := grpc.NewServer()
	go srv.Serve(ln)
	defer srv.GracefulStop()
	<-ctx.Done()
}

type app struct{ srv *http.Server }

func (a *app) start(ctx context.Context) {
	a.srv = &http.Server{Addr: ":8080"}
	go a.srv.ListenAndServe()
}

func (a *app) Close() error { return a.srv.Close() }

func returned(ctx context.Context) *http.Server {
	srv := &http.Server{Addr: ":8080"}
	go srv.ListenAndServe()
	return srv
}

func handedOn(ctx context.Context, stop func(interface{ Close() error })) {
	srv := &http.Server{Addr: ":8080"}
	go srv.ListenAndServe()
	stop(srv)
}

func parameter(ctx context.Context, srv *http.Server) {
	go srv.ListenAndServe()
}

func noContext() {
	go http.ListenAndServe(":8080", nil)
}
