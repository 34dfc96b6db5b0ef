// Package serve has servers that nothing shuts down.
package serve

import (
	"context"
	"log"
	"net"
	"net/http"
	"os"
	"os/signal"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/health"
	healthpb "google.golang.org/grpc/health/grpc_health_v1"
)

func packageLevel(ctx context.Context) {
	go http.ListenAndServe(":8080", nil) // want "low serve: the server runs on when ctx is done, because nothing shuts it down; make an http.Server and call its Shutdown then"
	<-ctx.Done()
}

func ownListener(ctx context.Context, h http.Handler) error {
	ln, err := net.Listen("tcp", ":8080")
	if err != nil {
		return err
	}
	log.Print(ln.Addr())
	go func() {
		log.Print(http.Serve(ln, h)) // want "low serve: the server runs on when ctx is done"
	}()
	<-ctx.Done()
	return nil
}

func madeListener(ctx context.Context, h http.Handler) {
	ln, local := listenTwice(":8080")
	go http.Serve(ln, h)    // want "low serve: the server runs on when ctx is done"
	go http.Serve(local, h) // want "low serve: the server runs on when ctx is done"
	<-ctx.Done()
}

func listenTwice(addr string) (a, b net.Listener) {
	a, _ = net.Listen("tcp", addr)
	b, _ = net.Listen("tcp", "localhost"+addr)
	return a, b
}

// Whoever made the listener may close it.

func (l *listening) listener() net.Listener { return l.ln }

func gotListener(ctx context.Context, l *listening, h http.Handler) {
	ln := l.listener()
	go http.Serve(ln, h) // want "low serve: the server runs on when ctx is done"
	<-ctx.Done()
}

func literal(ctx context.Context, ln net.Listener) {
	go func() {
		log.Print(http.Serve(ln, nil)) // want "low serve: the server runs on when ctx is done"
	}()
	<-ctx.Done()
}

// The function does not care about the end: perhaps the process ends then.

func background(ctx context.Context) error {
	go http.ListenAndServe(":6060", nil) // want "low serve: the server runs on when ctx is done"
	return ctx.Err()
}

func server(ctx context.Context) {
	srv := &http.Server{Addr: ":8080"}
	go func() {
		if err := srv.ListenAndServe(); err != nil { // want "low serve: the server runs on when ctx is done, because nothing shuts it down; call its Shutdown then"
			log.Print(err)
		}
	}()
	<-ctx.Done()
}

func grpcServer(ctx context.Context, ln net.Listener) {
	srv := grpc.NewServer()
	healthpb.RegisterHealthServer(srv, health.NewServer())
	go srv.Serve(ln) // want "low serve: the server runs on when ctx is done, because nothing shuts it down; call its GracefulStop then"
	<-ctx.Done()
}

func grpcOnOwnListener(ctx context.Context) error {
	ln, err := net.Listen("tcp", ":0")
	if err != nil {
		return err
	}
	srv := grpc.NewServer()
	go srv.Serve(ln) // want "low serve: the server runs on when ctx is done, because nothing shuts it down; call its GracefulStop then"
	<-ctx.Done()
	return nil
}

// Silent.

func closesListener(ctx context.Context) error {
	ln, err := net.Listen("tcp", ":8080")
	if err != nil {
		return err
	}
	defer ln.Close()
	go http.Serve(ln, nil)
	<-ctx.Done()
	return nil
}

func closesListenerAfter(ctx context.Context, h http.Handler) error {
	ln, err := new(net.ListenConfig).Listen(ctx, "tcp", ":8080")
	if err != nil {
		return err
	}
	context.AfterFunc(ctx, func() { ln.Close() })
	srv := &http.Server{Handler: h}
	go func() { log.Print(srv.Serve(ln)) }()
	<-ctx.Done()
	return nil
}

func wrapsListener(ctx context.Context, wrap func(net.Listener) net.Listener) error {
	ln, err := net.Listen("tcp", ":8080")
	if err != nil {
		return err
	}
	limited := wrap(ln)
	go http.Serve(limited, nil)
	<-ctx.Done()
	return nil
}

type listening struct{ ln net.Listener }

func (l *listening) start(ctx context.Context) {
	go http.Serve(l.ln, nil)
	<-ctx.Done()
}

func (l *listening) Stop() { l.ln.Close() }

type deaf struct{ ln net.Listener }

