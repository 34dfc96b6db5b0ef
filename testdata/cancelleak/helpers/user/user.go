// Package user takes contexts from helpers of other packages.
package user

import (
	"context"
	"log"
	"os"

	"ctxlint.test/fixtures/cancelleak/helpers/lib"
	"ctxlint.test/fixtures/cancelleak/helpers/mid"
)

func work(ctx context.Context) error { return ctx.Err() }

func discardsTyped(ctx context.Context) error {
	ctx, _ = lib.Derive(ctx) // want "discarded: cancel function of lib.Derive is discarded"
	return work(ctx)
}

func discardsPlain(ctx context.Context) error {
	ctx, _ = lib.DerivePlain(ctx) // want "discarded: cancel function of lib.DerivePlain is discarded"
	return work(ctx)
}

func discardsVariable(ctx context.Context) error {
	ctx, _, err := lib.DeriveVariable(ctx) // want "discarded: cancel function of lib.DeriveVariable is discarded"
	if err != nil {
		return err
	}
	return work(ctx)
}

func discardsWrapped(ctx context.Context) error {
	ctx, _ = lib.DeriveWrapped(ctx, log.Default()) // want "discarded: cancel function of lib.DeriveWrapped is discarded"
	return work(ctx)
}

func discardsNoop(ctx context.Context) error {
	ctx, _ = lib.DeriveNoop(ctx, 0) // want "discarded: cancel function of lib.DeriveNoop is discarded"
	return work(ctx)
}

func discardsOwnType(ctx context.Context) error {
	ctx, _ = lib.DeriveStop(ctx) // want "discarded: cancel function of lib.DeriveStop is discarded"
	return work(ctx)
}

func discardsMethod(ctx context.Context, f *lib.Factory) error {
	ctx, _ = f.Plain(ctx) // want "discarded: cancel function of .*Plain is discarded"
	return work(ctx)
}

func discardsGeneric(ctx context.Context) int {
	n, _ := lib.Generic(ctx, 1) // want "discarded: cancel function of .*Generic.* is discarded"
	return n
}

func discardsThirdHop(ctx context.Context) error {
	ctx, _ = mid.Forward(ctx) // want "discarded: cancel function of mid.Forward is discarded"
	return work(ctx)
}

func discardsThirdHopOrder(ctx context.Context) error {
	_, ctx = mid.ForwardVariable(ctx) // want "discarded: cancel function of mid.ForwardVariable is discarded"
	return work(ctx)
}

func discardsThirdHopWrapped(ctx context.Context) error {
	ctx, _ = mid.Session(ctx) // want "discarded: cancel function of mid.Session is discarded"
	return work(ctx)
}

func path(ctx context.Context) error {
	ctx, stop := lib.DerivePlain(ctx) // want "path: is not called on every path"
	if err := work(ctx); err != nil {
		return err
	}
	stop()
	return nil
}

func pathThirdHop(ctx context.Context) error {
	ctx, stop := mid.Session(ctx) // want "path: is not called on every path"
	if err := work(ctx); err != nil {
		return err
	}
	stop()
	return nil
}

func inLoop(ctx context.Context, names []string) {
	for range names {
		c, stop := mid.Forward(ctx)
		defer stop() // want "low loop: defer .* in a loop"
		work(c)
	}
}

func toDrop(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx) // want "ignored-param: is passed to lib.Drop, which never calls it"
	lib.Drop(cancel)
	return work(ctx)
}

func toDropThirdHop(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx) // want "ignored-param: is passed to mid.Drop, which never calls it"
	mid.Drop(cancel)
	return work(ctx)
}

func plainToDrop(ctx context.Context) error {
	ctx, stop := mid.Forward(ctx) // want "ignored-param: is passed to lib.DropLogged, which never calls it"
	lib.DropLogged(log.Default(), stop)
	return work(ctx)
}

func returnsEarly(ctx context.Context) context.Context {
	ctx, stop := lib.DerivePlain(ctx)
	defer stop()
	return ctx // want "early: returned but"
}

// Silent.

func deferred(ctx context.Context) error {
	ctx, stop := mid.Session(ctx)
	defer stop()
	return work(ctx)
}

func checked(ctx context.Context) error {
	ctx, stop, err := lib.DeriveVariable(ctx)
	if err != nil {
		return err
	}
	defer stop()
	return work(ctx)
}

func noops(ctx context.Context) error {
	ctx, _ = lib.Noop(ctx)
	ctx, _ = mid.Noop(ctx)
	return work(ctx)
}

func cleanups(f *os.File) {
	_, _ = lib.Cleanup(f)
	_ = mid.Cleanup(f)
}

func borrows(ctx context.Context) error {
	c := lib.Dial(ctx)
	defer c.Close()
	_ = c.Canceller()
	cancel := c.Canceller()
	if cancel == nil {
		return lib.ErrBusy
	}
	return work(c.Context())
}

// The getter's result is called on one path; the connection has it in any case.
func borrowsAndCalls(c *lib.Conn) error {
	cancel := c.Canceller()
	if err := work(c.Context()); err != nil {
		cancel()
		return err
	}
	return nil
}

func toCallees(ctx context.Context) {
	_, a := context.WithCancel(ctx)
	lib.Call(a)
	_, b := context.WithCancel(ctx)
	mid.Call(b)
	_, c := context.WithCancel(ctx)
	lib.Keep(c)
}

func dies(ctx context.Context) {
	c, cancel := context.WithCancel(ctx)
	if err := work(c); err != nil {
		lib.Die(err)
	}
	cancel()
	c, cancel = context.WithCancel(ctx)
	if err := work(c); err != nil {
		mid.Die(err)
	}
	cancel()
}

func checks(ctx context.Context) {
	ctx, cancel := context.WithCancel(ctx)
	lib.Check(work(ctx))
	cancel()
}

func through(ctx context.Context) (context.Context, func()) {
	return mid.Forward(ctx)
}

func throughDiscarded(ctx context.Context) error {
	ctx, _ = through(ctx) // want "discarded: cancel function of .*through is discarded"
	return work(ctx)
}
