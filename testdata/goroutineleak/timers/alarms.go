package timers

import (
	"fmt"
	"time"
)

// The timer of AfterFunc has no channel.

func local(d time.Duration, f func()) {
	t := time.AfterFunc(d, f)
	if !t.Stop() {
		<-t.C // want "low drain: this receive blocks forever, because the channel of a timer of time.AfterFunc is nil; drop it"
	}
}

func waitsForIt(d time.Duration, f func()) {
	t := time.AfterFunc(d, f)
	defer t.Stop()
	<-t.C // want "low drain: the channel of a timer of time.AfterFunc is nil"
}

type bell struct{ timer *time.Timer }

func (b *bell) ring(d time.Duration, f func()) {
	if b.timer != nil {
		if !b.timer.Stop() {
			<-b.timer.C // want "low drain: the channel of a timer of time.AfterFunc is nil"
		}
		b.timer.Reset(d)
		return
	}
	b.timer = time.AfterFunc(d, f)
}

// Silent.

func ofNewTimer(d time.Duration, f func()) {
	t := time.NewTimer(d)
	<-t.C
	f()
}

type mixed struct{ timer *time.Timer }

func (m *mixed) start(d time.Duration, f func()) {
	if f != nil {
		m.timer = time.AfterFunc(d, f)
		return
	}
	m.timer = time.NewTimer(d)
}

func (m *mixed) wait() { <-m.timer.C }

// Open may be set by anybody.
type Open struct{ Timer *time.Timer }

func (o *Open) start(d time.Duration, f func()) { o.Timer = time.AfterFunc(d, f) }

func (o *Open) wait() { <-o.Timer.C }

// Helpers drain.

func halt(t *time.Timer) {
	if !t.Stop() {
		<-t.C // want "low drain: this receive blocks forever when the timer's value has been received before"
	}
}

func haltsAfterTick(jobs chan int, d time.Duration) {
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
		halt(t)
		t.Reset(d)
	}
}

func empty(t *time.Timer) {
	<-t.C // want "low drain: this receive blocks forever when the timer's value has been received before"
}

func emptiesInHelper(jobs chan int, d time.Duration) {
	t := time.NewTimer(d)
	select {
	case <-jobs:
	case <-t.C:
	}
	if !t.Stop() {
		empty(t)
	}
}

// A case drains what another case has received.

func siblings(jobs chan int, d time.Duration) {
	t := time.NewTimer(d)
	for {
		select {
		case j, ok := <-jobs:
			if !ok {
				return
			}
			if !t.Stop() {
				<-t.C // want "low drain: this receive blocks forever when the timer's value has been received before"
			}
			t.Reset(d)
			fmt.Println(j)
		case <-t.C:
			fmt.Println("idle")
		}
	}
}

func itsOwn(jobs chan int, d time.Duration) {
	t := time.NewTimer(d)
	for {
		select {
		case <-jobs:
			return
		case <-t.C:
			if !t.Stop() {
				<-t.C // want "low drain: this receive blocks forever when the timer's value has been received before"
			}
			t.Reset(d)
		}
	}
}

// Silent.

func haltInTime(t *time.Timer) {
	if !t.Stop() {
		<-t.C
	}
}

func haltsInTime(jobs chan int, d time.Duration) {
	t := time.NewTimer(d)
	for {
		select {
		case j, ok := <-jobs:
			if !ok {
				return
			}
			fmt.Println(j)
			haltInTime(t)
			t.Reset(d)
		case <-t.C:
			return
		}
	}
}

func siblingsReset(jobs chan int, d time.Duration) {
	t := time.NewTimer(d)
	for {
		select {
		case j, ok := <-jobs:
			if !ok {
				return
			}
			if !t.Stop() {
				<-t.C
			}
			t.Reset(d)
			fmt.Println(j)
		case <-t.C:
			t.Reset(d)
		}
	}
}

func resetsInLiteral(jobs chan int, d time.Duration, f func()) {
	t := time.NewTimer(d)
	again := func() {
		f()
		t.Reset(d)
	}
	for {
		select {
		case <-t.C:
			again()
		case <-jobs:
			if !t.Stop() {
				<-t.C
			}
			return
		}
	}
}

func again(t *time.Timer, d time.Duration) { t.Reset(d) }

func resetsInHelper(jobs chan int, d time.Duration) {
	t := time.NewTimer(d)
	for {
		select {
		case <-t.C:
			again(t, d)
		case <-jobs:
			if !t.Stop() {
				<-t.C
			}
			return
		}
	}
}

func handsOver(jobs chan int, d time.Duration, reset func(*time.Timer)) {
	t := time.NewTimer(d)
	for {
		select {
		case <-t.C:
			reset(t)
		case <-jobs:
			if !t.Stop() {
				<-t.C
			}
			return
		}
	}
}

type watchdog struct{ timer *time.Timer }

func (w *watchdog) kick(d time.Duration) { w.timer = time.NewTimer(d) }

func (w *watchdog) watch(jobs chan int, d time.Duration) {
	for {
		select {
		case <-w.timer.C:
			w.kick(d)
		case <-jobs:
			if !w.timer.Stop() {
				<-w.timer.C
			}
			return
		}
	}
}
