// Package starts has functions that start commands in several ways.
package starts

import (
	"context"
	"os"
	"os/signal"

	"github.com/spf13/cobra"
	cliv2 "github.com/urfave/cli/v2"
	"github.com/urfave/cli/v3"
)

func Plain(cmd *cobra.Command) error { // want Plain:`^starts github.com/spf13/cobra with a root$`
	return cmd.Execute()
}

func With(cmd *cobra.Command, ctx context.Context) error { // want With:`^starts github.com/spf13/cobra with parameter 1$`
	return func() error { return cmd.ExecuteContext(ctx) }()
}

type key struct{}

// Values are added on the way through another function.
func Named(ctx context.Context, cmd *cobra.Command, name string) error { // want Named:`^starts github.com/spf13/cobra with parameter 0$`
	return named(name, ctx, cmd)
}

func named(name string, ctx context.Context, cmd *cobra.Command) error {
	ctx = context.WithValue(ctx, key{}, name)
	return cmd.ExecuteContext(ctx)
}

func Until(cmd *cobra.Command, sig os.Signal) error { // want Until:`^starts github.com/spf13/cobra with a context that ends$`
	ctx, stop := signal.NotifyContext(context.Background(), sig)
	defer stop()
	return With(cmd, ctx)
}

func Stored(cmd *cobra.Command, s *Server) error { // want Stored:`^starts github.com/spf13/cobra with an unknown context$`
	return cmd.ExecuteContext(s.Ctx)
}

type Server struct{ Ctx context.Context }

func (s *Server) Run(ctx context.Context, app *cliv2.App) error { // want Run:`^starts github.com/urfave/cli/v2 with parameter 0, starts github.com/urfave/cli/v3 with a root$`
	if err := app.RunContext(ctx, os.Args); err != nil {
		return err
	}
	return new(cli.Command).Run(context.Background(), os.Args)
}

// Two that call each other.
func Even(cmd *cobra.Command, n int) error { // want Even:`^starts github.com/spf13/cobra with a root$`
	if n == 0 {
		return cmd.Execute()
	}
	return Odd(cmd, n-1)
}

func Odd(cmd *cobra.Command, n int) error { // want Odd:`^starts github.com/spf13/cobra with a root$`
	return Even(cmd, n-1)
}

// It starts nothing.
func New() *cobra.Command { return new(cobra.Command) }
