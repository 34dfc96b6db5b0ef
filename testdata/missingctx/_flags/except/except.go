// Package except leaves a function out.
package except

import (
	"context"
	"database/sql"
)

func both(ctx context.Context, db *sql.DB) error {
	if err := db.Ping(); err != nil {
		return err
	}
	_, err := db.Exec("1") // want `call: use ExecContext with ctx`
	return err
}
