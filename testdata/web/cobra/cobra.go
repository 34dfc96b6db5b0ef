// Package cobra has a command of cobra.
package cobra

import (
	"context"
	"time"

	"github.com/spf13/cobra"

	"ctxlint.test/web/work"
)

func run(cmd *cobra.Command, args []string) error {
	go poll()
	return work.Load(context.Background(), args[0]) // want `low direct: pass cmd\.Context\(\)`
}

// It lives as long as the process, which is what the command is.
func poll() {
	for {
		time.Sleep(time.Second)
	}
}
