// Package gate reads tenants from requests, for others.
package gate

import (
	"context"
	"errors"
	"net/http"
)

// Keys knows the tenants.
type Keys interface {
	Allows(ctx context.Context, tenant string) error
}

// Tenant returns what the client claims to be.
func Tenant(r *http.Request) string { return r.Header.Get("X-Tenant") } // want Tenant:`request\(0\)`

// Admit returns the tenant if there is one of that name.
func Admit(keys Keys, r *http.Request) (string, error) { // want Admit:`request\(0\)`
	tenant := r.Header.Get("X-Tenant")
	if err := keys.Allows(r.Context(), tenant); err != nil {
		return "", errors.New("no such tenant")
	}
	return tenant, nil
}
