// Package elsewhere has commands that another package starts.
package elsewhere

import (
	"context"

	"github.com/spf13/cobra"

	"ctxlint.test/fixtures/ctxreset/store"
)

var db = new(store.DB)

var root = &cobra.Command{
	Use: "orders",
	RunE: func(cmd *cobra.Command, args []string) error {
		return db.Check(context.TODO(), args[0]) // want `medium direct: context\.TODO.*cmd\.Context\(\)`
	},
}

var Root = root

// A context that the caller has brought is one to pass on.
func Purge(ctx context.Context, cmd *cobra.Command, id string) error {
	return db.Check(context.TODO(), id) // want `direct: context\.TODO.*pass ctx`
}
