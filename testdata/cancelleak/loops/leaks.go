// Package loops holds cancel functions of contexts that are made in loops.
package loops

import (
	"context"
	"errors"
	"time"
)

var errBusy = errors.New("busy")

func work(ctx context.Context) error { return ctx.Err() }

func continueSkips(ctx context.Context, names []string) {
	for range names {
		c, cancel := context.WithTimeout(ctx, time.Second) // want "path: is not called on every path"
		if work(c) != nil {
			continue
		}
		cancel()
	}
}

func breakSkips(ctx context.Context, names []string) {
	for range names {
		c, cancel := context.WithTimeout(ctx, time.Second) // want "path: is not called on every path"
		if work(c) != nil {
			break
		}
		cancel()
	}
}

func returnSkips(ctx context.Context, names []string) error {
	for range names {
		c, cancel := context.WithTimeout(ctx, time.Second) // want "path: is not called on every path"
		if err := work(c); err != nil {
			return err
		}
		cancel()
	}
	return nil
}

func nextTurnSkips(ctx context.Context, names []string) {
	for _, name := range names {
		c, cancel := context.WithTimeout(ctx, time.Second) // want "path: is not called on every path"
		work(c)
		if name == "last" {
			cancel()
		}
	}
}

func labelledContinue(ctx context.Context, groups [][]string) {
outer:
	for _, group := range groups {
		c, cancel := context.WithTimeout(ctx, time.Second) // want "path: is not called on every path"
		for range group {
			if work(c) != nil {
				continue outer
			}
		}
		cancel()
	}
}

func labelledBreak(ctx context.Context, groups [][]string) {
outer:
	for _, group := range groups {
		c, cancel := context.WithTimeout(ctx, time.Second) // want "path: is not called on every path"
		for range group {
			if work(c) != nil {
				break outer
			}
		}
		cancel()
	}
}

func gotoNextTurn(ctx context.Context, n int) {
again:
	n--
	c, cancel := context.WithTimeout(ctx, time.Second) // want "path: is not called on every path"
	if work(c) != nil && n > 0 {
		goto again
	}
	cancel()
}

// There is no way out of the loop, but every iteration leaks.
func endlessLoop(ctx context.Context, jobs <-chan int) {
	for range jobs {
		c, cancel := context.WithTimeout(ctx, time.Second) // want "path: is not called on every path"
		if work(c) != nil {
			cancel()
		}
	}
}

func endlessWorker(ctx context.Context) {
	for {
		c, cancel := context.WithTimeout(ctx, time.Second) // want "path: is not called on every path"
		if err := work(c); err != nil {
			time.Sleep(time.Second)
			continue
		}
		cancel()
	}
}

func countedLoop(ctx context.Context) error {
	for attempt := 0; attempt < 3; attempt++ {
		c, cancel := context.WithTimeout(ctx, time.Second) // want "path: is not called on every path"
		if work(c) == nil {
			cancel()
			return nil
		}
	}
	return errBusy
}

func selectInLoop(ctx context.Context, ticks <-chan time.Time, stop <-chan struct{}) {
	for {
		c, cancel := context.WithTimeout(ctx, time.Second) // want "path: is not called on every path"
		select {
		case <-stop:
			return
		case <-ticks:
			work(c)
			cancel()
		}
	}
}

func rangeOverInt(ctx context.Context) {
	for i := range 10 {
		c, cancel := context.WithTimeout(ctx, time.Second) // want "path: is not called on every path"
		if i%2 == 0 {
			continue
		}
		work(c)
		cancel()
	}
}

func innerLoopOfTwo(ctx context.Context, groups [][]string) {
	for _, group := range groups {
		for range group {
			c, cancel := context.WithTimeout(ctx, time.Second) // want "path: is not called on every path"
			if work(c) != nil {
				break
			}
			cancel()
		}
	}
}

func switchContinue(ctx context.Context, modes []int) {
	for _, mode := range modes {
		c, cancel := context.WithCancel(ctx) // want "path: is not called on every path"
		switch mode {
		case 0:
			continue
		case 1:
			work(c)
		}
		cancel()
	}
}
