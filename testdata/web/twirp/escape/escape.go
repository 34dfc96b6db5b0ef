// Package escape has a method of a Twirp service whose goroutine outlives the call.
package escape

import (
	"context"

	"ctxlint.test/web/twirp/hats"

	"ctxlint.test/web/work"
)

type server struct{}

func (*server) MakeHat(ctx context.Context, size *hats.Size) (*hats.Hat, error) {
	go work.Load(ctx, "hat") // want "goroutine: this goroutine works under the context of the call"
	return nil, nil
}

type other struct{}

// It has the name of the method, but its type is no service.
func (other) MakeHat(ctx context.Context) error {
	go work.Load(ctx, "hat")
	return nil
}
