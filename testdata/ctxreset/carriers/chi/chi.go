// Package chi serves orders with chi, whose handlers are those of net/http.
package chi

import (
	"context"
	"net/http"

	"github.com/go-chi/chi/v5"
	"github.com/go-chi/chi/v5/middleware"

	"ctxlint.test/fixtures/ctxreset/store"
)

type api struct{ db *store.DB }

func (a *api) routes() http.Handler {
	r := chi.NewRouter()
	r.Use(middleware.RequestID, a.withOrder)
	r.Route("/orders/{id}", func(r chi.Router) {
		r.Get("/", a.get)
		r.Delete("/", func(w http.ResponseWriter, req *http.Request) {
			if err := a.db.Check(context.TODO(), chi.URLParam(req, "id")); err != nil { // want `handler: context\.TODO.*req\.Context\(\)`
				http.Error(w, err.Error(), http.StatusInternalServerError)
			}
		})
	})
	return r
}

func (a *api) get(w http.ResponseWriter, r *http.Request) {
	o, err := a.db.Load(context.TODO(), chi.URLParam(r, "id")) // want `handler: context\.TODO.*r\.Context\(\)`
	if err != nil {
		http.Error(w, err.Error(), http.StatusNotFound)
		return
	}
	w.Write([]byte(o.Customer))
}

type orderKey struct{}

// chi's own values are lost, too.
func (a *api) withOrder(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		o, err := a.db.Load(r.Context(), chi.URLParam(r, "id"))
		if err != nil {
			http.Error(w, err.Error(), http.StatusNotFound)
			return
		}
		ctx := context.WithValue(context.TODO(), orderKey{}, o) // want `handler: context\.TODO.*r\.Context\(\)`
		next.ServeHTTP(w, r.WithContext(ctx))
	})
}

// Near misses.

func (a *api) withOrderOfRequest(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx := r.Context()
		o, err := a.db.Load(ctx, chi.URLParamFromCtx(ctx, "id"))
		if err != nil {
			http.Error(w, err.Error(), http.StatusNotFound)
			return
		}
		next.ServeHTTP(w, r.WithContext(context.WithValue(ctx, orderKey{}, o)))
	})
}
