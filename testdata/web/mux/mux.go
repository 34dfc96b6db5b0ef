// Package mux has a handler of a gorilla router.
package mux

import (
	"context"
	"net/http"

	"github.com/gorilla/mux"

	"ctxlint.test/web/work"
)

func handle(w http.ResponseWriter, r *http.Request) {
	work.Load(context.TODO(), mux.Vars(r)["id"]) // want `handler: pass r\.Context\(\)`
}
