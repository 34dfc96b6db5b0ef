// Package lib has functions that leave goroutines behind.
package lib

import (
	"context"
	"sync"
	"time"
)

// Send leaves a goroutine in its send.
func Send[T any]() {
	results := make(chan T)
	go func() {
		var v T
		results <- v // send
	}()
}

// Worker never stops.
type Worker struct{ jobs, quit chan int }

// Start starts it.
func (w *Worker) Start() {
	w.jobs, w.quit = make(chan int), make(chan int)
	go w.run() // start
}

func (w *Worker) run() {
	for { // loop
		select {
		case <-w.jobs: // case
		case <-w.quit:
			return
		}
	}
}

// Wait leaves a goroutine that no finding is about.
func Wait() {
	var mu sync.Mutex
	mu.Lock()
	go func() {
		mu.Lock() // lock
	}()
}

// Clean leaves nothing behind.
func Clean() {
	done := make(chan int)
	go func() { done <- 1 }() // clean
	<-done
}

// held is never cancelled, and never stopped.
var held []any

// Hold keeps contexts and timers.
func Hold() {
	_, cancel := context.WithCancel(context.Background()) // cancel
	held = append(held, cancel)
	for range 2 {
		ctx, cancel := context.WithTimeout( // timeout
			context.Background(), time.Hour)
		defer cancel() // loop
		held = append(held, ctx)
	}
	held = append(held, time.NewTicker(time.Hour)) // ticker
	held = append(held, make([]int, 100))          // other
}

// Deferred leaves a goroutine in a call that it has deferred.
func Deferred() {
	var group sync.WaitGroup
	group.Add(1)
	go func() {
		defer group.Wait() // deferred
		time.Sleep(time.Nanosecond)
	}()
}
