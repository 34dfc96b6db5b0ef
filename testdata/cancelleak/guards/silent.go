// Package guards holds cancel functions that are made and called under
// conditions that agree.
package guards

import (
	"context"
	"errors"
	"time"
)

var errBusy = errors.New("busy")

func work(ctx context.Context) error { return ctx.Err() }

func sameCondition(ctx context.Context, d time.Duration) error {
	var cancel context.CancelFunc
	if d > 0 {
		ctx, cancel = context.WithTimeout(ctx, d)
	}
	err := work(ctx)
	if d > 0 {
		cancel()
	}
	return err
}

func sameConditionDeferred(ctx context.Context, d time.Duration) error {
	var cancel context.CancelFunc
	if d > 0 {
		ctx, cancel = context.WithTimeout(ctx, d)
	}
	if d > 0 {
		defer cancel()
	}
	return work(ctx)
}

func mirroredCondition(ctx context.Context, d time.Duration) error {
	var cancel context.CancelFunc
	if d > 0 {
		ctx, cancel = context.WithTimeout(ctx, d)
	}
	err := work(ctx)
	if 0 < d {
		cancel()
	}
	return err
}

func negatedCondition(ctx context.Context, d time.Duration) error {
	var cancel context.CancelFunc
	if d > 0 {
		ctx, cancel = context.WithTimeout(ctx, d)
	}
	err := work(ctx)
	if d <= 0 {
		return err
	}
	cancel()
	return err
}

func boolParameter(ctx context.Context, limited bool) error {
	var cancel context.CancelFunc
	if limited {
		ctx, cancel = context.WithTimeout(ctx, time.Second)
	}
	err := work(ctx)
	if !limited {
		return err
	}
	cancel()
	return err
}

func boolVariable(ctx context.Context, d time.Duration) error {
	limited := d > 0 && d < time.Hour
	var cancel context.CancelFunc
	if limited {
		ctx, cancel = context.WithTimeout(ctx, d)
	}
	err := work(ctx)
	if limited {
		cancel()
	}
	return err
}

func flagSet(ctx context.Context, d time.Duration) error {
	var cancel context.CancelFunc
	derived := false
	if d > 0 {
		ctx, cancel = context.WithTimeout(ctx, d)
		derived = true
	}
	err := work(ctx)
	if derived {
		cancel()
	}
	return err
}

func conjunction(ctx context.Context, d time.Duration, strict bool) error {
	var cancel context.CancelFunc
	if strict && d > 0 {
		ctx, cancel = context.WithTimeout(ctx, d)
	}
	err := work(ctx)
	if strict && d > 0 {
		cancel()
	}
	return err
}

func length(ctx context.Context, names []string) error {
	var cancel context.CancelFunc
	if len(names) > 0 {
		ctx, cancel = context.WithCancel(ctx)
	}
	err := work(ctx)
	if len(names) > 0 {
		cancel()
	}
	return err
}

type options struct {
	timeout time.Duration
	strict  bool
}

func fieldOfValue(ctx context.Context, o options) error {
	var cancel context.CancelFunc
	if o.timeout > 0 {
		ctx, cancel = context.WithTimeout(ctx, o.timeout)
	}
	err := work(ctx)
	if o.timeout > 0 {
		cancel()
	}
	return err
}

func fieldOfPointer(ctx context.Context, o *options) error {
	var cancel context.CancelFunc
	if o.timeout > 0 {
		ctx, cancel = context.WithTimeout(ctx, o.timeout)
	}
	err := work(ctx)
	if o.timeout > 0 {
		cancel()
	}
	return err
}

func (o *options) run(ctx context.Context) error {
	var cancel context.CancelFunc
	if o != nil && o.strict {
		ctx, cancel = context.WithTimeout(ctx, o.timeout)
	}
	if err := work(ctx); err != nil {
		if o != nil && o.strict {
			cancel()
		}
		return err
	}
	if o != nil && o.strict {
		cancel()
	}
	return nil
}

