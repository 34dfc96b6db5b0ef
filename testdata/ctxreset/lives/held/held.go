// Package held passes contexts that cannot end while they are passed.
package held

import (
	"context"
	"os"

	"ctxlint.test/fixtures/ctxreset/store"
)

// A cancel function is deferred: the context lives until the caller returns.

func load(ctx context.Context, db *store.DB) error { return db.Check(context.TODO(), "") }

func loads(db *store.DB) error {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	return again(ctx, db)
}

func again(ctx context.Context, db *store.DB) error {
	defer load(ctx, db)
	func() { db.Check(context.TODO(), "") }()
	if err := load(ctx, db); err != nil {
		return load(ctx, db)
	}
	return nil
}

// What is started may go on until then.

func starts(db *store.DB) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	startsWork(ctx, db)
}

func startsWork(ctx context.Context, db *store.DB) {
	go work(ctx, db)
	go func() { literal(ctx, db) }()
	keep = keeper{ctx}
	later = func() error { return stored(ctx, db) }
}

var later func() error

func work(ctx context.Context, db *store.DB) error {
	return db.Check(context.TODO(), "") // want `direct: context\.TODO`
}

func literal(ctx context.Context, db *store.DB) error {
	return db.Check(context.TODO(), "") // want `direct: context\.TODO`
}

func stored(ctx context.Context, db *store.DB) error {
	return db.Check(context.TODO(), "") // want `direct: context\.TODO`
}

type keeper struct{ ctx context.Context }

var keep keeper

func (k keeper) load(db *store.DB) error { return fromField(k.ctx, db) }

func fromField(ctx context.Context, db *store.DB) error {
	return db.Check(context.TODO(), "") // want `direct: context\.TODO`
}

// The cancel function is called, or given away, after the call only.

func prepare(ctx context.Context, db *store.DB) error { return db.Check(context.TODO(), "") }

func serves(db *store.DB, stop chan struct{}) (err error) {
	ctx, cancel := context.WithCancel(context.Background())
	defer func() {
		if err != nil {
			cancel()
		}
	}()
	if err := prepare(ctx, db); err != nil {
		return err
	}
	go func() {
		<-stop
		cancel()
	}()
	return serve(ctx, db)
}

func serve(ctx context.Context, db *store.DB) error {
	return db.Check(context.TODO(), "") // want `direct: context\.TODO`
}

func repeats(db *store.DB, stop chan struct{}) {
	ctx, cancel := context.WithCancel(context.Background())
	for range 2 {
		repeated(ctx, db)
		go func() {
			<-stop
			cancel()
		}()
	}
}

func repeated(ctx context.Context, db *store.DB) error {
	return db.Check(context.TODO(), "") // want `direct: context\.TODO`
}

// A deferred call may come after a deferred cancel.
func deferred(db *store.DB) {
	ctx, cancel := context.WithCancel(context.Background())
	defer atEnd(ctx, db)
	defer cancel()
	atEnd(ctx, db)
}

func atEnd(ctx context.Context, db *store.DB) error {
	return db.Check(context.TODO(), "") // want `direct: context\.TODO`
}

// It has a parent that may end, or a deadline.

func parent(ctx context.Context, db *store.DB) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	return child(ctx, db)
}

// Parent is called by others.
func Parent(ctx context.Context, db *store.DB) error { return parent(ctx, db) }

func child(ctx context.Context, db *store.DB) error {
	return db.Check(context.TODO(), "") // want `direct: context\.TODO`
}

// The process ends with the context.

var (
	processCtx, processEnd = context.WithCancel(context.Background())
	serverCtx, serverEnd   = context.WithCancel(context.Background())
)

func trap(signals chan os.Signal) {
	defer close(signals)
	s := <-signals
	processEnd()
	code := 1
	if s == os.Interrupt {
		code = 2
	}
	os.Exit(code)
}

func command(db *store.DB) error {
	ctx, cancel := context.WithCancel(processCtx)
	defer cancel()
	if err := inProcess(processCtx, db); err != nil {
		return err
	}
	return inProcess(ctx, db)
}

func inProcess(ctx context.Context, db *store.DB) error { return db.Check(context.TODO(), "") }

func shutdown(signals chan os.Signal) {
	<-signals
	serverEnd()
	if later != nil {
		return
	}
	os.Exit(1)
}

func inServer(db *store.DB) error { return underServer(serverCtx, db) }

func underServer(ctx context.Context, db *store.DB) error {
	return db.Check(context.TODO(), "") // want `direct: context\.TODO`
}

var drainCtx, drainEnd = context.WithCancel(context.Background())

func drain(signals chan os.Signal, left func() bool) {
	<-signals
	drainEnd()
	for left() {
	}
	os.Exit(1)
}

func inDrain(db *store.DB) error { return underDrain(drainCtx, db) }

func underDrain(ctx context.Context, db *store.DB) error {
	return db.Check(context.TODO(), "") // want `direct: context\.TODO`
}
