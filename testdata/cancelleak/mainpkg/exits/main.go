// The command exits ends when what it calls fails.
package main

import (
	"context"
	"fmt"
	"log"
	"os"
)

func work(ctx context.Context) error { return ctx.Err() }

func main() {
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	if err := prepare(ctx); err != nil {
		log.Fatal(err)
	}
	for range 3 {
		if err := tried(ctx); err != nil {
			log.Print(err)
		}
	}
	os.Exit(run(ctx))
}

// prepare ends the process when it fails.
func prepare(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx) // want "low path: is not called on every path"
	if err := work(ctx); err != nil {
		return err
	}
	cancel()
	return nil
}

// tried may fail again and again.
func tried(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx) // want "path: is not called on every path"
	if err := work(ctx); err != nil {
		return err
	}
	cancel()
	return nil
}

func run(ctx context.Context) int {
	if err := load(ctx); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

func load(ctx context.Context) error {
	if _, err := open(ctx); err != nil {
		return fmt.Errorf("load: %w", err)
	}
	return nil
}

// open ends the process by way of two callers.
func open(ctx context.Context) (string, error) {
	ctx, cancel := context.WithCancel(ctx) // want "low path: is not called on every path"
	if err := work(ctx); err != nil {
		return "", err
	}
	cancel()
	return "", nil
}
