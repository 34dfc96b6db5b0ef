// Package producers has functions that start senders and return their channels.
package producers

import "context"

// Later sends once.
func Later(work func() int) <-chan int { // want Later:"sends 1 on result 0, with room for 0"
	out := make(chan int)
	go func() { out <- work() }()
	return out
}

// Lines sends what there is.
func Lines(text []string) (<-chan string, error) { // want Lines:"sends many on result 0, with room for 4"
	out := make(chan string, 4)
	go func() {
		defer close(out)
		for _, line := range text {
			out <- line
		}
	}()
	return out, nil
}

// Again is Later.
func Again(work func() int) <-chan int { // want Again:"sends 1 on result 0, with room for 0"
	return Later(work)
}

// WithRoom has room.
func WithRoom(work func() int) <-chan int { // want WithRoom:"sends 1 on result 0, with room for 1"
	out := make(chan int, 1)
	go func() { out <- work() }()
	return out
}

// Until listens.
func Until(ctx context.Context, work func() int) <-chan int {
	out := make(chan int)
	go func() {
		select {
		case out <- work():
		case <-ctx.Done():
		}
	}()
	return out
}

// Batches gives numbers until ctx ends, which its sends do not hear.
func Batches(ctx context.Context) <-chan int { // want Batches:"sends many on result 0, with room for 0"
	out := make(chan int)
	go func() {
		for i := 0; ctx.Err() == nil; i++ {
			out <- i // want `low no-done: this send does not end when ctx is done`
		}
	}()
	return out
}
