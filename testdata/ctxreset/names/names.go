// Package names has work that is called like cleanup, and is the business of the
// service.
package names

import (
	"context"
	"net/http"

	"ctxlint.test/fixtures/ctxreset/store"
)

// Accounts is another service.
type Accounts interface {
	CloseAccount(ctx context.Context, id string) error
	CancelOrder(ctx context.Context, id string) error
	RevokeToken(ctx context.Context, token string) error
	UnlockUser(ctx context.Context, id string) error
}

type api struct {
	accounts Accounts
	db       *store.DB
}

func (a *api) closeAccount(w http.ResponseWriter, r *http.Request) {
	if err := a.accounts.CloseAccount(context.TODO(), r.PathValue("id")); err != nil { // want `handler: context\.TODO`
		http.Error(w, err.Error(), http.StatusInternalServerError)
	}
}

func (a *api) cancelOrder(ctx context.Context, id string) error {
	return a.accounts.CancelOrder(context.TODO(), id) // want `direct: context\.TODO`
}

func (a *api) logout(w http.ResponseWriter, r *http.Request) {
	if err := a.accounts.RevokeToken(context.TODO(), r.Header.Get("Authorization")); err != nil { // want `handler: context\.TODO`
		http.Error(w, err.Error(), http.StatusInternalServerError)
	}
}

func (a *api) unlockUser(w http.ResponseWriter, r *http.Request) {
	if err := a.accounts.UnlockUser(context.TODO(), r.PathValue("id")); err != nil { // want `handler: context\.TODO`
		http.Error(w, err.Error(), http.StatusInternalServerError)
	}
}

// A clean title is no cleanup.
func (a *api) finalizeInvoice(ctx context.Context, o store.Order) error {
	return a.db.Verify(context.TODO(), o) // want `direct: context\.TODO`
}
