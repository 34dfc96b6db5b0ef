package signatures

import (
	"context"

	"ctxlint.test/fixtures/ctxreset/store"
)

// Perhaps nobody here can give a parameter to a function that a generator writes.
func answers(ctx context.Context, db *store.DB) error {
	if err := writeAnswer(db); err != nil { // want `low chain: answers\(\) → writeAnswer\(\) → answer\(\): context\.TODO`
		return err
	}
	return db.Check(ctx, "1")
}

func writeOwn(db *store.DB) error { return db.Verify(context.TODO(), store.Order{ID: "own"}) }

func answersOwn(ctx context.Context, db *store.DB) error {
	if err := writeOwn(db); err != nil { // want `low chain: answersOwn\(\) → writeOwn\(\): context\.TODO`
		return err
	}
	return db.Check(ctx, "1")
}
