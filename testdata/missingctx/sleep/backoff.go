package sleep

import (
	"context"
	"time"
)

// Each wait is longer than the last.

func doublesWait(ctx context.Context, ready func() bool) {
	d := 200 * time.Millisecond
	for !ready() {
		time.Sleep(d) // want `sleep: the wait for time.Sleep goes on after ctx has ended`
		d *= 2
	}
}

func clamped(ctx context.Context, ready func() bool) {
	d := 500 * time.Millisecond
	for i := 0; i < 12 && !ready(); i++ {
		time.Sleep(d) // want `sleep: the wait for time.Sleep goes on`
		d = min(2*d, 30*time.Second)
	}
}

func shifted(ctx context.Context, ready func() bool) {
	for i := range 8 {
		if ready() {
			return
		}
		time.Sleep(250 * time.Millisecond << i) // want `sleep: the wait for time.Sleep goes on`
	}
}

func powers(ctx context.Context, ready func() bool) {
	for i := range 8 {
		if ready() {
			return
		}
		time.Sleep(time.Duration(1<<i) * 250 * time.Millisecond) // want `sleep: the wait for time.Sleep goes on`
	}
}

// All waits together are short.

func shortInAll(ctx context.Context, ready func() bool) {
	d := 100 * time.Millisecond
	for range 5 {
		if ready() {
			return
		}
		time.Sleep(d) // want `low sleep: the wait for time.Sleep goes on`
		d *= 2
	}
}

// Nobody knows what it begins with.

func fromOutside(ctx context.Context, d time.Duration, ready func() bool) {
	for !ready() {
		time.Sleep(d) // want `low sleep: the wait for time.Sleep goes on`
		d *= 2
	}
}

// The loop hears of the end; one wait is lost, and that may be a long one.

func asksBetween(ctx context.Context, ready func() bool) {
	d := time.Second
	for i := 0; i < 3 && ctx.Err() == nil && !ready(); i++ {
		time.Sleep(d)
		d *= 2
	}
}
