// Package without has findings without a fix.
package without

import (
	"context"
	"database/sql"
	"net/http"
	"strings"
)

func hidden(ctx context.Context, db *sql.DB) bool {
	errors := 1
	err := db.PingContext(ctx)
	return err == context.Canceled && errors > 0 // want "low compare: an error"
}

func switchOfCall(ctx context.Context, db *sql.DB) bool {
	switch db.PingContext(ctx) { // want "low compare: an error"
	case context.Canceled:
		return true
	}
	return false
}

func otherCase(ctx context.Context, db *sql.DB, other error) bool {
	switch err := db.PingContext(ctx); err { // want "low compare: an error"
	case context.Canceled, other:
		return true
	}
	return false
}

func position(req *http.Request) bool {
	_, err := http.DefaultClient.Do(req)
	return err != nil && strings.Index(err.Error(), "context canceled") > 0 // want "text: the text"
}
