// Package fixes has findings with a fix, and below those without.
package fixes

import (
	"context"
	"time"
)

func one(ctx context.Context) int {
	ch := make(chan int)
	go func() { ch <- 1 }() // want "blocked-send: this send blocks forever"
	select {
	case n := <-ch:
		return n
	case <-ctx.Done():
		return 0
	}
}

func zero(ctx context.Context) int {
	ch := make(chan int, 0)
	go func() { ch <- 1 }() // want "blocked-send: this send blocks forever"
	select {
	case n := <-ch:
		return n
	case <-ctx.Done():
		return 0
	}
}

func eitherWay(ctx context.Context) error {
	ch := make(chan error) // the result
	go func() {
		if time.Now().IsZero() {
			ch <- nil // want "blocked-send: this send blocks forever"
			return
		}
		ch <- context.Canceled
	}()
	select {
	case err := <-ch:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

func perIteration(ctx context.Context) {
	for {
		ch := make(chan int)
		go func() { ch <- 1 }() // want "blocked-send: this send blocks forever"
		select {
		case <-ch:
			return
		case <-ctx.Done():
			return
		}
	}
}

// More than one may be sent, so the right size takes thought.

func two(ctx context.Context) {
	ch := make(chan int)
	go func() {
		ch <- 1 // want "blocked-send: this send blocks forever"
		ch <- 2
	}()
	select {
	case <-ch:
	case <-ctx.Done():
	}
}

func many(ctx context.Context, names []string) {
	ch := make(chan string)
	for _, name := range names {
		go func() { ch <- name }() // want "blocked-send: this send blocks forever"
	}
	select {
	case <-ch:
	case <-ctx.Done():
	}
}
