// Package helpers has handlers whose helpers start goroutines.
package helpers

import (
	"context"
	"database/sql"
	"net/http"

	"ctxlint.test/fixtures/ctxescape/helpers/jobs"
)

var db *sql.DB

func far(w http.ResponseWriter, r *http.Request) {
	jobs.Audit(r.Context(), db) // want "goroutine: Audit starts a goroutine that works under the context of the request"
	w.WriteHeader(http.StatusAccepted)
}

func near(w http.ResponseWriter, r *http.Request) {
	ctx := r.Context()
	audit(ctx) // want "goroutine: audit starts a goroutine that works under the context of the request"
}

func audit(ctx context.Context) { through(ctx) }

func through(ctx context.Context) {
	go func() { db.ExecContext(ctx, "INSERT INTO audit VALUES (now())") }()
}

func silent(w http.ResponseWriter, r *http.Request) {
	ctx := r.Context()
	jobs.Write(ctx, db)
	jobs.Detached(ctx, db)
	jobs.Audit(context.WithoutCancel(ctx), db)
	go jobs.Watch(ctx)
	for range jobs.Feed(ctx, db) {
	}
}

func waits(w http.ResponseWriter, r *http.Request, done <-chan int) {
	audit(r.Context()) // silent "the handler waits for others after that"
	<-done
}
