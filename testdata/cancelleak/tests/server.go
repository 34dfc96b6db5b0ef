package tests

import (
	"context"
	"net/http"
	serve "net/http/httptest"
	"time"
)

// Server is for the tests of other packages, without a testing.T.
func Server() *serve.Server {
	return serve.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx, _ := context.WithTimeout(r.Context(), time.Minute) // want "low discarded: is discarded"
		if work(ctx) != nil {
			w.WriteHeader(http.StatusGatewayTimeout)
		}
	}))
}
