// Package escape has a handler whose goroutine outlives the request.
package escape

import (
	"net/http"

	"ctxlint.test/web/work"
)

func handle(w http.ResponseWriter, r *http.Request) {
	go work.Load(r.Context(), r.PathValue("id")) // want "goroutine: this goroutine works under the context of the request"
}

func carry(w http.ResponseWriter, r *http.Request) {
	go func() { w.WriteHeader(http.StatusOK) }() // want `carrier: this goroutine uses w`
}
