// Package miniocli has a command of github.com/minio/cli.
package miniocli

import (
	"context"
	"time"

	"github.com/minio/cli"

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
