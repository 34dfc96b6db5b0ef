// Package shared has one helper that many functions call: one report is enough, at a
// nearest caller, by name.
package shared

import (
	"context"
	"net/http"

	"ctxlint.test/fixtures/ctxreset/chain/shared/cache"
	"ctxlint.test/fixtures/ctxreset/store"
)

type api struct{ cache *cache.Cache }

func (a *api) get(ctx context.Context, id string) (store.Order, error) {
	return a.cache.Get(id)
}

func (a *api) total(ctx context.Context, ids []string) (n int64, err error) {
	for _, id := range ids {
		o, err := a.cache.Get(id)
		if err != nil {
			return 0, err
		}
		n += o.Total
	}
	return n, nil
}

func (a *api) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if _, err := a.cache.Get(r.PathValue("id")); err != nil { // want `medium chain: →.*and 4 other calls`
		http.Error(w, err.Error(), http.StatusNotFound)
	}
}

// owner reaches the same root on a longer way.
func (a *api) owner(id string) (string, error) {
	o, err := a.cache.Get(id)
	return o.Customer, err
}

func (a *api) owners(ctx context.Context, ids []string) (names []string, err error) {
	for _, id := range ids {
		name, err := a.owner(id)
		if err != nil {
			return nil, err
		}
		names = append(names, name)
	}
	return names, nil
}
