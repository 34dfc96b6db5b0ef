// Package memory implements an interface of another package without a wait.
package memory

import "context"

// A Sink takes what is written, wherever it is.
type Sink interface {
	Put(ctx context.Context, key, value string) error
}

// Sinks keep what they get in memory.
type Map struct{ values map[string]string }

// Put keeps a value.
func (m *Map) Put(_ context.Context, key, value string) error {
	m.values[key] = value
	return nil
}

// Nothing forgets what it gets.
type Nothing struct{}

// Put does nothing.
func (Nothing) Put(ctx context.Context, key, value string) error { return nil }
