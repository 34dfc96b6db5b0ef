// The command discards drops a cancel function in main itself, which is never
// needed, even there.
package main

import (
	"context"
	"time"
)

func main() {
	ctx, _ := context.WithTimeout(context.Background(), time.Second) // want "discarded: is discarded"
	<-ctx.Done()
}
