// Package check loses the same context on a shorter way.
package check

import (
	"context"
	"net/http"

	"ctxlint.test/fixtures/ctxreset/chain/hops/bank"
	"ctxlint.test/fixtures/ctxreset/chain/hops/wire"
)

func handler(w http.ResponseWriter, r *http.Request) {
	if err := bank.Check(r.FormValue("addr")); err != nil { // want `medium chain: →.*wire\.go:12`
		http.Error(w, err.Error(), http.StatusBadGateway)
	}
}

func direct(ctx context.Context, addr string) error {
	return wire.SendContext(ctx, addr, nil)
}
