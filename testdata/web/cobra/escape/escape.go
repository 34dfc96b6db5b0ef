// Package escape has a command, whose context does not end before the process.
package escape

import (
	"github.com/spf13/cobra"

	"ctxlint.test/web/work"
)

// The process ends with the command.
func run(cmd *cobra.Command, args []string) error {
	go work.Load(cmd.Context(), args[0])
	return nil
}
