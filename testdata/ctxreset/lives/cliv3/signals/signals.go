// Package signals runs its command until a signal comes.
package signals

import (
	"context"
	"os"
	"os/signal"

	"github.com/urfave/cli/v3"

	"ctxlint.test/fixtures/ctxreset/store"
)

var root = &cli.Command{Action: remove}

var db = new(store.DB)

func remove(ctx context.Context, c *cli.Command) error {
	return db.Check(context.TODO(), c.Args().First()) // want `medium direct: context\.TODO.*ctx`
}

func Run() error {
	ctx, stop := signal.NotifyContext(context.TODO(), os.Interrupt)
	defer stop()
	return root.Run(ctx, os.Args)
}
