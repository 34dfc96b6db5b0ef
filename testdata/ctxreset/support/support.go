// Package support is there for tests.
package support

import (
	"context"
	"database/sql"
	"testing"
)

func Filled(t *testing.T, db *sql.DB) {
	if err := fill(context.TODO(), db); err != nil {
		t.Fatal(err)
	}
}

func fill(ctx context.Context, db *sql.DB) error {
	if err := db.PingContext(ctx); err != nil {
		return err
	}
	return db.PingContext(context.TODO())
}