func (d *deaf) start(ctx context.Context) {
	go http.Serve(d.ln, nil) // want "low serve: the server runs on when ctx is done"
	<-ctx.Done()
}

func stopsLater(ctx context.Context, ln net.Listener) {
	srv := grpc.NewServer()
	stop := context.AfterFunc(ctx, srv.GracefulStop)
	defer stop()
	go srv.Serve(ln) // silent "something else may shut the server down"
	<-ctx.Done()
}

func closesConnections(ctx context.Context, stops *[]func() error) {
	srv := &http.Server{Addr: ":8080"}
	*stops = append(*stops, srv.Close)
	go srv.ListenAndServe()
	<-ctx.Done()
}

// It is made once, on demand, for everybody.

var debug *http.Server

func debugServer(ctx context.Context) {
	if debug == nil {
		debug = &http.Server{Addr: ":6060"}
		go http.ListenAndServe(":6061", http.NotFoundHandler())
	}
	<-ctx.Done()
}

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

// A failure is told to somebody who does not expect the shutdown.

func tells(ctx context.Context, h http.Handler, failed chan error) {
	srv := &http.Server{Handler: h}
	go func() {
		if err := srv.ListenAndServe(); err != nil { // want "low serve: .*; call its Shutdown then \\(ListenAndServe returns ErrServerClosed\\)$"
			failed <- err
		}
	}()
	<-ctx.Done()
}

func expects(ctx context.Context, h http.Handler, failed chan error) {
	srv := &http.Server{Handler: h}
	go func() {
		if err := srv.ListenAndServe(); err != http.ErrServerClosed { // want "low serve: .*; call its Shutdown then$"
			failed <- err
		}
	}()
	<-ctx.Done()
}

// What a method gives is the same server wherever it is called.

type node interface{ Server() *grpc.Server }

func serveNode(ctx context.Context, n node, ln net.Listener) {
	go n.Server().Serve(ln)
	<-ctx.Done()
}

func stopNode(n node) { n.Server().GracefulStop() }

type member struct{ srv *grpc.Server }

func (m *member) server() *grpc.Server { return m.srv }

func (m *member) serve(ctx context.Context, ln net.Listener) {
	go m.server().Serve(ln) // silent "a method gives the server"
	<-ctx.Done()
}

func (m *member) stop() { m.server().Stop() }

type halted struct{ srv *grpc.Server }

func (h *halted) server() *grpc.Server { return h.srv }

func (h *halted) serve(ctx context.Context, ln net.Listener) {
	go h.server().Serve(ln)
	<-ctx.Done()
}

func (h *halted) halt() { h.srv.Stop() }

// A method that makes one gives each caller another.

type builder struct{ opts []grpc.ServerOption }

func (b *builder) build() *grpc.Server { return grpc.NewServer(b.opts...) }

func (b *builder) serve(ctx context.Context) error {
	ln, err := net.Listen("tcp", ":0")
	if err != nil {
		return err
	}
	srv := b.build()
	go srv.Serve(ln) // want "low serve: the server runs on when ctx is done"
	<-ctx.Done()
	return nil
}

// It is started with the process, and does not wait for the end.

func initProfiling(ctx context.Context) error {
	go http.ListenAndServe(":6060", nil) // silent "the function is likely to run once"
	return ctx.Err()
}

// The context of a process that waits for signals ends when the process does.

func Execute() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	execute(ctx)
}

func execute(ctx context.Context) {
	go http.ListenAndServe(":8080", nil) // want "low serve: the server runs on when ctx is done"
	<-ctx.Done()
}

func Reload() {
	ctx, stop := signalled()
	defer stop()
	reload(ctx)
}

func signalled() (context.Context, context.CancelFunc) {
	return signal.NotifyContext(context.Background(), os.Interrupt)
}

func reload(ctx context.Context) {
	go http.ListenAndServe(":8080", nil) // want "low serve: the server runs on when ctx is done"
	<-ctx.Done()
}

// one that has another caller may end before
func ForRequest(ctx context.Context) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	forBoth(ctx)
}

func ForProcess() {
	ctx, stop := signalled()
	defer stop()
	forBoth(ctx)
}

func forBoth(ctx context.Context) {
	go http.ListenAndServe(":8080", nil) // want "low serve: the server runs on when ctx is done"
	<-ctx.Done()
}
