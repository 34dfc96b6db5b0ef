// The command mainpkg holds cancel functions around the end of a process.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"time"
)

func work(ctx context.Context) error { return ctx.Err() }

// The process is over when main returns, whatever was called.
func main() {
	flag.Parse()
	ctx, cancel := context.WithCancel(context.Background())
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt)
	if err := work(ctx); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return
	}
	if flag.NArg() > 0 {
		stop()
		cancel()
	}
	blank()
	go background(ctx)
	turns(ctx)
}

func notMain(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx) // want "path: is not called on every path"
	if err := work(ctx); err != nil {
		return err
	}
	cancel()
	return nil
}

// A literal in main is not main.
func init() {
	flag.Usage = func() {
		ctx, cancel := context.WithTimeout(context.Background(), time.Hour) // want "path: is not called on every path"
		if work(ctx) != nil {
			return
		}
		cancel()
	}
}

func blank() {
	ctx, _ := context.WithTimeout(context.Background(), time.Second) // want "discarded: is discarded"
	work(ctx)
}

func background(ctx context.Context) {
	ctx, cancel := context.WithCancel(ctx) // want "path: is not called on every path"
	if work(ctx) == nil {
		cancel()
	}
}

func turns(ctx context.Context) {
	for range 3 {
		c, cancel := context.WithTimeout(ctx, time.Second)
		work(c)
		cancel()
	}
}

type server struct{}

// A method of that name is not the program's entry point.
func (server) main(ctx context.Context) {
	ctx, cancel := context.WithCancel(ctx) // want "path: is not called on every path"
	if work(ctx) == nil {
		cancel()
	}
}
