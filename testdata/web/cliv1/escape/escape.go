// Package escape has a command, which has no context.
package escape

import (
	"context"

	"github.com/urfave/cli"

	"ctxlint.test/web/work"
)

func run(c *cli.Context) error {
	go work.Load(context.Background(), c.Args().First())
	return nil
}
