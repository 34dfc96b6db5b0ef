// Package singleflight is a copy of the one that everybody has, with types.
package singleflight

import "sync"

// A Group runs one function for each key at a time.
type Group[K comparable, V any] struct {
	mu    sync.Mutex
	calls map[K]*call[V]
}

type call[V any] struct {
	done chan struct{}
	v    V
	err  error
}

// Do runs f, or waits for who does.
func (g *Group[K, V]) Do(key K, f func() (V, error)) (V, error) {
	g.mu.Lock()
	if c, ok := g.calls[key]; ok {
		g.mu.Unlock()
		<-c.done
		return c.v, c.err
	}
	c := &call[V]{done: make(chan struct{})}
	g.calls[key] = c
	g.mu.Unlock()
	c.v, c.err = f()
	close(c.done)
	g.mu.Lock()
	delete(g.calls, key)
	g.mu.Unlock()
	return c.v, c.err
}

// Plain runs f at once.
func Plain(f func() error) error { return f() }

// Try does the same with a value.
func Try[V any](f func() (V, error)) (V, error) { return f() }
