// Package run starts the commands of programs.
package run

import (
	"context"
	"os"
	"os/signal"

	"github.com/spf13/cobra"
)

func Plain(cmd *cobra.Command) {
	if err := cmd.Execute(); err != nil {
		os.Exit(1)
	}
}

func With(cmd *cobra.Command, ctx context.Context) error {
	return func() error { return cmd.ExecuteContext(ctx) }()
}

func Until(cmd *cobra.Command, sig os.Signal) error {
	ctx, stop := signal.NotifyContext(context.TODO(), sig)
	defer stop()
	return With(cmd, ctx)
}
