package without

import (
	"context"
	"net/http"

	"ctxlint.test/fixtures/ctxreset/store"
)

// The file would not need its import any more: no fix.
func onlyUse(w http.ResponseWriter, r *http.Request) {
	db := new(store.DB)
	if err := db.Check(context.TODO(), r.PathValue("id")); err != nil { // want `handler: context\.TODO`
		http.Error(w, err.Error(), http.StatusBadGateway)
	}
}
