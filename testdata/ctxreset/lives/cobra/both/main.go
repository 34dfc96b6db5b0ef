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
		return db.Check(context.TODO(), args[0]) // want `direct: context\.TODO.*cmd\.Context\(\)`
	},
}

func Execute(limit time.Duration) error {
	if limit == 0 {
		return root.Execute()
	}
	ctx, cancel := context.WithTimeout(context.TODO(), limit)
	defer cancel()
	return root.ExecuteContext(ctx)
}
