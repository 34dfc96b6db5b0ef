package direct

import (
	"context"
	"log/slog"
	"time"

	"ctxlint.test/fixtures/ctxreset/store"
)

func inherits(ctx context.Context, db *store.DB, id string) error {
	o, err := db.Load(ctx, id)
	if err != nil {
		return err
	}
	c, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	return db.Verify(c, o)
}

// No context is at hand.
func nothingAtHand(db *store.DB, id string) error {
	return db.Check(context.TODO(), id)
}

// A struct that embeds no context carries none.
type plain struct{ name string }

func plainReceiver(p plain, db *store.DB) error {
	return db.Check(context.TODO(), p.name)
}

// Context of another kind: the word alone makes no carrier.
type parseContext struct{ line int }

func (p *parseContext) Context() string { return "line" }

func otherContext(p *parseContext, db *store.DB, id string) error {
	return db.Check(context.TODO(), id)
}

// A Context method with a parameter gives something else.
type registry struct{ byName map[string]context.Context }

func (r *registry) Context(name string) context.Context { return r.byName[name] }

func fromRegistry(r *registry, db *store.DB, id string) error {
	return db.Check(context.TODO(), id)
}

// Comparing is not passing on.
func compares(ctx context.Context, db *store.DB, id string) error {
	if ctx == context.TODO() {
		return nil
	}
	return db.Check(ctx, id)
}

// A root that nobody gets.
func unusedRoot(ctx context.Context, db *store.DB, id string) error {
	root := context.TODO()
	_ = root
	return db.Check(ctx, id)
}

// WithoutCancel is what detaching looks like.
func detached(ctx context.Context, db *store.DB, id string) error {
	c, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
	defer cancel()
	return db.Check(c, id)
}

// Logging does not wait for anything.
func logs(ctx context.Context, db *store.DB, id string) error {
	slog.InfoContext(context.TODO(), "delete", "id", id)
	return db.Check(ctx, id)
}

// user only reads a value.
func user(ctx context.Context) string {
	name, _ := ctx.Value(userKey{}).(string)
	return name
}

func readsValue(ctx context.Context, db *store.DB, id string) error {
	if user(context.TODO()) != "" {
		panic("a root has no user")
	}
	return db.Check(ctx, id)
}

// The function that is declared here has no context, and is not called here.
var deleteLater = func(db *store.DB, id string) error {
	return db.Check(context.TODO(), id)
}
