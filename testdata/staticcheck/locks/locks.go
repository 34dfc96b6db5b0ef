// Package locks defers locks.
package locks

import "sync"

var n int

func found(mu *sync.Mutex) {
	mu.Lock()
	defer mu.Lock() // want "SA2003: did you mean to defer Unlock"
	n++
}

func foundReading(mu *sync.RWMutex) int {
	mu.RLock()
	defer (mu.RLock)() // want "SA2003: did you mean to defer RUnlock"
	return n
}

func silent(mu *sync.Mutex) {
	mu.Lock()
	defer mu.Unlock()
	n++
}

// lent hands the lock back in the end, as it was.
func lent(mu *sync.Mutex, f func()) {
	mu.Unlock()
	defer mu.Lock()
	f()
}
