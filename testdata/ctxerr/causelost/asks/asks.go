// Package asks has a function that asks for the cause of a context which another makes.
package asks

import (
	"context"
	"errors"
	"log"
)

var errLost = errors.New("lost")

type lease struct{ ctx context.Context }

func hold(ctx context.Context) *lease {
	ctx, cancel := context.WithCancelCause(ctx) // silent "the package, or a function that gets"
	cancel(errLost)
	log.Println(ctx.Err())
	return &lease{ctx}
}

func (l *lease) why() error { return context.Cause(l.ctx) } // want why:"asks for the cause"
