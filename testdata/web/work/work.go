// Package work is what handlers and commands do.
package work

import (
	"context"
	"database/sql"
)

var db *sql.DB

// Load waits for a database.
func Load(ctx context.Context, id string) error {
	_, err := db.ExecContext(ctx, "SELECT $1", id)
	return err
}
