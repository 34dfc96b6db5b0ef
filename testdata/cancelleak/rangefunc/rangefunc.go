// Package rangefunc holds cancel functions in loops over functions, and in the
// functions that such loops range over.
package rangefunc

import (
	"context"
	"errors"
	"iter"
	"maps"
	"slices"
	"time"
)

var errBusy = errors.New("busy")

func work(ctx context.Context) error { return ctx.Err() }

func discarded(ctx context.Context, seq iter.Seq[int]) {
	for range seq {
		c, _ := context.WithTimeout(ctx, time.Second) // want "discarded: is discarded"
		work(c)
	}
}

func neverUsed(ctx context.Context, seq iter.Seq[int]) {
	for range seq {
		c, cancel := context.WithTimeout(ctx, time.Second) // want "discarded: is never used"
		_ = cancel
		work(c)
	}
}

func continueSkips(ctx context.Context, seq iter.Seq[int]) {
	for n := range seq {
		c, cancel := context.WithTimeout(ctx, time.Second) // want "path: is not called on every path"
		if n == 0 {
			continue
		}
		work(c)
		cancel()
	}
}

func breakSkips(ctx context.Context, seq iter.Seq[int]) {
	for n := range seq {
		c, cancel := context.WithTimeout(ctx, time.Second) // want "path: is not called on every path"
		if n == 0 {
			break
		}
		work(c)
		cancel()
	}
}

func returnSkips(ctx context.Context, seq iter.Seq2[int, error]) error {
	for _, err := range seq {
		c, cancel := context.WithTimeout(ctx, time.Second) // want "path: is not called on every path"
		if err != nil {
			return err
		}
		work(c)
		cancel()
	}
	return nil
}

func labelledContinueSkips(ctx context.Context, outer, inner iter.Seq[int]) {
turns:
	for range outer {
		c, cancel := context.WithTimeout(ctx, time.Second) // want "path: is not called on every path"
		for n := range inner {
			if n == 0 {
				continue turns
			}
		}
		work(c)
		cancel()
	}
}

// defer in the body of such a loop runs when the function returns.
func deferred(ctx context.Context, seq iter.Seq[int]) {
	for range seq {
		c, cancel := context.WithTimeout(ctx, time.Second)
		defer cancel() // want "low loop: defer .* in a loop"
		work(c)
	}
}

func deferredOverMap(ctx context.Context, m map[string]int) {
	for range maps.Keys(m) {
		c, cancel := context.WithTimeout(ctx, time.Second)
		defer cancel() // want "low loop: defer .* in a loop"
		work(c)
	}
}

func pathAroundLoop(ctx context.Context, seq iter.Seq[int]) error {
	ctx, cancel := context.WithCancel(ctx) // want "path: is not called on every path"
	for n := range seq {
		if n == 0 {
			return errBusy
		}
		work(ctx)
	}
	cancel()
	return nil
}

// The iterator leaves early when the loop does.
func iterator(ctx context.Context, items []int) iter.Seq[int] {
	return func(yield func(int) bool) {
		ctx, cancel := context.WithCancel(ctx) // want "path: is not called on every path"
		for _, item := range items {
			if work(ctx) != nil || !yield(item) {
				return
			}
		}
		cancel()
	}
}

// A variable of the function around the body is out of the body's sight.
func onlyLastOfLoop(ctx context.Context, seq iter.Seq[int]) {
	cancel := func() {}
	for range seq {
		var c context.Context
		c, cancel = context.WithTimeout(ctx, time.Second)
		work(c)
	}
	cancel()
}

// Silent.

func perIteration(ctx context.Context, seq iter.Seq[int]) {
	for range seq {
		c, cancel := context.WithTimeout(ctx, time.Second)
		work(c)
		cancel()
	}
}

func everyExitOfTurn(ctx context.Context, seq iter.Seq[int]) error {
	for n := range seq {
		c, cancel := context.WithTimeout(ctx, time.Second)
		if n == 0 {
			cancel()
			continue
		}
		if n == 1 {
			cancel()
			break
		}
		err := work(c)
		cancel()
		if err != nil {
			return err
		}
	}
	return nil
}

func literalPerTurn(ctx context.Context, seq iter.Seq[int]) {
	for range seq {
		func() {
			c, cancel := context.WithTimeout(ctx, time.Second)
			defer cancel()
			work(c)
		}()
	}
}

func leftInSameTurn(ctx context.Context, seq iter.Seq[int]) error {
	for n := range seq {
		if n > 3 {
			c, cancel := context.WithTimeout(ctx, time.Second)
			defer cancel()
			return work(c)
		}
	}
	return nil
}

func leftByBreak(ctx context.Context, seq iter.Seq[int]) {
	for n := range seq {
		if n > 3 {
			c, cancel := context.WithTimeout(ctx, time.Second)
			defer cancel()
			work(c)
			break
		}
	}
}

func aroundLoop(ctx context.Context, seq iter.Seq[int]) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	for n := range seq {
		if n == 0 {
			return errBusy
		}
		work(ctx)
	}
	return nil
}

func calledInBody(ctx context.Context, seq iter.Seq[int]) error {
	ctx, cancel := context.WithCancel(ctx)
	for n := range seq {
		if n == 0 {
			cancel()
			return errBusy
		}
		work(ctx)
	}
	cancel()
	return nil
}

func returnedFromBody(ctx context.Context, seq iter.Seq[int]) (context.Context, context.CancelFunc) {
	for range seq {
		return context.WithCancel(ctx)
	}
	return ctx, func() {}
}

func collected(ctx context.Context, seq iter.Seq[string]) map[string]context.CancelFunc {
	stops := make(map[string]context.CancelFunc)
	for name := range seq {
		_, stops[name] = context.WithCancel(ctx)
	}
	return stops
}

func fineIterator(ctx context.Context, items []int) iter.Seq2[int, error] {
	return func(yield func(int, error) bool) {
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		for _, item := range items {
			if !yield(item, work(ctx)) {
				return
			}
		}
	}
}

func iteratorAndStop(ctx context.Context, items []int) (iter.Seq[int], context.CancelFunc) {
	ctx, cancel := context.WithCancel(ctx)
	return func(yield func(int) bool) {
		for _, item := range items {
			if work(ctx) != nil || !yield(item) {
				return
			}
		}
	}, cancel
}

// The stop function of Pull is not that of a context.
func pulled(ctx context.Context, seq iter.Seq[int]) {
	next, stop := iter.Pull(seq)
	_ = stop
	next()
	work(ctx)
}

func renewed(ctx context.Context, seq iter.Seq[int]) {
	var cancel context.CancelFunc
	defer func() {
		if cancel != nil {
			cancel()
		}
	}()
	for range seq {
		if cancel != nil {
			cancel()
		}
		var c context.Context
		c, cancel = context.WithCancel(ctx)
		work(c)
	}
}

func goroutines(ctx context.Context, seq iter.Seq[int]) {
	for range seq {
		c, cancel := context.WithTimeout(ctx, time.Second)
		go func() {
			defer cancel()
			work(c)
		}()
	}
}

func sorted(ctx context.Context, m map[string]int) {
	for _, name := range slices.Sorted(maps.Keys(m)) {
		c, cancel := context.WithTimeout(context.WithValue(ctx, errBusy, name), time.Second)
		work(c)
		cancel()
	}
}
