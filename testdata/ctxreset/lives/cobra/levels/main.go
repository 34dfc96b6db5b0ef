// Package levels starts its commands with a root that goes through several functions.
package levels

import (
	"context"

	"github.com/spf13/cobra"

	"ctxlint.test/fixtures/ctxreset/store"
)

var db = new(store.DB)

var root = &cobra.Command{
	Use: "orders",
	RunE: func(cmd *cobra.Command, args []string) error {
		return db.Check(context.TODO(), args[0])
	},
}

func Execute() error { return execute(base()) }

func execute(ctx context.Context) error { return root.ExecuteContext(ctx) }

func base() context.Context { return context.TODO() }
