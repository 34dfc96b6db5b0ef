// Package asker asks for causes.
package asker

import (
	"context"
	"log"
)

func Report(ctx context.Context) { // want Report:"asks for the cause"
	log.Println(context.Cause(ctx))
}

func Silent(ctx context.Context) { log.Println(ctx.Err()) }
