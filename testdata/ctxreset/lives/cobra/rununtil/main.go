// Command rununtil is started by a helper, until a signal comes.
package main

import (
	"context"
	"os"

	"github.com/spf13/cobra"

	"ctxlint.test/fixtures/ctxreset/lives/cobra/run"
	"ctxlint.test/fixtures/ctxreset/store"
)

var db = new(store.DB)

var root = &cobra.Command{
	Use: "orders",
	RunE: func(cmd *cobra.Command, args []string) error {
		return db.Check(context.TODO(), args[0]) // want `direct: context\.TODO.*cmd\.Context\(\)`
	},
}

func main() {
	if err := run.Until(root, os.Interrupt); err != nil {
		panic(err)
	}
}
