package chain

import (
	"context"
	"database/sql"
)

// A function that has a result, but none for an error, makes "none" of what an ended context
// cuts short.

func count(db *sql.DB) (n int) {
	if err := db.QueryRow("SELECT COUNT(*) FROM t").Scan(&n); err != nil {
		return 0
	}
	return n
}

func names(db *sql.DB) []string {
	rows, err := db.Query("SELECT name FROM t")
	if err != nil {
		return nil
	}
	return scan(rows)
}

func namesOf(db *sql.DB) ([]string, error) {
	rows, err := db.Query("SELECT name FROM t")
	if err != nil {
		return nil, err
	}
	return scan(rows), nil
}

func namesIfAny(db *sql.DB) ([]string, bool) {
	rows, err := db.Query("SELECT name FROM t")
	if err != nil {
		return nil, false
	}
	return scan(rows), true
}

func scan(rows *sql.Rows) []string {
	defer rows.Close()
	return []string{}
}

func stats(ctx context.Context, db *sql.DB) ([]string, error) {
	names(db)          // want "low chain: stats.. → names"
	namesIfAny(db)     // want "medium chain: stats.. → namesIfAny"
	return namesOf(db) // want "medium chain: stats.. → namesOf"
}

// What is read in order to write belongs to the write.

func markAll(db *sql.DB) error {
	rows, err := db.Query("SELECT id FROM t WHERE read = 0")
	if err != nil {
		return err
	}
	for _, id := range scan(rows) {
		if _, err := db.Exec("UPDATE t SET read = 1 WHERE id = ?", id); err != nil {
			return err
		}
	}
	return nil
}

func marks(ctx context.Context, db *sql.DB) error {
	return markAll(db) // want "low chain: marks.. → markAll"
}

// Who has told another linter that a wait needs no context has said it about its callers, too.

func toldOtherwise(db *sql.DB) error {
	return db.Ping() //nolint:noctx // it is quick
}

func asksQuickly(ctx context.Context, db *sql.DB) error { return toldOtherwise(db) }
