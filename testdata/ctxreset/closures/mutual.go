package closures

import (
	"context"

	"ctxlint.test/fixtures/ctxreset/store"
)

// Two functions that only call what they are given, or hand it to each other.

func retryOdd(n int, attempt func() error) error {
	if n == 0 {
		return attempt()
	}
	return retryEven(n-1, attempt)
}

func retryEven(n int, attempt func() error) error { return retryOdd(n-1, attempt) }

func retriedByTwo(ctx context.Context, db *store.DB) error {
	return retryEven(3, func() error {
		return db.Check(context.TODO(), "x") // want `direct: context\.TODO`
	})
}

// Two that keep it for later.

type keeper struct{ jobs []func() error }

func (q *keeper) pushOdd(n int, job func() error) {
	if n == 0 {
		q.jobs = append(q.jobs, job)
		return
	}
	q.pushEven(n-1, job)
}

func (q *keeper) pushEven(n int, job func() error) { q.pushOdd(n-1, job) }

func queuedByTwo(ctx context.Context, q *keeper, db *store.DB) {
	q.pushEven(3, func() error { return db.Check(context.TODO(), "x") })
}
