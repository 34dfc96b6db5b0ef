// Package status counts failed requests.
package status

import (
	"context"
	"database/sql"
	"errors"
	"expvar"
	"net/http"
	"time"
)

var (
	loadErrors = expvar.NewInt("load_errors")
	loads      = expvar.NewInt("loads")
)

func counts(db *sql.DB) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if err := db.PingContext(r.Context()); err != nil {
			loadErrors.Add(1) // want "medium status: a request that its client has cancelled is counted as an error"
			http.Error(w, err.Error(), http.StatusInternalServerError)
		}
	}
}

func withDeadline(db *sql.DB) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), time.Second)
		defer cancel()
		_, err := db.ExecContext(ctx, "select 1")
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			loadErrors.Add(1) // want "medium status: a request that its client has cancelled"
		}
	}
}

// From here on, nothing is wrong.

func answersOnly(db *sql.DB) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if err := db.PingContext(r.Context()); err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
		}
	}
}

func countsAll(db *sql.DB) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if err := db.PingContext(r.Context()); err != nil {
			loads.Add(1)
		}
	}
}

func asks(db *sql.DB) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if err := db.PingContext(r.Context()); err != nil {
			if !errors.Is(err, context.Canceled) {
				loadErrors.Add(1) // silent "the function asks for the error of a"
			}
		}
	}
}

func otherError(parse func(string) error) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if err := parse(r.URL.Path); err != nil {
			loadErrors.Add(1) // silent "what is counted is not seen to be the"
		}
	}
}

func noHandler(ctx context.Context, db *sql.DB) {
	if err := db.PingContext(ctx); err != nil {
		loadErrors.Add(1)
	}
}
