// Package importer is in order, but what it imports is not.
package importer

import (
	"context"

	"ctxlint.test/fixtures/cancelleak/_illtyped/broken"
	"ctxlint.test/fixtures/cancelleak/_illtyped/syntax"
)

func use(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	if ctx == nil {
		return syntax.Err
	}
	defer broken.Close(cancel)
	return nil
}
