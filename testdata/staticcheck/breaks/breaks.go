// Package breaks has breaks that leave nothing but their select or switch.
package breaks

import (
	"context"
	"time"
)

func work() {}

func found(quit, ready chan bool, after <-chan time.Time, stopped *bool) {
	for {
		select {
		case <-ready:
			work()
		case <-quit:
			break // want "low SA4011: ineffective break"
		case <-after:
			*stopped = true
			break // want "low SA4011: ineffective break"
		}
	}
}

func foundUnderCondition(ch chan int) {
	for {
		select {
		case n := <-ch:
			if n == 0 {
				break // want "low SA4011: ineffective break"
			}
		}
	}
}

// A break may be all that is written for an empty case.
func likely(ch, out chan int, kinds []string) {
	for {
		select {
		case <-ch:
			work()
		case out <- 1:
			break // want "low SA4011: ineffective break"
		case <-time.After(time.Second):
			break // want "low SA4011: ineffective break"
		}
		for _, kind := range kinds {
			switch kind {
			case "a", "b":
				break // want "low SA4011: ineffective break"
			default:
				work()
			}
		}
	}
}

func polls(ch chan int) {
	for range 10 {
		select {
		case <-ch:
			work()
		default:
			break // want "low SA4011: ineffective break"
		}
	}
}

// Here, selectdefault says that the loop goes on.
func hearsDone(ctx context.Context, ready chan bool) {
	for {
		select {
		case <-ready:
			work()
		case <-ctx.Done():
			break
		}
	}
}

// Something comes after the select, so that selectdefault leaves the case alone.
func goesOn(ctx context.Context, ready chan bool) {
	for range 10 {
		select {
		case <-ready:
			work()
		case <-ctx.Done():
			break // want "low SA4011: ineffective break"
		}
		time.Sleep(time.Second)
	}
}

func silent(quit, ready chan bool) {
loop:
	for {
		select {
		case <-ready:
			if work(); len(ready) > 0 {
				break // skips what follows
			}
			work()
		case <-quit:
			break loop
		}
	}
	select {
	case <-ready:
		break // in no loop
	}
}
