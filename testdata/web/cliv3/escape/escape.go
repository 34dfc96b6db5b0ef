// Package escape has a command, whose context does not end before the process.
package escape

import (
	"context"

	"github.com/urfave/cli/v3"

	"ctxlint.test/web/work"
)

// The process ends with the command.
func run(ctx context.Context, c *cli.Command) error {
	go work.Load(ctx, c.Args().First())
	return nil
}
