// Package timers has timers that are drained when there is nothing to drain.
package timers

import (
	"fmt"
	"time"
)

func stopThenReceive(t *time.Timer) {
	t.Stop()
	<-t.C // want "low drain: this receive blocks forever, because nothing arrives after Stop"
}

func resetLoop(jobs chan int, d time.Duration) {
	t := time.NewTimer(d)
	for {
		select {
		case j, ok := <-jobs:
			if !ok {
				return
			}
			fmt.Println(j)
		case <-t.C:
			fmt.Println("idle")
		}
		if !t.Stop() {
			<-t.C // want "low drain: this receive blocks forever when the timer's value has been received before"
		}
		t.Reset(d)
	}
}

func deferred(jobs chan int) {
	t := time.NewTimer(time.Second)
	defer func() {
		if !t.Stop() {
			<-t.C // want "low drain: this receive blocks forever when the timer's value has been received before"
		}
	}()
	select {
	case <-jobs:
	case <-t.C:
	}
}

type idle struct{ timer *time.Timer }

func (i *idle) wait(jobs chan int) {
	select {
	case <-jobs:
	case <-i.timer.C:
	}
	if ok := i.timer.Stop(); !ok {
		<-i.timer.C // want "low drain: this receive blocks forever when the timer's value has been received before"
	}
}

// Silent.

func stopInTime(jobs chan int) {
	t := time.NewTimer(time.Second)
	<-jobs
	if !t.Stop() {
		<-t.C
	}
}

func knowsThatItFired(jobs chan int) {
	t := time.NewTimer(time.Second)
	fired := false
	select {
	case <-jobs:
	case <-t.C:
		fired = true
	}
	if !fired && !t.Stop() {
		<-t.C
	}
}

func returnsWhenItFires(jobs chan int) {
	t := time.NewTimer(time.Second)
	select {
	case <-jobs:
	case <-t.C:
		return
	}
	if !t.Stop() {
		<-t.C
	}
}

func withDefault(t *time.Timer) {
	<-t.C
	if !t.Stop() {
		select {
		case <-t.C:
		default:
		}
	}
}

func resetFirst(t *time.Timer) {
	<-t.C
	t.Reset(time.Second)
	if !t.Stop() {
		<-t.C
	}
}

func stopThenReset(t *time.Timer) {
	t.Stop()
	t.Reset(time.Second)
	<-t.C
}

func two(a, b *time.Timer) {
	<-a.C
	if !b.Stop() {
		<-b.C
	}
}

func newTimer(jobs chan int) {
	t := time.NewTimer(time.Second)
	<-t.C
	t = time.NewTimer(time.Second)
	if !t.Stop() {
		<-t.C
	}
}

func perIteration(newTimer func(time.Duration) *time.Timer, jobs chan int) {
	for range 10 {
		t := newTimer(time.Hour)
		for range 10 {
			if !t.Stop() {
				<-t.C
			}
			t.Reset(time.Second)
		}
		select {
		case <-t.C:
		case <-jobs:
		}
	}
}

// The runtime collects these.

func ticker() {
	t := time.NewTicker(time.Second)
	<-t.C
}

func after(jobs chan int) {
	for range jobs {
		<-time.After(time.Hour)
	}
}
