package call

import (
	"context"
	"database/sql"
	"time"
)

// begun ends with the context, and so does the transaction, after the statement.
func begun(ctx context.Context, db *sql.DB) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if _, err := tx.Exec("DELETE FROM t"); err != nil { // want `low call: use ExecContext with ctx`
		return err
	}
	return tx.Commit()
}

func within(ctx context.Context, tx *sql.Tx) error {
	_ = ctx.Err()
	_, err := tx.Exec("DELETE FROM t") // want `low call: use ExecContext with ctx`
	return err
}

// narrower makes a context for the first query, and not for the second.
func narrower(ctx context.Context, db *sql.DB, first func(context.Context) error) error {
	short, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	if err := first(short); err != nil {
		return err
	}
	if err := ping(ctx, db); err != nil {
		return err
	}
	return db.Ping() // want `call: use PingContext with ctx$`
}

func nearer(ctx context.Context, db *sql.DB, first func(context.Context) error) error {
	short, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	if err := first(short); err != nil {
		return err
	}
	return db.Ping() // want `call: use PingContext with short$`
}
