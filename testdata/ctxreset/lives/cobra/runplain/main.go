// Command runplain is started by a helper, with no context.
package main

import (
	"context"

	"github.com/spf13/cobra"

	"ctxlint.test/fixtures/ctxreset/lives/cobra/run"
	"ctxlint.test/fixtures/ctxreset/store"
)

var db = new(store.DB)

var root = &cobra.Command{
	Use: "orders",
	RunE: func(cmd *cobra.Command, args []string) error {
		return db.Check(context.TODO(), args[0])
	},
}

func main() { run.Plain(root) }
