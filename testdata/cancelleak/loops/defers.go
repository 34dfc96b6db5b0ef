package loops

import (
	"context"
	"time"
)

func deferInRange(ctx context.Context, names []string) {
	for range names {
		c, cancel := context.WithTimeout(ctx, time.Second)
		defer cancel() // want "low loop: defer .* in a loop"
		work(c)
	}
}

func deferInEndlessLoop(ctx context.Context) {
	for {
		c, cancel := context.WithTimeout(ctx, time.Second)
		defer cancel() // want "loop: defer .* in a loop"
		work(c)
	}
}

func deferInCounted(ctx context.Context, n int) {
	for i := 0; i < n; i++ {
		c, cancel := context.WithTimeout(ctx, time.Second)
		defer cancel() // want "low loop: defer .* in a loop"
		work(c)
	}
	for range n {
		c, cancel := context.WithTimeout(ctx, time.Second)
		defer cancel() // want "low loop: defer .* in a loop"
		work(c)
	}
	for i := 0; i < 1000; i++ {
		c, cancel := context.WithTimeout(ctx, time.Second)
		defer cancel() // want "low loop: defer .* in a loop"
		work(c)
	}
}

// Ten times ten are many.
func deferInCountedTwice(ctx context.Context) {
	for range 10 {
		for range 10 {
			c, cancel := context.WithTimeout(ctx, time.Second)
			defer cancel() // want "low loop: defer .* in a loop"
			work(c)
		}
	}
}

// The list is short, but its loop is in one without end.
func deferInListOfEndless(ctx context.Context, batches <-chan []string) {
	for batch := range batches {
		for range batch {
			c, cancel := context.WithTimeout(ctx, time.Second)
			defer cancel() // want "loop: defer .* in a loop"
			work(c)
		}
	}
}

// Nothing but the loop itself counts.
func deferInSearch(ctx context.Context, n int) {
	for n > 0 {
		c, cancel := context.WithTimeout(ctx, time.Second)
		defer cancel() // want "loop: defer .* in a loop"
		if work(c) == nil {
			n /= 2
		}
	}
}

// The state comes back.
func deferInStates(ctx context.Context) {
	for state := 0; ; {
		switch state {
		case 0:
			c, cancel := context.WithTimeout(ctx, time.Second)
			defer cancel() // want "loop: defer .* in a loop"
			if work(c) == nil {
				state = 1
			}
		case 1:
			if work(ctx) != nil {
				return
			}
		}
	}
}

func deferInStatesAgain(ctx context.Context) {
	for state := 0; ; {
		switch state {
		case 0:
			c, cancel := context.WithTimeout(ctx, time.Second)
			defer cancel() // want "loop: defer .* in a loop"
			work(c)
			state = 1
		case 1:
			state = 0
		}
	}
}

func deferInWhile(ctx context.Context) {
	for ctx.Err() == nil {
		c, cancel := context.WithTimeout(ctx, time.Second)
		defer cancel() // want "loop: defer .* in a loop"
		work(c)
	}
}

func deferInChannelLoop(ctx context.Context, jobs <-chan int) {
	for range jobs {
		c, cancel := context.WithTimeout(ctx, time.Second)
		defer cancel() // want "loop: defer .* in a loop"
		work(c)
	}
}

func deferredClosureInLoop(ctx context.Context, names []string) {
	for range names {
		c, cancel := context.WithTimeout(ctx, time.Second)
		defer func() { cancel() }() // want "low loop: defer .* in a loop"
		work(c)
	}
}

func deferCauseInLoop(ctx context.Context, names []string) {
	for range names {
		c, cancel := context.WithCancelCause(ctx)
		defer cancel(errBusy) // want "low loop: defer .*; call it at the end of each iteration, or move the body into a function$"
		work(c)
	}
}

// The loop is left in the iteration that succeeds; the others pile up.
func retryWithDefer(ctx context.Context) error {
	for {
		c, cancel := context.WithTimeout(ctx, time.Second)
		defer cancel() // want "loop: defer .*; move the body into a function that defers it$"
		if work(c) == nil {
			return nil
		}
		time.Sleep(time.Second)
	}
}

func deferInBranchOfLoop(ctx context.Context, timeouts []time.Duration) {
	for _, d := range timeouts {
		c := ctx
		if d > 0 {
			var cancel context.CancelFunc
			c, cancel = context.WithTimeout(ctx, d)
			defer cancel() // want "low loop: defer .* in a loop"
		}
		work(c)
	}
}

// break leaves the switch, not the loop.
func deferBeforeSwitchBreak(ctx context.Context, modes []int) {
	for _, mode := range modes {
		c, cancel := context.WithTimeout(ctx, time.Second)
		defer cancel() // want "low loop: defer .* in a loop"
		switch mode {
		case 0:
			work(c)
			break
		default:
			break
		}
	}
}

func deferInSelect(ctx context.Context, ticks <-chan time.Time) error {
	for {
		select {
		case <-ticks:
			c, cancel := context.WithTimeout(ctx, time.Second)
			defer cancel() // want "loop: defer .* in a loop"
			work(c)
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

func deferInNestedLoop(ctx context.Context, groups [][]string) {
	for _, group := range groups {
		for range group {
			c, cancel := context.WithTimeout(ctx, time.Second)
			defer cancel() // want "low loop: defer .* in a loop"
			work(c)
			break
		}
	}
}

func deferInGotoLoop(ctx context.Context, n int) {
again:
	n--
	c, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel() // want "loop: defer .* in a loop"
	if work(c) != nil && n > 0 {
		goto again
	}
}

func deferInLoopOfGoroutine(ctx context.Context, jobs <-chan int) {
	go func() {
		for range jobs {
			c, cancel := context.WithTimeout(ctx, time.Second)
			defer cancel() // want "loop: defer .* in a loop"
			work(c)
		}
	}()
}

func deferCopyInLoop(ctx context.Context, names []string) {
	for range names {
		c, cancel := context.WithTimeout(ctx, time.Second)
		stop := cancel
		defer stop() // want "low loop: defer .* in a loop"
		work(c)
	}
}

func derive(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeout(ctx, time.Second)
}

func deferHelperInLoop(ctx context.Context, names []string) {
	for range names {
		c, cancel := derive(ctx)
		defer cancel() // want "low loop: defer .* in a loop"
		work(c)
	}
}

func genericDeferInLoop[T any](ctx context.Context, items []T, f func(context.Context, T)) {
	for _, item := range items {
		c, cancel := context.WithTimeout(ctx, time.Second)
		defer cancel() // want "low loop: defer .* in a loop"
		f(c, item)
	}
}

// That the parent is cancelled at the end changes nothing: so are these.
func deferInLoopUnderParent(ctx context.Context, names []string) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	for range names {
		c, stop := context.WithTimeout(ctx, time.Second)
		defer stop() // want "low loop: defer .* in a loop"
		work(c)
	}
}

// The timer is set again, so the case is executed for as long as the loop runs.
func deferUnderTimer(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-timer.C:
			c, cancel := context.WithTimeout(ctx, time.Second)
			defer cancel() // want "loop: defer .* in a loop"
			work(c)
			timer.Reset(d)
		}
	}
}

// It fires once, or as often as something else sets it.
func deferUnderTimerOnce(ctx context.Context, d time.Duration, more <-chan struct{}) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-more:
			timer.Reset(d)
		case <-timer.C:
			c, cancel := context.WithTimeout(ctx, time.Second)
			defer cancel()
			work(c)
		}
	}
}
