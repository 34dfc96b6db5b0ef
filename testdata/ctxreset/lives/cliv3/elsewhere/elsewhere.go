// Package elsewhere has a command that another package runs.
package elsewhere

import (
	"context"

	"github.com/urfave/cli/v3"

	"ctxlint.test/fixtures/ctxreset/store"
)

var root = &cli.Command{Action: remove}

var db = new(store.DB)

func remove(ctx context.Context, c *cli.Command) error {
	return db.Check(context.TODO(), c.Args().First()) // want `medium direct: context\.TODO.*ctx`
}

var Root = root
