package timers

import (
	"fmt"
	"time"
)

func stopped(d time.Duration) {
	t := time.NewTicker(d)
	defer t.Stop()
	go func() {
		for range t.C { // want "ticker: the loop waits forever when the ticker is stopped, because Stop does not close its channel"
			fmt.Println("tick")
		}
	}()
	time.Sleep(time.Minute)
}

type beat struct{ ticker *time.Ticker }

func (b *beat) run() {
	for now := range b.ticker.C { // want "ticker: the loop waits forever when the ticker is stopped"
		fmt.Println(now)
	}
}

func (b *beat) Stop() { b.ticker.Stop() }

// Silent.

func stopsItself(d time.Duration) {
	go func() {
		t := time.NewTicker(d)
		defer t.Stop()
		for range t.C { // silent "nothing outside of the goroutine stops"
			fmt.Println("tick")
		}
	}()
}

func leaves(d time.Duration, done func() bool) {
	t := time.NewTicker(d)
	defer t.Stop()
	go func() {
		for range t.C {
			if done() {
				return
			}
		}
	}()
}

func other(a, b *time.Ticker) {
	go func() {
		for range a.C {
			fmt.Println("tick")
		}
	}()
	b.Stop()
}
