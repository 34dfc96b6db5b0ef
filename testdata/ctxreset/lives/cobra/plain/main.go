// Package plain starts its commands with no context.
package plain

import (
	"context"
	"os"

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

func Execute() {
	root.AddCommand(purge)
	if err := root.Execute(); err != nil {
		os.Exit(1)
	}
}

var purge = &cobra.Command{
	Use: "purge",
	RunE: func(cmd *cobra.Command, args []string) error {
		return purgeAll(cmd.Context(), args)
	},
}

// Only the command above calls it.
func purgeAll(ctx context.Context, ids []string) error {
	for _, id := range ids {
		if err := db.Check(context.TODO(), id); err != nil {
			return err
		}
	}
	return helper(ids[0])
}

func helper(id string) error { return db.Verify(context.TODO(), store.Order{ID: id}) }
