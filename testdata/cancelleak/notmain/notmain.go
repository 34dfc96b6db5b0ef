// Package notmain has a function main that is an ordinary one.
package notmain

import (
	"context"
	"time"
)

func work(ctx context.Context) error { return ctx.Err() }

func main() {
	ctx, cancel := context.WithTimeout(context.Background(), time.Hour) // want "path: is not called on every path"
	if work(ctx) != nil {
		return
	}
	cancel()
}

var _ = main
