package direct

import "context"

// What mutually recursive functions do with a context is the same whichever of them
// is declared, or asked about, first.

func walk(ctx context.Context, n int) error {
	if n > 0 {
		return step(ctx, n-1)
	}
	<-ctx.Done()
	return ctx.Err()
}

func step(ctx context.Context, n int) error { return walk(ctx, n-1) }

func backStep(ctx context.Context, n int) error { return backWalk(ctx, n-1) }

func backWalk(ctx context.Context, n int) error {
	if n > 0 {
		return backStep(ctx, n-1)
	}
	<-ctx.Done()
	return ctx.Err()
}

func resetsBoth(ctx context.Context) error {
	if err := walk(context.TODO(), 3); err != nil { // want `direct: context\.TODO`
		return err
	}
	return step(context.TODO(), 3) // want `direct: context\.TODO`
}

func resetsBothBack(ctx context.Context) error {
	if err := backStep(context.TODO(), 3); err != nil { // want `direct: context\.TODO`
		return err
	}
	return backWalk(context.TODO(), 3) // want `direct: context\.TODO`
}

func idle(ctx context.Context, n int) {
	if n > 0 {
		idleNext(ctx, n-1)
	}
}

func idleNext(ctx context.Context, n int) { idle(ctx, n-1) }

func harmless(ctx context.Context) {
	idle(context.TODO(), 3)
	idleNext(context.TODO(), 3)
}
