// Package signals starts its commands with a context that a signal ends.
package signals

import (
	"context"
	"os"
	"os/signal"

	"github.com/spf13/cobra"

	"ctxlint.test/fixtures/ctxreset/store"
)

var db = new(store.DB)

var root = &cobra.Command{
	Use: "orders",
	RunE: func(cmd *cobra.Command, args []string) error {
		return db.Check(context.TODO(), args[0]) // want `direct: context\.TODO.*cmd\.Context\(\)`
	},
}

func Execute() error {
	ctx, stop := signal.NotifyContext(context.TODO(), os.Interrupt)
	defer stop()
	return execute(ctx)
}

func execute(ctx context.Context) error { return root.ExecuteContext(ctx) }
