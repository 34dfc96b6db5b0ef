// Command exits leaves main without calling a cancel function.
package main

import (
	"context"
	"os"
	"time"
)

func work(ctx context.Context) { context.Cause(ctx) }

func main() {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute) // silent "the paths without a call leave main"
	if len(os.Args) > 1 {
		work(ctx)
		return
	}
	cancel()
}
