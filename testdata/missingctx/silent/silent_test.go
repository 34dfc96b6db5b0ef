package silent

import (
	"context"
	"database/sql"
	"testing"
	"time"
)

func TestPing(t *testing.T) {
	helper(t.Context(), nil)
}

func helper(ctx context.Context, db *sql.DB) {
	if db != nil {
		db.Ping()
	}
	time.Sleep(time.Minute)
}
