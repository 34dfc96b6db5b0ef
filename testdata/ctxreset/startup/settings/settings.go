// Package settings reads the settings of a process.
package settings

import (
	"context"

	"ctxlint.test/fixtures/ctxreset/store"
)

// Current are the settings.
var Current store.Order

// LoadSettings is called once, says its name.
func LoadSettings(db *store.DB) (err error) {
	Current, err = db.Load(context.TODO(), "settings")
	return err
}

// InitAudit is, too.
func InitAudit(db *store.DB) error { return db.Verify(context.TODO(), store.Order{ID: "audit"}) }

// LoadOrder is not.
func LoadOrder(db *store.DB) error {
	_, err := db.Load(context.TODO(), "1")
	return err
}

// initCache is not either, whose callers are in view.
func initCache(db *store.DB) error { return db.Verify(context.TODO(), store.Order{ID: "cache"}) }

func use(ctx context.Context, db *store.DB) error {
	return initCache(db) // want `medium chain: →`
}
