// Package compare compares errors with those of contexts.
package compare

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"net/http"

	"golang.org/x/sync/semaphore"
	"google.golang.org/grpc"
)

func ofCall(ctx context.Context, db *sql.DB) bool {
	err := db.PingContext(ctx)
	return err == context.Canceled // want `low compare: an error that has context.Canceled in it does not compare equal`
}

func negated(ctx context.Context, db *sql.DB) error {
	if err := db.PingContext(ctx); err != nil && err != context.DeadlineExceeded { // want `low compare: .*ask !errors.Is\(err, context.DeadlineExceeded\)`
		return err
	}
	return nil
}

func reversed(req *http.Request) bool {
	_, err := http.DefaultClient.Do(req)
	return context.Canceled == err // want "compare: an error that has context.Canceled"
}

func inSwitch(ctx context.Context, db *sql.DB) string {
	switch err := db.PingContext(ctx); err { // want "low compare: an error that has context.Canceled"
	case nil:
		return "up"
	case context.Canceled, context.DeadlineExceeded:
		return "late"
	}
	return "down"
}

func sometimesCalled(ctx context.Context, db *sql.DB) bool {
	err := ctx.Err()
	if err == nil {
		err = db.PingContext(ctx)
	}
	return err == context.Canceled // want "low compare: an error"
}

func captured(ctx context.Context, db *sql.DB) bool {
	var err error
	func() { err = db.PingContext(ctx) }()
	return err == context.Canceled // want "low compare: an error"
}

func literal(ctx context.Context, db *sql.DB) bool {
	ping := func() error { return db.PingContext(ctx) }
	return ping() == context.Canceled // want "low compare: an error"
}

func isLate(err error) bool {
	return err == context.DeadlineExceeded // want "low compare: an error"
}

func callsIsLate(ctx context.Context, db *sql.DB) bool { return isLate(db.PingContext(ctx)) }

// IsLate may be given anything.
func IsLate(err error) bool {
	return err == context.DeadlineExceeded // want "low compare: an error"
}

func received(errs chan error) bool {
	return <-errs == context.Canceled // want "low compare: an error"
}

func wrapped(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("stopped: %w", err)
	}
	return nil
}

func ofWrapper(ctx context.Context) bool {
	return wrapped(ctx) == context.Canceled // want "compare: an error"
}

func ofRPC(ctx context.Context, conn *grpc.ClientConn, in, out any) bool {
	err := conn.Invoke(ctx, "/orders.Orders/Get", in, out)
	return err == context.Canceled // want `compare: the error of a gRPC call is a status and never context.Canceled; ask status.Code\(err\)`
}

type failure struct{ cause error }

func (f *failure) Error() string { return "failure" }

func (f *failure) Unwrap() error { return f.cause }

func failing(err error) error { return &failure{err} }

func ofOwnType(ctx context.Context) bool {
	return failing(ctx.Err()) == context.Canceled // want "low compare: an error"
}

func translate(err error) error {
	switch err { // want "low compare: an error"
	case context.Canceled, context.DeadlineExceeded:
		return errLate
	}
	return err
}

var errLate = errors.New("late")

func translates(ctx context.Context, db *sql.DB) error {
	if err := ctx.Err(); err != nil {
		return translate(err)
	}
	return translate(db.PingContext(ctx))
}

// From here on, nothing is wrong.

func ofContext(ctx context.Context) bool { return ctx.Err() == context.Canceled } // silent "the error is that of a context itself,"

func ofCause(ctx context.Context) bool { return context.Cause(ctx) == context.DeadlineExceeded }

func contextInSwitch(ctx context.Context) string {
	switch ctx.Err() {
	case context.Canceled:
		return "canceled"
	case context.DeadlineExceeded:
		return "late"
	}
	return ""
}

func wait(ctx context.Context, done chan bool) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case ok := <-done:
		if !ok {
			return errors.New("not done")
		}
	}
	return nil
}

func ofPlain(ctx context.Context, done chan bool) bool {
	return wait(ctx, done) == context.Canceled
}

func isDone(err error) bool { return err == context.Canceled }

func callsIsDone(ctx context.Context) bool { return isDone(ctx.Err()) }

func shutsDown(ctx context.Context, srv *http.Server) bool {
	return srv.Shutdown(ctx) == context.DeadlineExceeded
}

func acquires(ctx context.Context, sem *semaphore.Weighted) bool {
	return sem.Acquire(ctx, 1) == context.Canceled
}

func unwrapped(ctx context.Context, db *sql.DB) bool {
	return errors.Unwrap(db.PingContext(ctx)) == context.Canceled // silent "where the error comes from is not known:"
}

type timeout struct{}

func (timeout) Error() string { return "timeout" }

func (timeout) Is(target error) bool { return target == context.DeadlineExceeded } // silent "it is in a method Is, which errors.Is"

type job struct{ err error }

func ofField(j *job) bool { return j.err == context.Canceled }

func otherSentinel(r io.Reader) bool {
	_, err := r.Read(nil)
	return err == io.EOF
}

func right(ctx context.Context, db *sql.DB) bool {
	return errors.Is(db.PingContext(ctx), context.Canceled) // silent "it asks errors.Is, which sees errors"
}

func silenced(ctx context.Context, db *sql.DB) bool {
	return db.PingContext(ctx) == context.Canceled //nolint:errorlint // the driver returns it as it is
}

// Of these two callers, only one wraps, and perhaps not the error of a context.

func opened(ctx context.Context, db *sql.DB) error {
	if err := named(ctx, db); err != nil {
		return translated(err)
	}
	return translated(db.PingContext(ctx))
}

func named(ctx context.Context, db *sql.DB) error {
	if err := db.PingContext(ctx); err != nil {
		return fmt.Errorf("ping: %w", err)
	}
	return nil
}

func translated(err error) error {
	if err == context.Canceled { // want "low compare: an error"
		return nil
	}
	return err
}
