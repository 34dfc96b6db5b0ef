// Package counterparts calls a function whose counterpart a flag names.
package counterparts

import (
	"context"

	"ctxlint.test/fixtures/missingctx/_flags/counterparts/lib"
)

func awaits(ctx context.Context) error {
	return lib.Await("a") // want `call: lib\.Await goes on after ctx has ended; use Under with ctx`
}
