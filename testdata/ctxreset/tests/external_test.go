package tests_test

import (
	"context"
	"testing"

	"ctxlint.test/fixtures/ctxreset/store"
	"ctxlint.test/fixtures/ctxreset/tests"
)

func TestPrepare(t *testing.T) {
	db := new(store.DB)
	tests.Prepare(t, db)
	if err := remove(t.Context(), db, "1"); err != nil {
		t.Fatal(err)
	}
}

func remove(ctx context.Context, db *store.DB, id string) error {
	return db.Check(context.TODO(), id)
}
