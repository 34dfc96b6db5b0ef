// Package requests has contexts of its own, which are made of those of requests only.
package requests

import (
	"context"
	"database/sql"
	"net/http"
)

type Context struct {
	context.Context
	User string
}

func New(r *http.Request) *Context { return &Context{r.Context(), r.Header.Get("User")} }

func Find(ctx *Context, db *sql.DB) error {
	if err := db.PingContext(ctx); err != nil {
		return err
	}
	return db.PingContext(context.TODO()) // want `direct: cuts \(\*sql.DB\).PingContext off from ctx`
}

func Show(w http.ResponseWriter, r *http.Request, db *sql.DB) {
	if Find(New(r), db) != nil {
		w.WriteHeader(http.StatusInternalServerError)
	}
}
