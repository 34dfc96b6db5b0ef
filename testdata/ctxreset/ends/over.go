package ends

import (
	"context"

	"ctxlint.test/fixtures/ctxreset/store"
)

// Whoever passes a context that has been cancelled wants the work to be cut short.
func cutShort(ctx context.Context, db *store.DB) error {
	over, cancel := context.WithCancel(context.TODO()) // silent "the fresh context has been cancelled before it is used"
	cancel()
	if err := db.Verify(over, store.Order{}); err != nil {
		return err
	}
	return db.Verify(ctx, store.Order{})
}

// Here it is cancelled after the work.
func cutOff(ctx context.Context, db *store.DB) error {
	own, cancel := context.WithCancel(context.TODO()) // want `direct: context\.TODO.*Verify off from ctx`
	err := db.Verify(own, store.Order{})
	cancel()
	if err != nil {
		return err
	}
	return db.Verify(ctx, store.Order{})
}
