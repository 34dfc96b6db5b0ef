// Package lib has functions that leave goroutines behind.
package lib

import "sync"

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
