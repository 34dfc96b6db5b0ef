// Package background runs its command with a root.
package background

import (
	"context"
	"os"

	"github.com/urfave/cli/v3"

	"ctxlint.test/fixtures/ctxreset/store"
)

var root = &cli.Command{Action: remove}

var db = new(store.DB)

func remove(ctx context.Context, c *cli.Command) error {
	return db.Check(context.Background(), c.Args().First())
}

func Run() error {
	return root.Run(context.Background(), os.Args)
}
