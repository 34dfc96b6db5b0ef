// Package escape has a command, whose context does not end before the process.
package escape

import (
	"github.com/urfave/cli/v2"

	"ctxlint.test/web/work"
)

// The process ends with the command.
func run(c *cli.Context) error {
	go work.Load(c.Context, c.Args().First())
	return nil
}
