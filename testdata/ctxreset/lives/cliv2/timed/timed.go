// Package timed runs its app for some time.
package timed

import (
	"context"
	"os"
	"time"

	"github.com/urfave/cli/v2"

	"ctxlint.test/fixtures/ctxreset/store"
)

var app = &cli.App{Action: remove}

var db = new(store.DB)

func remove(c *cli.Context) error {
	return db.Check(context.TODO(), c.Args().First()) // want `medium direct: context\.TODO.*c\.Context`
}

func Run() error {
	ctx, cancel := context.WithTimeout(context.TODO(), time.Hour)
	defer cancel()
	return app.RunContext(ctx, os.Args)
}
