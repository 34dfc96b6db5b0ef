// Package fixes has goroutines for which the values of the context are enough.
package fixes

import (
	"context"
	"database/sql"
	"net/http"
)

var db *sql.DB

func save(ctx context.Context, what string) {
	db.ExecContext(ctx, "INSERT INTO audit VALUES (?)", what)
}

func handle(w http.ResponseWriter, r *http.Request) {
	go save(r.Context(), "seen") // want "goroutine: this goroutine works under the context of the request"
}

func named(w http.ResponseWriter, r *http.Request) {
	ctx := r.Context()
	save(ctx, "now")
	go save(ctx, "later") // want "goroutine: this goroutine works under the context of the request"
}

func captured(w http.ResponseWriter, r *http.Request) {
	go func() { // want "goroutine: this goroutine works under the context of the request"
		save(r.Context(), "later")
	}()
}
