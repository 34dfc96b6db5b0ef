// Package urfave is a command line with urfave/cli.
package urfave

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"time"

	"github.com/urfave/cli/v2"

	"ctxlint.test/fixtures/ctxreset/store"
)

func newApp(db *store.DB) *cli.App {
	return &cli.App{
		Name: "orders",
		Commands: []*cli.Command{{
			Name: "delete",
			Action: func(c *cli.Context) error {
				return db.Check(context.TODO(), c.Args().First()) // want `direct: context\.TODO.*c\.Context`
			},
		}, {
			Name:   "show",
			Action: show(db),
		}},
	}
}

func show(db *store.DB) cli.ActionFunc {
	return func(c *cli.Context) error {
		ctx, cancel := context.WithTimeout(context.TODO(), time.Minute) // want `direct: context\.TODO.*c\.Context`
		defer cancel()
		o, err := db.Load(ctx, c.Args().First())
		if err != nil {
			return err
		}
		fmt.Fprintln(c.App.Writer, o.Customer)
		return nil
	}
}

// Near misses.

func showWith(db *store.DB) cli.ActionFunc {
	return func(c *cli.Context) error {
		ctx, cancel := context.WithTimeout(c.Context, time.Minute)
		defer cancel()
		_, err := db.Load(ctx, c.Args().First())
		return err
	}
}

func run(db *store.DB, args []string) error {
	ctx, stop := signal.NotifyContext(context.TODO(), os.Interrupt)
	defer stop()
	return newApp(db).RunContext(ctx, args)
}
