// Package cliv1 has a command of github.com/urfave/cli.
package cliv1

import (
	"context"
	"time"

	"github.com/urfave/cli"

	"ctxlint.test/web/work"
)

func run(c *cli.Context) error {
	go poll()
	return work.Load(context.Background(), "")
}

// It lives as long as the process, which is what the command is.
func poll() {
	for {
		time.Sleep(time.Second)
	}
}
