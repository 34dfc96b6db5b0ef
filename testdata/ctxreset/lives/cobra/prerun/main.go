// Package prerun gives its commands a context with an end before they run.
package prerun

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

var cancel context.CancelFunc

func init() {
	root.PersistentPreRun = func(cmd *cobra.Command, args []string) {
		var ctx context.Context
		ctx, cancel = context.WithTimeout(cmd.Context(), time.Minute)
		cmd.SetContext(ctx)
	}
	root.PersistentPostRun = func(*cobra.Command, []string) { cancel() }
}

func Execute() error {
	return root.Execute()
}
