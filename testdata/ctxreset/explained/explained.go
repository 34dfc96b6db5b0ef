// Package explained has comments in plain words beside fresh contexts. They make a
// note of a finding, and silence none.
package explained

import (
	"context"
	"time"

	"ctxlint.test/fixtures/ctxreset/store"
)

// A comment says that it is meant, not beside the call.
func durable(ctx context.Context, db *store.DB, o store.Order) error {
	// The write below deliberately stays on context.TODO() so that a
	// client that leaves does not keep it from being made.
	stored, err := db.Load(ctx, o.ID)
	if err != nil {
		return err
	}
	stored.Paid = o.Paid
	return db.Verify(context.TODO(), stored) // want `direct: cuts .* off from ctx; pass ctx, or confirm the comment: //ctxlint:detached why$`
}

// The comment stands above the condition.
func condition(ctx context.Context, db *store.DB, o store.Order, durable bool) error {
	// A client that disconnects must not orphan what was just written.
	if durable {
		return db.Verify(context.TODO(), o) // want `direct: confirm the comment`
	}
	return db.Verify(ctx, o)
}

// Fresh ctx: the order is kept whatever becomes of the request.
func abbreviated(ctx context.Context, db *store.DB, o store.Order) error {
	// Background, not ctx.
	return db.Verify(context.TODO(), o) // want `direct: confirm the comment`
}

func goroutine(ctx context.Context, db *store.DB, id string) error {
	failed := make(chan error)
	go func() {
		// The deletion must go on even if the client disconnects.
		failed <- db.Check(context.TODO(), id) // want `goroutine: goroutine is waited for; pass ctx, or confirm the comment`
	}()
	return <-failed
}

// What the comment denies, or tells of something else, explains nothing.

func denied(ctx context.Context, db *store.DB, id string) error {
	// The ping is cancelled together with the request.
	return db.Check(context.TODO(), id) // want `direct: pass ctx$`
}

func otherwise(ctx context.Context, db *store.DB, id string) error {
	// Detach the order from its owner, even if the list is empty.
	return db.Check(context.TODO(), id) // want `direct: pass ctx$`
}

func admitted(ctx context.Context, db *store.DB, id string) error {
	// TODO: we use context.TODO() until Check is fixed.
	return db.Check(context.TODO(), id) // want `direct: pass ctx$`
}

func elsewhere(ctx context.Context, db *store.DB, id string) error {
	// The deletion outlives the request.
	o, err := db.Load(ctx, id)
	if err != nil {
		return err
	}
	return db.Verify(context.TODO(), o) // want `direct: pass ctx$`
}

// A comment in a helper explains the chains through it.

func inHelper(db *store.DB, id string) error { // want inHelper:`inHelper\(\): context\.TODO`
	// The deletion outlives the request.
	return db.Check(context.TODO(), id)
}

func throughHelper(ctx context.Context, db *store.DB, id string) error {
	return inHelper(db, id) // want `medium chain: → inHelper\(\):.* give it a ctx parameter, or confirm the comment: //ctxlint:detached why$`
}

func plainHelper(db *store.DB, id string) error {
	c, cancel := context.WithTimeout(context.TODO(), time.Second)
	defer cancel()
	return db.Check(c, id)
}

func between(db *store.DB, id string) error {
	return plainHelper(db, id) // independent of the request
}

func throughBetween(ctx context.Context, db *store.DB, id string) error {
	return between(db, id) // want `medium chain: → between\(\) → plainHelper\(\):.* give both a ctx parameter, or confirm the comment`
}

func throughBetweenAgain(ctx context.Context, db *store.DB, id string) error {
	return between(db, id)
}

func severalCalls(db *store.DB, id string) error { return db.Check(context.TODO(), id) }

// One call is explained, and the other is what is reported.
func calls(ctx context.Context, db *store.DB, id string) error {
	// Deleted regardless of the caller.
	if err := severalCalls(db, id); err != nil {
		return err
	}
	return severalCalls(db, id) // want `medium chain: → severalCalls\(\):.* give it a ctx parameter \(and 1 other call in this package\)$`
}

// The first root is explained; the chain is that of the second.
func severalRoots(db *store.DB, id string) error { // want severalRoots:`severalRoots\(\): context\.TODO`
	// Deleted regardless of the caller.
	if err := db.Check(context.TODO(), id); err != nil {
		return err
	}
	return db.Check(context.TODO(), id)
}

func throughSeveral(ctx context.Context, db *store.DB, id string) error {
	return severalRoots(db, id) // want `medium chain: context\.TODO\(\).* give it a ctx parameter$`
}
