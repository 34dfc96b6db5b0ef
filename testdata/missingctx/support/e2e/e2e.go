// Package e2e drives tests from outside, as its path says.
package e2e

import (
	"context"
	"database/sql"
)

func drive(ctx context.Context, db *sql.DB) error {
	_, err := db.Exec("DELETE FROM users") // want `low call: use ExecContext with ctx`
	return err
}
