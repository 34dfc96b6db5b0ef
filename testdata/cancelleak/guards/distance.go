package guards

import (
	"context"
	"time"
)

// Whoever tests the argument knows when there is something to cancel.
func testsArgument(ctx context.Context, d time.Duration) error {
	ctx, cancel := pairOrNil(ctx, d)
	err := work(ctx)
	if 2*d > 0 {
		cancel()
	}
	return err
}

// What takes many steps to compute from the argument says no more of it.
func testsFarFromArgument(ctx context.Context, d time.Duration) error {
	ctx, cancel := pairOrNil(ctx, d) // want "path: is not called on every path"
	err := work(ctx)
	if 3*(3*(3*(3*(3*(3*(3*(3*d))))))) > 0 {
		cancel()
	}
	return err
}
