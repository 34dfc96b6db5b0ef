// Package without has findings for which no fix is right without thought.
package without

import (
	"context"
	"time"

	"ctxlint.test/fixtures/ctxreset/store"
)

// Assigned to itself the parameter would be nothing but noise.
func reassigned(ctx context.Context, db *store.DB, id string) error {
	ctx = context.Background() // want `context\.Background`
	return db.Delete(ctx, id)
}

// The parameter is out of sight where its name means something else.
func shadowed(ctx context.Context, db *store.DB, ids []string) error {
	for _, ctx := range ids {
		if err := db.Delete(context.Background(), ctx); err != nil { // want `context\.Background`
			return err
		}
	}
	return nil
}

// The variable would be left without a use.
func functionValue(ctx context.Context, db *store.DB, id string) error {
	root := context.Background
	return db.Delete(root(), id) // want `context\.Background`
}

func limited() (context.Context, context.CancelFunc) {
	return context.WithTimeout(context.Background(), time.Second)
}

// The call has another result.
func severalResults(ctx context.Context, db *store.DB, id string) error {
	c, cancel := limited() // want `context\.Background`
	defer cancel()
	return db.Delete(c, id)
}

func reset(db *store.DB, id string) error { return db.Delete(context.Background(), id) }

// Every function between the two would have to change.
func chain(ctx context.Context, db *store.DB, id string) error {
	return reset(db, id) // want `→`
}
