package timers

import (
	"fmt"
	"sync"
	"time"
)

// Tickers are kept in a list or a map, and stopped there.

type clocks struct {
	all    []*time.Ticker
	byName map[string]*time.Ticker
	other  []*time.Ticker
}

func (c *clocks) add(d time.Duration, f func()) {
	t := time.NewTicker(d)
	c.all = append(c.all, t)
	go func() {
		for range t.C { // want "ticker: the loop waits forever when the ticker is stopped, because Stop does not close its channel"
			f()
		}
	}()
}

func (c *clocks) stop() {
	for _, t := range c.all {
		t.Stop()
	}
}

func (c *clocks) named(name string, d time.Duration, f func()) {
	t := time.NewTicker(d)
	c.byName[name] = t
	go func() {
		for range t.C { // want "ticker: the loop waits forever when the ticker is stopped"
			f()
		}
	}()
}

func (c *clocks) stopNamed(name string) {
	if t, ok := c.byName[name]; ok {
		t.Stop()
		delete(c.byName, name)
	}
}

// A timer that somebody waits for is stopped.

func later(d time.Duration, f func()) (cancel func()) {
	t := time.NewTimer(d)
	go func() {
		<-t.C // want "blocked-recv: the goroutine waits forever when the timer is stopped, because Stop does not close its channel; select on something that ends it, too"
		f()
	}()
	return func() { t.Stop() }
}

type reminder struct{ timer *time.Timer }

func newReminder(d time.Duration, f func()) *reminder {
	r := &reminder{time.NewTimer(d)}
	go func() {
		<-r.timer.C // want "low blocked-recv: the goroutine waits forever when the timer is stopped"
		f()
	}()
	return r
}

func (r *reminder) Close() { r.timer.Stop() }

// Silent.

func (c *clocks) addOther(d time.Duration, f func()) {
	t := time.NewTicker(d)
	c.other = append(c.other, t)
	go func() {
		for range t.C {
			f()
		}
	}()
}

func laterOrNever(d time.Duration, f func()) (cancel func()) {
	t := time.NewTimer(d)
	done := make(chan struct{})
	go func() {
		select {
		case <-t.C:
			f()
		case <-done:
		}
	}()
	return func() {
		t.Stop()
		close(done)
	}
}

func laterAndWaits(d time.Duration, f func()) {
	t := time.NewTimer(d)
	defer t.Stop()
	var wg sync.WaitGroup
	wg.Go(func() {
		<-t.C
		f()
	})
	wg.Wait()
}

func laterAndHears(d time.Duration) {
	t := time.NewTimer(d)
	defer t.Stop()
	fired := make(chan struct{})
	go func() {
		<-t.C
		close(fired)
	}()
	<-fired
	fmt.Println("fired")
}

func postponed(d time.Duration, f func()) (postpone func()) {
	t := time.NewTimer(d)
	go func() {
		<-t.C
		f()
	}()
	return func() {
		if t.Stop() {
			t.Reset(d)
		}
	}
}

func postponedByOthers(d time.Duration, f func(), keep func(*time.Timer)) (cancel func()) {
	t := time.NewTimer(d)
	keep(t)
	go func() {
		<-t.C
		f()
	}()
	return func() { t.Stop() }
}
