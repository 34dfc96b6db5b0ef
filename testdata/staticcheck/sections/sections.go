// Package sections has critical sections.
package sections

import "sync"

type counter struct {
	mu sync.Mutex
	rw sync.RWMutex
	n  int
}

func (c *counter) found() int {
	c.mu.Lock()
	c.mu.Unlock() // want "medium SA2001: empty critical section"
	c.rw.RLock()
	c.rw.RUnlock() // want "medium SA2001: empty critical section"
	return c.n
}

func (c *counter) silent(other *counter) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	other.mu.Lock()
	c.n++
	other.mu.Unlock()
	c.rw.RLock()
	other.rw.RUnlock()
	return c.n
}
