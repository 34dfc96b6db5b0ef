// Package twirp has a method of a Twirp service.
package twirp

import (
	"context"

	"github.com/twitchtv/twirp"

	"ctxlint.test/web/twirp/hats"
	"ctxlint.test/web/work"
)

type server struct{}

func (*server) MakeHat(ctx context.Context, size *hats.Size) (*hats.Hat, error) {
	return nil, twirp.InternalErrorWith(work.Load(context.TODO(), "")) // want `direct: pass ctx`
}

var _ = hats.NewHaberdasherServer(new(server))
