// Package escape has a command, which has no context.
package escape

import (
	"context"

	"github.com/minio/cli"

	"ctxlint.test/web/work"
)

func run(c *cli.Context) error {
	go work.Load(context.Background(), c.Args().First())
	return nil
}
