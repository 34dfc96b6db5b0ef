// Package plain runs its app without a context.
package plain

import (
	"context"
	"os"

	"github.com/urfave/cli/v2"

	"ctxlint.test/fixtures/ctxreset/store"
)

var app = &cli.App{Action: remove}

var db = new(store.DB)

func remove(c *cli.Context) error {
	return db.Check(context.TODO(), c.Args().First())
}

func Run() error {
	return app.Run(os.Args)
}
