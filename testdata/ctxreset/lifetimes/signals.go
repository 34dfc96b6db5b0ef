package lifetimes

import (
	"context"
	"time"

	"ctxlint.test/fixtures/ctxreset/store"
)

// A context that a function makes to be told of something by its cancel function.

func waitsForCall(ctx context.Context, db *store.DB, each func(func(store.Order))) error {
	found, tell := context.WithCancel(context.TODO())
	defer tell()
	go each(func(o store.Order) {
		if o.Paid {
			tell()
		}
	})
	<-found.Done()
	return db.SQL.PingContext(ctx)
}

func waitsInGoroutine(ctx context.Context, db *store.DB, tidy func()) error {
	over, tell := context.WithCancel(context.TODO())
	defer func() { tell() }()
	go func() {
		<-over.Done()
		tidy()
	}()
	return db.SQL.PingContext(ctx)
}

// This one is waited for, and given to work as well.
func waitsAndWorks(ctx context.Context, db *store.DB) error {
	found, tell := context.WithCancel(context.TODO()) // want `direct: cuts \(\*sql\.DB\)\.PingContext off from ctx`
	defer tell()
	go tell()
	err := db.SQL.PingContext(found)
	<-found.Done()
	return err
}

// A timer, which the end of the caller's context does not shorten.
func waitsForTimer(ctx context.Context) {
	short, stop := context.WithTimeout(context.TODO(), time.Second) // want `direct: keeps the wait for short\.Done\(\) from ending with ctx`
	defer stop()
	<-short.Done()
}
