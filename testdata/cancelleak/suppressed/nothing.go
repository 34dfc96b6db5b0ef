package suppressed

import "context"

func otherAnalyzer(ctx context.Context) error {
	ctx, _ = context.WithCancel(ctx) //nolint:errcheck // want "discarded: is discarded"
	return work(ctx)
}

func similarName(ctx context.Context) error {
	ctx, _ = context.WithCancel(ctx) //nolint:cancelleaks // want "discarded: is discarded"
	return work(ctx)
}

func nolintlint(ctx context.Context) error {
	ctx, _ = context.WithCancel(ctx) //nolintlint // want "discarded: is discarded"
	return work(ctx)
}

func withoutReason(ctx context.Context) error {
	//lint:ignore ctxlint/cancelleak
	ctx, _ = context.WithCancel(ctx) // want "discarded: is discarded"
	return work(ctx)
}

func otherLine(ctx context.Context) error {
	//nolint:cancelleak

	ctx, _ = context.WithCancel(ctx) // want "discarded: is discarded"
	return work(ctx)
}

func below(ctx context.Context) error {
	ctx, _ = context.WithCancel(ctx) // want "discarded: is discarded"
	//nolint:cancelleak
	return work(ctx)
}

func nextStatement(ctx context.Context) error {
	ctx = context.WithoutCancel(ctx) //nolint:cancelleak
	ctx, _ = context.WithCancel(ctx) // want "discarded: is discarded"
	return work(ctx)
}

// A comment in the text: this is what //nolint:cancelleak would look like.
func mentioned(ctx context.Context) error {
	ctx, _ = context.WithCancel(ctx) // want "discarded: is discarded"
	return work(ctx)
}

/* nolint:cancelleak */
func block(ctx context.Context) error {
	ctx, _ = context.WithCancel(ctx) // want "discarded: is discarded"
	return work(ctx)
}

//nolint:cancelleak
func silenced(ctx context.Context) error {
	ctx, _ = context.WithCancel(ctx)
	return work(ctx)
}

func neighbour(ctx context.Context) error {
	ctx, _ = context.WithCancel(ctx) // want "discarded: is discarded"
	return work(ctx)
}
