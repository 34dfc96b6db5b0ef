// Package cobra is a command line with cobra.
package cobra

import (
	"context"
	"os"
	"os/signal"
	"time"

	"github.com/spf13/cobra"

	"ctxlint.test/fixtures/ctxreset/store"
)

func newCommand(db *store.DB) *cobra.Command {
	cmd := &cobra.Command{
		Use: "orders",
		PersistentPreRunE: func(cmd *cobra.Command, args []string) error {
			return db.SQL.PingContext(context.TODO()) // want `direct: context\.TODO.*cmd\.Context\(\)`
		},
	}
	cmd.AddCommand(&cobra.Command{
		Use:  "delete ID",
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			ctx, cancel := context.WithTimeout(context.TODO(), time.Minute) // want `direct: context\.TODO.*cmd\.Context\(\)`
			defer cancel()
			return db.Check(ctx, args[0])
		},
	})
	return cmd
}

type show struct{ db *store.DB }

func (s *show) run(cmd *cobra.Command, args []string) error {
	o, err := s.db.Load(context.TODO(), args[0]) // want `direct: context\.TODO.*cmd\.Context\(\)`
	if err != nil {
		return err
	}
	cmd.Println(o.Customer)
	return nil
}

// Near misses.

func (s *show) runWith(cmd *cobra.Command, args []string) error {
	o, err := s.db.Load(cmd.Context(), args[0])
	if err != nil {
		return err
	}
	cmd.Println(o.Customer)
	return nil
}

// A command that was not given a context has none.
func (s *show) runWithout(cmd *cobra.Command, args []string) error {
	ctx := cmd.Context()
	if ctx == nil {
		ctx = context.TODO()
	}
	_, err := s.db.Load(ctx, args[0])
	return err
}

func execute(db *store.DB) error {
	ctx, stop := signal.NotifyContext(context.TODO(), os.Interrupt)
	defer stop()
	return newCommand(db).ExecuteContext(ctx)
}
