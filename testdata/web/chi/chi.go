// Package chi has a handler of a chi router.
package chi

import (
	"context"
	"net/http"

	"github.com/go-chi/chi/v5"

	"ctxlint.test/web/work"
)

func handle(w http.ResponseWriter, r *http.Request) {
	work.Load(context.TODO(), chi.URLParam(r, "id")) // want `handler: pass r\.Context\(\)`
}
