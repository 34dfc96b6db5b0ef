// The command loops leaks while main still runs.
package main

import (
	"context"
	"time"
)

func work(ctx context.Context) error { return ctx.Err() }

func main() {
	for {
		ctx, cancel := context.WithTimeout(context.Background(), time.Hour) // want "path: is not called on every path"
		if work(ctx) != nil {
			continue
		}
		cancel()
	}
}
