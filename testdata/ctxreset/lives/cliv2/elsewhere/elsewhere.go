// Package elsewhere has an app that another package runs.
package elsewhere

import (
	"context"

	"github.com/urfave/cli/v2"

	"ctxlint.test/fixtures/ctxreset/store"
)

var app = &cli.App{Action: remove}

var db = new(store.DB)

func remove(c *cli.Context) error {
	return db.Check(context.TODO(), c.Args().First()) // want `medium direct: context\.TODO.*c\.Context`
}

var App = app

// What is passed on is the context of the command.
func list(c *cli.Context) error { return each(c.Context, c.Args().Slice()) }

func each(ctx context.Context, ids []string) error {
	for _, id := range ids {
		if err := db.Check(context.TODO(), id); err != nil { // want `medium direct: context\.TODO.*ctx`
			return err
		}
	}
	return nil
}
