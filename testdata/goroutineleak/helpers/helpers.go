// Package helpers has functions that others start as goroutines.
package helpers

import (
	"context"
	"time"
)

// Forever never returns.
func Forever(interval time.Duration, f func()) { // want Forever:"endless"
	for {
		time.Sleep(interval)
		f()
	}
}

// Until returns when ctx is done.
func Until(ctx context.Context, interval time.Duration, f func()) {
	for ctx.Err() == nil {
		time.Sleep(interval)
		f()
	}
}

// Poller polls.
type Poller struct{ f func() }

// Run never returns.
func (p *Poller) Run() { // want Run:"endless"
	t := time.NewTicker(time.Second)
	defer t.Stop()
	for {
		<-t.C
		p.f()
	}
}

// Fail never returns, but does not go on either.
func Fail() { panic("no") }

// Heedless never returns, and is reported itself.
func Heedless(ctx context.Context, f func()) { // want Heedless:"endless, reported"
	for { // want "low unstoppable: the loop runs on when ctx is done"
		time.Sleep(time.Minute)
		f()
	}
}

func forever() {
	for {
		time.Sleep(time.Second)
	}
}
