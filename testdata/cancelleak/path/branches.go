package path

import (
	"context"
	"time"
)

func switchCase(ctx context.Context, mode int) {
	ctx, cancel := context.WithCancel(ctx) // want "path: is not called on every path"
	switch mode {
	case 0:
		cancel()
	case 1:
		work(ctx)
	default:
		cancel()
	}
}

func switchWithoutDefault(ctx context.Context, mode int) {
	ctx, cancel := context.WithCancel(ctx) // want "path: is not called on every path"
	switch mode {
	case 0:
		cancel()
	case 1:
		work(ctx)
		cancel()
	}
}

func switchBreak(ctx context.Context, mode int) {
	ctx, cancel := context.WithCancel(ctx) // want "path: is not called on every path"
	switch mode {
	case 0:
		if work(ctx) != nil {
			break
		}
		cancel()
	default:
		cancel()
	}
}

func fallthroughFine(ctx context.Context, mode int) {
	ctx, cancel := context.WithCancel(ctx)
	switch mode {
	case 0:
		work(ctx)
		fallthrough
	default:
		cancel()
	}
}

func typeSwitch(ctx context.Context, v any) {
	ctx, cancel := context.WithCancel(ctx) // want "path: is not called on every path"
	switch v := v.(type) {
	case error:
		cancel()
	case int:
		if v > 0 {
			cancel()
		}
	default:
		cancel()
	}
	work(ctx)
}

func selectCase(ctx context.Context, done <-chan struct{}, jobs <-chan int) error {
	ctx, cancel := context.WithCancel(ctx) // want "path: is not called on every path"
	select {
	case <-done:
		cancel()
		return nil
	case n := <-jobs:
		if n == 0 {
			return work(ctx)
		}
		cancel()
	}
	return nil
}

func selectDefault(ctx context.Context, done <-chan struct{}) {
	_, cancel := context.WithCancel(ctx) // want "path: is not called on every path"
	select {
	case <-done:
		cancel()
	default:
	}
}

func elseIf(ctx context.Context, n int) {
	_, cancel := context.WithCancel(ctx) // want "path: is not called on every path"
	if n == 0 {
		cancel()
	} else if n == 1 {
		cancel()
	}
}

func gotoPastCall(ctx context.Context) error {
	var err error
	ctx, cancel := context.WithCancel(ctx) // want "path: is not called on every path"
	if err = work(ctx); err != nil {
		goto out
	}
	cancel()
out:
	return err
}

func gotoToCall(ctx context.Context) error {
	var err error
	ctx, cancel := context.WithCancel(ctx)
	if err = work(ctx); err != nil {
		goto out
	}
	err = work(ctx)
out:
	cancel()
	return err
}

func shortCircuit(ctx context.Context, ok bool, cancelled func() bool) {
	_, cancel := context.WithCancel(ctx) // want "path: is not called on every path"
	if ok && cancelled() {
		cancel()
	}
}

func createdInBranch(ctx context.Context, d time.Duration) error {
	if d > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, d) // want "path: is not called on every path"
		if err := work(ctx); err != nil {
			return err
		}
		cancel()
	}
	return work(ctx)
}

func labelledBlock(ctx context.Context, n int) {
	_, cancel := context.WithCancel(ctx) // want "path: is not called on every path"
block:
	switch {
	default:
		if n > 3 {
			break block
		}
		cancel()
	}
}
