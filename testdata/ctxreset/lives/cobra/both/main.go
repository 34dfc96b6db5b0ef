// Package both starts its commands with or without an end.
package both

import (
	"context"
	"time"

	"github.com/spf13/cobra"

	"ctxlint.test/fixtures/ctxreset/store"
)

var db = new(store.DB)

var root = &cobra.Command{
	Use: "orders",
	RunE: func(cmd *cobra.Command, args []string) error {
		return db.Check(context.Background(), args[0]) // want `direct: context\.Background.*cmd\.Context\(\)`
	},
}

func Execute(limit time.Duration) error {
	if limit == 0 {
		return root.Execute()
	}
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	defer cancel()
	return root.ExecuteContext(ctx)
}
