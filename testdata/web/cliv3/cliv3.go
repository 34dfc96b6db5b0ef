// Package cliv3 has a command of github.com/urfave/cli/v3.
package cliv3

import (
	"context"
	"time"

	"github.com/urfave/cli/v3"

	"ctxlint.test/web/work"
)

func run(ctx context.Context, c *cli.Command) error {
	go poll()
	return work.Load(context.Background(), "") // want `low direct: pass ctx`
}

// It lives as long as the process, which is what the command is.
func poll() {
	for {
		time.Sleep(time.Second)
	}
}
