// Package given leaves it to its importers how its commands are started.
package given

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

func Execute(ctx context.Context) error {
	return execute("", ctx)
}

func execute(name string, ctx context.Context) error {
	ctx = context.WithValue(ctx, key{}, name)
	return root.ExecuteContext(ctx)
}

type key struct{}
