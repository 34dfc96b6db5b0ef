package travel

import (
	"context"
	"errors"
	"time"
)

// A loop runs the literals that others send to it.

type ledger struct {
	commands chan func()
	tasks    chan task
	sum      int
}

type task struct {
	name string
	do   func()
}

func newLedger() *ledger {
	l := &ledger{commands: make(chan func()), tasks: make(chan task)}
	go l.serve()
	return l
}

func (l *ledger) serve() {
	for {
		select {
		case f := <-l.commands:
			f()
		case t := <-l.tasks:
			t.do()
		}
	}
}

func (l *ledger) total(ctx context.Context) (int, error) {
	ch := make(chan int)
	l.commands <- func() { ch <- l.sum } // want "medium blocked-send: this send blocks whoever runs the literal, forever, when total leaves without receiving; give the channel a buffer"
	select {
	case n := <-ch:
		return n, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

func (l *ledger) totalSoon(ctx context.Context) (int, error) {
	ch := make(chan int)
	select {
	case l.commands <- func() { ch <- l.sum }: // want "medium blocked-send: this send blocks whoever runs the literal"
	case <-ctx.Done():
		return 0, ctx.Err()
	}
	select {
	case n := <-ch:
		return n, nil
	case <-time.After(time.Second):
		return 0, errors.New("late")
	}
}

func (l *ledger) totalByTask(ctx context.Context) int {
	ch := make(chan int)
	l.tasks <- task{"total", func() { ch <- l.sum }} // want "medium blocked-send: this send blocks whoever runs the literal"
	select {
	case n := <-ch:
		return n
	case <-ctx.Done():
		return 0
	}
}

// Silent.

func (l *ledger) totalWithRoom(ctx context.Context) int {
	ch := make(chan int, 1)
	l.commands <- func() { ch <- l.sum }
	select {
	case n := <-ch:
		return n
	case <-ctx.Done():
		return 0
	}
}

func (l *ledger) totalAlways(ctx context.Context) int {
	ch := make(chan int)
	select {
	case l.commands <- func() { ch <- l.sum }:
	case <-ctx.Done():
		return 0 // nobody has got the literal
	}
	return <-ch
}

func (l *ledger) totalListens(ctx context.Context) int {
	ch := make(chan int)
	l.commands <- func() {
		select {
		case ch <- l.sum:
		case <-ctx.Done():
		}
	}
	select {
	case n := <-ch:
		return n
	case <-ctx.Done():
		return 0
	}
}

func (l *ledger) totalAtLast(ctx context.Context) int {
	ch := make(chan int)
	l.commands <- func() { ch <- l.sum }
	select {
	case n := <-ch:
		return n
	case <-ctx.Done():
		<-ch
		return 0
	}
}

func (l *ledger) totalIfWanted(ctx context.Context, over *bool) int {
	ch := make(chan int)
	l.commands <- func() {
		if !*over {
			ch <- l.sum
		}
	}
	select {
	case n := <-ch:
		return n
	case <-ctx.Done():
		*over = true
		return 0
	}
}
