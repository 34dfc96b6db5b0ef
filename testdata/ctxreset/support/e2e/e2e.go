// Package e2e drives tests from outside, as its path says.
package e2e

import (
	"context"

	"ctxlint.test/fixtures/ctxreset/store"
)

func check(db *store.DB, id string) error { return db.Check(context.TODO(), id) }

func drive(ctx context.Context, db *store.DB, id string) error {
	if err := db.Check(context.TODO(), id); err != nil { // want `low direct: context\.TODO`
		return err
	}
	return check(db, id) // want `low chain: context\.TODO`
}
