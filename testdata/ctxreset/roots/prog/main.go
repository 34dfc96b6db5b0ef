// The command prog builds the roots of a process.
package main

import (
	"context"
	"log"
	"os"
	"os/signal"
	"time"

	"ctxlint.test/fixtures/ctxreset/store"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	db := new(store.DB)
	if err := db.SQL.PingContext(context.Background()); err != nil {
		log.Fatal(err)
	}
	migrate(db)
	if err := run(ctx, db); err != nil {
		log.Print(err)
	}
	closeCtx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	db.Close(closeCtx)
}

// migrate is called by main alone.
func migrate(db *store.DB) {
	if err := db.Verify(context.Background(), store.Order{}); err != nil {
		log.Fatal(err)
	}
}

// rootContext is where main could have had it from.
func rootContext() (context.Context, context.CancelFunc) {
	return signal.NotifyContext(context.Background(), os.Interrupt)
}

func run(ctx context.Context, db *store.DB) error {
	if _, err := db.Load(ctx, "1"); err != nil {
		return err
	}
	return db.Check(context.Background(), "1") // want `low direct: context\.Background`
}
