package httpapi

import (
	"errors"
	"net/http"
	"strings"

	"example.com/orders/internal/store"
)

// watch answers with one order, whose changes are counted meanwhile. Customers may write
// the ID in small letters.
func (a *api) watch(w http.ResponseWriter, r *http.Request) {
	id := r.PathValue("id")
	a.watched.Join(strings.ToUpper(id))
	defer a.watched.Leave(id)
	o, err := a.orders.Get(r.Context(), strings.ToUpper(id))
	switch {
	case errors.Is(err, store.ErrNotFound):
		http.NotFound(w, r)
	case err != nil:
		fail(w, r, http.StatusInternalServerError, err)
	default:
		answer(w, r, http.StatusOK, o)
	}
}
