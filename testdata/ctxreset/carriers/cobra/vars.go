package cobra

import (
	"context"
	"time"

	"github.com/spf13/cobra"

	"ctxlint.test/fixtures/ctxreset/store"
)

var db = new(store.DB)

// Commands are often variables of the package.
var rootCmd = &cobra.Command{
	Use: "orders",
	PersistentPreRunE: func(cmd *cobra.Command, args []string) error {
		return db.SQL.PingContext(context.TODO()) // want `direct: context\.TODO.*cmd\.Context\(\)`
	},
}

var deleteCmd = &cobra.Command{
	Use:  "delete ID",
	Args: cobra.ExactArgs(1),
	RunE: func(cmd *cobra.Command, args []string) error {
		ctx, cancel := context.WithTimeout(context.TODO(), time.Minute) // want `direct: context\.TODO.*cmd\.Context\(\)`
		defer cancel()
		return db.Check(ctx, args[0])
	},
}

var payCmd = &cobra.Command{
	Use: "pay ID",
	RunE: func(cmd *cobra.Command, args []string) error {
		return pay(args[0]) // want `medium chain: →`
	},
}

func pay(id string) error { return db.Verify(context.TODO(), store.Order{ID: id, Paid: true}) }

var showCmd = &cobra.Command{
	Use: "show ID",
	RunE: func(cmd *cobra.Command, args []string) error {
		o, err := db.Load(cmd.Context(), args[0])
		if err != nil {
			return err
		}
		cmd.Println(o.Customer)
		return nil
	},
}

func init() {
	showCmd.RunE = func(cmd *cobra.Command, args []string) error {
		_, err := db.Load(context.TODO(), args[0]) // want `direct: context\.TODO.*cmd\.Context\(\)`
		return err
	}
	rootCmd.AddCommand(deleteCmd, payCmd, showCmd)
}
