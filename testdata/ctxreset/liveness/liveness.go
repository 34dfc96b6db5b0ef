// Package liveness needs a context where the caller's is over, and elsewhere.
package liveness

import (
	"context"
	"errors"
	"net/http"
	"time"

	"ctxlint.test/fixtures/ctxreset/store"
)

func afterDone(ctx context.Context, srv *http.Server) error {
	<-ctx.Done()
	c, cancel := context.WithTimeout(context.TODO(), 10*time.Second)
	defer cancel()
	return srv.Shutdown(c)
}

func afterSelect(ctx context.Context, db *store.DB, orders <-chan store.Order) error {
	var last store.Order
	for {
		select {
		case <-ctx.Done():
			return db.Verify(context.TODO(), last)
		case last = <-orders:
		}
	}
}

func afterLoop(ctx context.Context, db *store.DB, orders <-chan store.Order) error {
	var last store.Order
loop:
	for {
		select {
		case <-ctx.Done():
			break loop
		case last = <-orders:
		}
	}
	return db.Verify(context.TODO(), last)
}

func afterDoneOfDerived(ctx context.Context, srv *http.Server) error {
	sub, cancel := context.WithCancel(ctx)
	defer cancel()
	done := sub.Done()
	<-done
	return srv.Shutdown(context.TODO())
}

func afterErr(ctx context.Context, db *store.DB, o store.Order) error {
	if ctx.Err() != nil {
		return db.Verify(context.TODO(), o)
	}
	return db.Verify(ctx, o)
}

func afterErrVariable(ctx context.Context, db *store.DB, o store.Order) error {
	if err := ctx.Err(); err != nil {
		c, cancel := context.WithTimeout(context.TODO(), time.Second)
		defer cancel()
		return errors.Join(err, db.Verify(c, o))
	}
	return db.Verify(ctx, o)
}

func unlessErr(ctx context.Context, db *store.DB, o store.Order) error {
	if ctx.Err() == nil {
		return db.Verify(ctx, o)
	}
	return db.Verify(context.TODO(), o)
}

func untilErr(ctx context.Context, db *store.DB, ids []string) error {
	for _, id := range ids {
		if ctx.Err() != nil {
			break
		}
		if err := db.Check(ctx, id); err != nil && ctx.Err() != nil {
			return db.Verify(context.TODO(), store.Order{ID: id})
		}
	}
	return nil
}

// The context is replaced only where it is over.
func replacedWhenOver(ctx context.Context, db *store.DB, o store.Order) error {
	if ctx.Err() != nil {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(context.TODO(), time.Second)
		defer cancel()
	}
	return db.Verify(ctx, o)
}

func requestOver(w http.ResponseWriter, r *http.Request, db *store.DB) {
	select {
	case <-r.Context().Done():
		db.Check(context.TODO(), r.PathValue("id"))
	case <-time.After(time.Second):
		w.WriteHeader(http.StatusNoContent)
	}
}

// finish has no context; it is called when the caller's is over.
func finish(db *store.DB, o store.Order) error {
	return db.Verify(context.TODO(), o)
}

func helperAfterDone(ctx context.Context, db *store.DB, o store.Order) error {
	<-ctx.Done()
	return finish(db, o)
}

func helperAfterErr(ctx context.Context, db *store.DB, o store.Order) error {
	if ctx.Err() != nil {
		return finish(db, o)
	}
	return db.Verify(ctx, o)
}

// Where the caller's context is over on one of the ways to a call, what the
// function would otherwise pass is no good there.

func doneOrNot(ctx context.Context, db *store.DB, orders <-chan store.Order) error {
	var last store.Order
	select {
	case <-ctx.Done():
	case last = <-orders:
	}
	return db.Verify(context.TODO(), last)
}

func endOrDone(ctx context.Context, db *store.DB, orders <-chan store.Order) error {
	var last store.Order
loop:
	for {
		select {
		case <-ctx.Done():
			break loop
		case o, ok := <-orders:
			if !ok {
				break loop
			}
			last = o
		}
	}
	return db.Verify(context.TODO(), last)
}

func forcedOrOver(ctx context.Context, db *store.DB, o store.Order, force bool) error {
	if force || ctx.Err() != nil {
		return db.Verify(context.TODO(), o)
	}
	return db.Verify(ctx, o)
}

// Near misses: here the caller's context may well be alive.

func beforeDone(ctx context.Context, db *store.DB, srv *http.Server) error {
	if err := db.SQL.PingContext(context.TODO()); err != nil { // want `direct: context\.TODO`
		return err
	}
	<-ctx.Done()
	return srv.Shutdown(context.TODO())
}

func otherCase(ctx context.Context, db *store.DB, orders <-chan store.Order) error {
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case o := <-orders:
			if err := db.Verify(context.TODO(), o); err != nil { // want `direct: context\.TODO`
				return err
			}
		}
	}
}

func whileAlive(ctx context.Context, db *store.DB, o store.Order) error {
	if ctx.Err() == nil {
		return db.Verify(context.TODO(), o) // want `direct: context\.TODO`
	}
	return ctx.Err()
}

func afterCheck(ctx context.Context, db *store.DB, o store.Order) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	return db.Verify(context.TODO(), o) // want `direct: context\.TODO`
}

// The timeout of a child says nothing about its parent.
func childOver(ctx context.Context, db *store.DB, o store.Order) error {
	c, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	<-c.Done()
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return db.Verify(context.TODO(), o) // want `direct: context\.TODO`
}

func defaultCase(ctx context.Context, db *store.DB, o store.Order) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	default:
		return db.Verify(context.TODO(), o) // want `direct: context\.TODO`
	}
}
