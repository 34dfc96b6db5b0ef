package tests

import (
	"context"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"
)

// Recorded is part of a program that asks whether it is being tested, and records what its
// handler writes.
func Recorded(h http.Handler, r *http.Request) context.Context {
	if !testing.Testing() {
		h.ServeHTTP(httptest.NewRecorder(), r)
	}
	ctx, _ := context.WithTimeout(r.Context(), time.Minute) // want "low discarded: is discarded"
	return ctx
}
