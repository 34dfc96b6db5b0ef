// Package nethttp has a handler of net/http.
package nethttp

import (
	"context"
	"net/http"

	"ctxlint.test/web/work"
)

func handle(w http.ResponseWriter, r *http.Request) {
	work.Load(context.TODO(), "") // want `handler: pass r\.Context\(\)`
}
