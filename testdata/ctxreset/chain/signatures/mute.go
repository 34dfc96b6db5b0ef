package signatures

import (
	"context"

	"ctxlint.test/fixtures/ctxreset/store"
)

// total gives a number also where it has none: what an ended context cuts short would read
// like 0.
func total(db *store.DB) int {
	o, err := db.Load(context.TODO(), "total")
	if err != nil {
		return 0
	}
	return len(o.Customer)
}

func has(db *store.DB, id string) bool {
	_, err := db.Load(context.TODO(), id)
	return err == nil
}

func warm(db *store.DB) {
	db.Load(context.TODO(), "warm")
}

func summary(ctx context.Context, db *store.DB) (int, bool) {
	warm(db)                       // want "medium chain: → warm"
	return total(db), has(db, "x") // want "low chain: → total" "medium chain: → has"
}
