// Package values gives its commands a context with values, which may be wanted.
package values

import (
	"context"

	"github.com/spf13/cobra"

	"ctxlint.test/fixtures/ctxreset/store"
)

var db = new(store.DB)

var root = &cobra.Command{
	Use: "orders",
	RunE: func(cmd *cobra.Command, args []string) error {
		return db.Check(context.TODO(), args[0]) // want `low direct: context\.TODO.*cmd\.Context\(\)`
	},
}

type key struct{}

func init() {
	root.PersistentPreRun = func(cmd *cobra.Command, args []string) {
		cmd.SetContext(context.WithValue(cmd.Context(), key{}, args))
	}
}

func Execute() error { return root.Execute() }
