// Package canblock has helpers that can wait for something, and helpers that
// cannot.
package canblock

import (
	"context"
	"log/slog"
	"net"
	"os/exec"
	"sync"
	"time"

	"github.com/sirupsen/logrus"
	"go.uber.org/zap"
	"golang.org/x/sync/semaphore"
	"google.golang.org/grpc"
	"google.golang.org/grpc/metadata"
	"k8s.io/klog/v2"

	"ctxlint.test/fixtures/ctxreset/store"
)

type key struct{}

// These wait.

func run(dir string) error {
	return exec.CommandContext(context.TODO(), "git", "-C", dir, "fetch").Run()
}

func runs(ctx context.Context, dir string) error {
	return run(dir) // want `medium chain: →`
}

func dial(addr string) (net.Conn, error) {
	var d net.Dialer
	return d.DialContext(context.TODO(), "tcp", addr)
}

func dials(ctx context.Context, addr string) (net.Conn, error) {
	return dial(addr) // want `medium chain: →`
}

func resolve(host string) ([]string, error) {
	return net.DefaultResolver.LookupHost(context.TODO(), host)
}

func resolves(ctx context.Context, host string) ([]string, error) {
	return resolve(host) // want `medium chain: →`
}

func invoke(conn *grpc.ClientConn, in, out any) error {
	return conn.Invoke(context.TODO(), "/orders.Orders/Place", in, out)
}

func invokes(ctx context.Context, conn *grpc.ClientConn, in, out any) error {
	return invoke(conn, in, out) // want `medium chain: →`
}

func acquire(s *semaphore.Weighted) error { return s.Acquire(context.TODO(), 1) }

func acquires(ctx context.Context, s *semaphore.Weighted) error {
	return acquire(s) // want `medium chain: →`
}

// sleep waits for a timer or for ctx.
func sleep(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func pause() error { return sleep(context.TODO(), time.Minute) }

func pauses(ctx context.Context) error {
	return pause() // want `medium chain: →`
}

func send(ctx context.Context, c chan<- store.Order, o store.Order) {
	select {
	case c <- o:
	case <-ctx.Done():
	}
}

func enqueue(c chan<- store.Order, o store.Order) { send(context.TODO(), c, o) }

func enqueues(ctx context.Context, c chan<- store.Order, o store.Order) {
	enqueue(c, o) // want `medium chain: →`
}

// These do not.

// logger finds the logger of a context.
func logger(ctx context.Context) *slog.Logger {
	if l, ok := ctx.Value(key{}).(*slog.Logger); ok {
		return l
	}
	return slog.Default()
}

func warn(msg string) { logger(context.TODO()).Warn(msg) }

func warns(ctx context.Context, db *store.DB, id string) error {
	warn("delete " + id)
	return db.Check(ctx, id)
}

func note(msg string) { slog.InfoContext(context.TODO(), msg) }

func notes(ctx context.Context, db *store.DB, id string) error {
	note("delete " + id)
	return db.Check(ctx, id)
}

func logrusNote(msg string) { logrus.WithContext(context.TODO()).Info(msg) }

func logrusNotes(ctx context.Context, db *store.DB, id string) error {
	logrusNote("delete " + id)
	return db.Check(ctx, id)
}

func klogNote(msg string) { klog.FromContext(context.TODO()).Info(msg) }

func klogNotes(ctx context.Context, db *store.DB, id string) error {
	klogNote("delete " + id)
	return db.Check(ctx, id)
}

// A logger that reads the user from the context.
type userLogger struct{ zap *zap.Logger }

func (l userLogger) info(ctx context.Context, msg string) {
	user, _ := ctx.Value(key{}).(string)
	l.zap.Info(msg, zap.String("user", user))
}

func (l userLogger) started() { l.info(context.TODO(), "started") }

func logsStart(ctx context.Context, l userLogger, db *store.DB) error {
	l.started()
	return db.SQL.PingContext(ctx)
}

// The context is stored.
type task struct {
	ctx context.Context
	id  string
}

func newTask(ctx context.Context, id string) *task { return &task{ctx, id} }

func freeTask(id string) *task { return newTask(context.TODO(), id) }

func plans(ctx context.Context, db *store.DB, id string) (*task, error) {
	t := freeTask(id)
	return t, db.Check(ctx, id)
}

// A value is read.
func traceID(ctx context.Context) string {
	md, _ := metadata.FromIncomingContext(ctx)
	if ids := md.Get("trace-id"); len(ids) > 0 {
		return ids[0]
	}
	return "none"
}

func noTrace() string { return traceID(context.TODO()) }

func defaultsTrace(ctx context.Context, db *store.DB) error {
	return db.Check(ctx, noTrace())
}

// A value is put in, and the result handed back.
func fresh() context.Context { return context.WithValue(context.TODO(), key{}, "worker") }

func makes(ctx context.Context, db *store.DB) (context.Context, error) {
	c := fresh()
	return c, db.SQL.PingContext(ctx)
}

// Only what is quick is asked.
func over(ctx context.Context) bool {
	select {
	case <-ctx.Done():
		return true
	default:
		return false
	}
}

func never() bool { return over(context.TODO()) }

func asks(ctx context.Context, db *store.DB) error {
	if never() {
		return ctx.Err()
	}
	return db.SQL.PingContext(ctx)
}

// A helper that waits, but has no context to lose.
var mu sync.Mutex

func locked(f func()) {
	mu.Lock()
	defer mu.Unlock()
	f()
}

func locks(ctx context.Context, f func()) { locked(f) }
