package ssax

import (
	"iter"
	"slices"
)

// Work is what a search still has to look at: values, blocks or functions, each of
// which it looks at once.
type Work[T comparable] struct {
	seen map[T]bool
	todo []T
}

// NewWork returns the work of a search that begins at the given places.
func NewWork[T comparable](start ...T) *Work[T] {
	return &Work[T]{make(map[T]bool), slices.Clone(start)}
}

// Add adds what the search has come to.
func (w *Work[T]) Add(list ...T) { w.todo = append(w.todo, list...) }

// All yields what has been added and not been yielded before, the latest first, until
// nothing is left. The caller may add more meanwhile.
func (w *Work[T]) All() iter.Seq[T] {
	return func(yield func(T) bool) {
		for len(w.todo) > 0 {
			x := w.todo[len(w.todo)-1]
			w.todo = w.todo[:len(w.todo)-1]
			if w.seen[x] {
				continue
			}
			w.seen[x] = true
			if !yield(x) {
				return
			}
		}
	}
}

// Seen reports whether x has been yielded.
func (w *Work[T]) Seen(x T) bool { return w.seen[x] }
