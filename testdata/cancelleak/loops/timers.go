package loops

import (
	"context"
	"time"
)

type answer struct {
	first bool
	err   error
}

// The second question is asked once: the timer is set again only if it has not fired.
func race(ctx context.Context, d time.Duration, hosts []string, ask func(context.Context, chan<- answer)) error {
	answers := make(chan answer, 2)
	var second *time.Timer
	var late <-chan time.Time
	if len(hosts) > 1 {
		second = time.NewTimer(d)
		defer second.Stop()
		late = second.C
	}
	for {
		select {
		case <-late:
			secondCtx, stopSecond := context.WithCancel(ctx)
			defer stopSecond()
			go ask(secondCtx, answers)
		case a := <-answers:
			if a.err == nil {
				return nil
			}
			if a.first && second != nil && second.Stop() {
				second.Reset(0)
			}
		}
	}
}

// With another timer each time, it is not.
func repeat(ctx context.Context, d time.Duration, ask func(context.Context, chan<- answer)) error {
	answers := make(chan answer, 2)
	late := time.After(d)
	for {
		select {
		case <-late:
			c, stop := context.WithCancel(ctx)
			defer stop() // want "loop: defer .* in a loop"
			go ask(c, answers)
			late = time.After(d)
		case a := <-answers:
			if a.err == nil {
				return nil
			}
		}
	}
}

func afterwards(ctx context.Context, d time.Duration, ask func(context.Context, chan<- answer)) error {
	answers := make(chan answer, 2)
	late := time.After(d)
	for {
		select {
		case <-late:
			c, stop := context.WithCancel(ctx)
			defer stop()
			go ask(c, answers)
		case a := <-answers:
			if a.err == nil {
				return nil
			}
		}
	}
}

// A channel that is nil from then on is received from once.
func switchedOff(ctx context.Context, more <-chan int, ask func(context.Context, int, chan<- answer)) error {
	answers := make(chan answer, 2)
	for {
		select {
		case n := <-more:
			c, stop := context.WithCancel(ctx)
			defer stop()
			go ask(c, n, answers)
			more = nil
		case a := <-answers:
			if a.err == nil {
				return nil
			}
		}
	}
}

// On some ways only, it is not.
func hardlySwitchedOff(ctx context.Context, more <-chan int, ask func(context.Context, int, chan<- answer)) error {
	answers := make(chan answer, 2)
	for {
		select {
		case n := <-more:
			c, stop := context.WithCancel(ctx)
			defer stop() // want "loop: defer .* in a loop"
			go ask(c, n, answers)
			if n == 0 {
				more = nil
			}
		case a := <-answers:
			if a.err == nil {
				return nil
			}
		}
	}
}

func flagged(ctx context.Context, more <-chan int) {
	var started bool
	for n := range more {
		if n > 0 && !started {
			started = true
			c, stop := context.WithCancel(ctx)
			defer stop()
			go work(c)
		}
	}
}

func flaggedAgain(ctx context.Context, more <-chan int) {
	var started bool
	for n := range more {
		if !started {
			started = true
			c, stop := context.WithCancel(ctx)
			defer stop() // want "loop: defer .* in a loop"
			go work(c)
		}
		if n == 0 {
			started = false
		}
	}
}

func whileThere(ctx context.Context, more <-chan int) {
	var stop context.CancelFunc
	for n := range more {
		if stop == nil {
			var c context.Context
			c, stop = context.WithCancel(ctx)
			defer stop()
			go work(c)
		}
		println(n)
	}
}

// The flag of one round says nothing of the next.
func inRounds(ctx context.Context, rounds <-chan chan int) {
	for round := range rounds {
		started := false
		for n := range round {
			if !started {
				started = true
				c, stop := context.WithCancel(ctx)
				defer stop() // want "loop: defer .* in a loop"
				go work(c)
			}
			println(n)
		}
	}
}