func switchTwice(ctx context.Context, mode string) error {
	var cancel context.CancelFunc
	switch mode {
	case "short":
		ctx, cancel = context.WithTimeout(ctx, time.Second)
	case "long":
		ctx, cancel = context.WithTimeout(ctx, time.Hour)
	}
	err := work(ctx)
	switch mode {
	case "short", "long":
		cancel()
	}
	return err
}

func notNil(ctx context.Context, d time.Duration) error {
	var cancel context.CancelFunc
	if d > 0 {
		ctx, cancel = context.WithTimeout(ctx, d)
	}
	err := work(ctx)
	if cancel != nil {
		cancel()
	}
	return err
}

func notNilOnEveryExit(ctx context.Context, d time.Duration) error {
	var cancel context.CancelFunc
	if _, ok := ctx.Deadline(); !ok {
		ctx, cancel = context.WithTimeout(ctx, d)
	}
	if err := work(ctx); err != nil {
		if cancel != nil {
			cancel()
		}
		return err
	}
	if cancel != nil {
		cancel()
	}
	return nil
}

func nilReturnsEarly(ctx context.Context, d time.Duration) error {
	var cancel context.CancelFunc
	if d > 0 {
		ctx, cancel = context.WithTimeout(ctx, d)
	}
	err := work(ctx)
	if cancel == nil {
		return err
	}
	cancel()
	return err
}

func notNilDeferredClosure(ctx context.Context, d time.Duration) error {
	var cancel context.CancelFunc
	defer func() {
		if cancel != nil {
			cancel()
		}
	}()
	if d > 0 {
		ctx, cancel = context.WithTimeout(ctx, d)
	}
	if err := work(ctx); err != nil {
		return errBusy
	}
	return nil
}

func sameConditionInClosure(ctx context.Context, d time.Duration) error {
	var cancel context.CancelFunc
	defer func() {
		if d > 0 {
			cancel()
		}
	}()
	if d > 0 {
		ctx, cancel = context.WithTimeout(ctx, d)
	}
	return work(ctx)
}

// A returned cancel function is nil exactly when the context is the caller's.
func pairOrNil(ctx context.Context, d time.Duration) (context.Context, context.CancelFunc) {
	var cancel context.CancelFunc
	if d > 0 {
		ctx, cancel = context.WithTimeout(ctx, d)
	}
	return ctx, cancel
}

func callerOfPairOrNil(ctx context.Context, d time.Duration) error {
	ctx, cancel := pairOrNil(ctx, d)
	if cancel != nil {
		defer cancel()
	}
	return work(ctx)
}

func noopDefault(ctx context.Context, d time.Duration) error {
	var cancel context.CancelFunc = func() {}
	if d > 0 {
		ctx, cancel = context.WithTimeout(ctx, d)
	}
	if err := work(ctx); err != nil {
		cancel()
		return err
	}
	cancel()
	return nil
}

func derivedDiffers(ctx context.Context, d time.Duration) error {
	child := ctx
	var cancel context.CancelFunc
	if d > 0 {
		child, cancel = context.WithTimeout(ctx, d)
		defer cancel()
	}
	return work(child)
}

func guardWithError(ctx context.Context, prepare func() error) error {
	err := prepare()
	var cancel context.CancelFunc
	if err == nil {
		ctx, cancel = context.WithCancel(ctx)
	}
	work(ctx)
	if err != nil {
		return err
	}
	cancel()
	return nil
}

func insideLoop(ctx context.Context, timeouts []time.Duration) {
	for _, d := range timeouts {
		c := ctx
		var cancel context.CancelFunc
		if d > 0 {
			c, cancel = context.WithTimeout(ctx, d)
		}
		work(c)
		if d > 0 {
			cancel()
		}
	}
}

func insideLoopNil(ctx context.Context, timeouts []time.Duration) {
	for _, d := range timeouts {
		c := ctx
		var cancel context.CancelFunc
		if d > 0 {
			c, cancel = context.WithTimeout(ctx, d)
		}
		work(c)
		if cancel != nil {
			cancel()
		}
	}
}

func constant(ctx context.Context) error {
	const limited = true
	var cancel context.CancelFunc
	if limited {
		ctx, cancel = context.WithTimeout(ctx, time.Second)
	}
	err := work(ctx)
	if limited {
		cancel()
	}
	return err
}
