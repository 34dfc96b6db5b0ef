// Package cliv2 has a command of github.com/urfave/cli/v2.
package cliv2

import (
	"context"
	"time"

	"github.com/urfave/cli/v2"

	"ctxlint.test/web/work"
)

func run(c *cli.Context) error {
	go poll()
	return work.Load(context.Background(), "") // want `low direct: pass c\.Context`
}

// It lives as long as the process, which is what the command is.
func poll() {
	for {
		time.Sleep(time.Second)
	}
}
