package generated

import (
	"context"

	"ctxlint.test/fixtures/ctxreset/store"
)

func user(ctx context.Context, db *store.DB, id string) error {
	if err := remove(ctx, db, id); err != nil {
		return err
	}
	return reset(db, id) // want `low chain: →`
}

func usesRoot(ctx context.Context, db *store.DB, id string) error {
	return db.Check(root(), id) // want `direct: context\.TODO`
}
