package values

import (
	"context"

	"ctxlint.test/fixtures/ctxreset/store"
)

// FlushFunc writes what has been collected.
type FlushFunc func(o store.Order) error

// What is returned runs for whoever keeps it, not for the caller.
func newFlush(db *store.DB) FlushFunc {
	return func(o store.Order) error { return db.Verify(context.TODO(), o) }
}

func newFlushInTwoSteps(db *store.DB) (flush FlushFunc, err error) {
	write := func(o store.Order) error { return db.Verify(context.TODO(), o) }
	flush = func(o store.Order) error {
		if o.Total == 0 {
			return nil
		}
		return write(o)
	}
	return flush, nil
}

type buffer struct{ flush FlushFunc }

func opens(ctx context.Context, db *store.DB, id string) (*buffer, error) {
	if _, err := db.Load(ctx, id); err != nil {
		return nil, err
	}
	flush, err := newFlushInTwoSteps(db)
	if err != nil {
		return nil, err
	}
	flush = newFlush(db)
	return &buffer{flush}, nil
}

// One that is called at once is part of the function.
func flushNow(db *store.DB, o store.Order) error {
	write := func(o store.Order) error { return db.Verify(context.TODO(), o) }
	return write(o)
}

func flushes(ctx context.Context, db *store.DB, o store.Order) error {
	return flushNow(db, o) // want `low chain: →`
}
