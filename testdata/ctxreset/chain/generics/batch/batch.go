// Package batch works on slices of anything.
package batch

import (
	"context"
	"errors"
)

// Do runs f on all of xs.
func Do[T any](xs []T, f func(context.Context, T) error) error {
	var errs []error
	for _, x := range xs {
		errs = append(errs, f(context.TODO(), x))
	}
	return errors.Join(errs...)
}

// A Queue holds what is to be done.
type Queue[T any] struct {
	Items []T
	Work  func(context.Context, T) error
}

// Process works on all items.
func (q *Queue[T]) Process() error {
	for _, x := range q.Items {
		if err := q.Work(context.TODO(), x); err != nil {
			return err
		}
	}
	q.Items = nil
	return nil
}

// Len is the number of items.
func (q *Queue[T]) Len() int { return len(q.Items) }
