// Package suppressed has findings that comments silence, and comments that
// silence nothing.
package suppressed

import (
	"context"
	"time"

	"ctxlint.test/fixtures/ctxreset/store"
)

func atEnd(ctx context.Context, db *store.DB, id string) error {
	return db.Check(context.TODO(), id) //nolint:ctxreset // the order goes whoever waits
}

func suite(ctx context.Context, db *store.DB, id string) error {
	return db.Check(context.TODO(), id) //nolint:ctxlint
}

func everything(ctx context.Context, db *store.DB, id string) error {
	return db.Check(context.TODO(), id) //nolint
}

func above(ctx context.Context, db *store.DB, id string) error {
	//nolint:ctxreset // the order goes whoever waits
	return db.Check(context.TODO(), id)
}

func staticcheckStyle(ctx context.Context, db *store.DB, id string) error {
	//lint:ignore ctxlint/ctxreset the order goes whoever waits
	return db.Check(context.TODO(), id)
}

// declared is documented.
//
//nolint:ctxreset // the order goes whoever waits
func declared(ctx context.Context, db *store.DB, id string) error {
	c, cancel := context.WithTimeout(context.TODO(), time.Second)
	defer cancel()
	return db.Check(c, id)
}

func reset(db *store.DB, id string) error { return db.Check(context.TODO(), id) }

func chain(ctx context.Context, db *store.DB, id string) error {
	return reset(db, id) //nolint:ctxreset // the order goes whoever waits
}

func unused(ctx context.Context, db *store.DB, id string) error {
	_, cancel := context.WithTimeout(ctx, time.Second) //nolint:ctxreset // a reminder
	defer cancel()
	return db.Check(ctx, id)
}

func forAnotherLinter(ctx context.Context, db *store.DB, id string) error {
	return db.Check(context.TODO(), id) //nolint:contextcheck
}

// A comment in a helper speaks for all that call it.

func resetOnPurpose(db *store.DB, id string) error {
	return db.Check(context.TODO(), id) //nolint:ctxreset // the order goes whoever waits
}

func byAnotherLinter(db *store.DB, id string) error {
	return db.Check(context.TODO(), id) //nolint:contextcheck
}

func between(db *store.DB, id string) error {
	return reset(db, id) //nolint:ctxreset // the order goes whoever waits
}

func aboutErrors(db *store.DB, id string) error {
	return db.Check(context.TODO(), id) //nolint:errcheck
}

func chains(ctx context.Context, db *store.DB, id string) {
	resetOnPurpose(db, id)
	byAnotherLinter(db, id)
	between(db, id)
	aboutErrors(db, id) // want `medium chain: aboutErrors`
}

// These silence nothing.

func otherAnalyzer(ctx context.Context, db *store.DB, id string) error {
	return db.Check(context.TODO(), id) //nolint:errcheck // want `direct: context\.TODO`
}

func withoutReason(ctx context.Context, db *store.DB, id string) error {
	//lint:ignore ctxlint/ctxreset
	return db.Check(context.TODO(), id) // want `direct: context\.TODO`
}

func elsewhere(ctx context.Context, db *store.DB, id string) error {
	o, err := db.Load(ctx, id) //nolint:ctxreset // the wrong line
	if err != nil {
		return err
	}
	return db.Verify(context.TODO(), o) // want `direct: context\.TODO`
}
