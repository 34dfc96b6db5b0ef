// Package background starts its commands with a root.
package background

import (
	"context"

	"github.com/spf13/cobra"

	"ctxlint.test/fixtures/ctxreset/store"
)

var db = new(store.DB)

var root = &cobra.Command{
	Use: "orders",
	RunE: func(cmd *cobra.Command, args []string) error {
		return db.Check(context.Background(), args[0])
	},
}

func Execute() error {
	ctx := context.Background()
	_, err := root.ExecuteContextC(ctx)
	return err
}
