// Package tested is started by its tests, which do not count.
package tested

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
