// Package escape has a handler whose goroutine outlives the request.
package escape

import (
	"net/http"

	"github.com/gorilla/mux"

	"ctxlint.test/web/work"
)

func handle(w http.ResponseWriter, r *http.Request) {
	go work.Load(r.Context(), mux.Vars(r)["id"]) // want "goroutine: this goroutine works under the context of the request"
}
