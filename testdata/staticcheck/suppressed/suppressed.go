// Package suppressed has all comments that silence a check.
package suppressed

import "context"

func loud(ctx context.Context) {
	_ = context.WithValue(ctx, "key", 1) // want "low SA1029: built-in"
	_ = context.WithValue(ctx, "key", 1) /* want "low SA1029: built-in" */ //nolint:errcheck,cancelleak
	/* want +1 "low SA1029: built-in" */ //lint:ignore SA1012 another check
	_ = context.WithValue(ctx, "key", 1)
	/* want +1 "low SA1029: built-in" */ //lint:ignore SA1029
	_ = context.WithValue(ctx, "key", 1)
}

func silent(ctx context.Context) {
	_ = context.WithValue(ctx, "key", 1) //nolint
	_ = context.WithValue(ctx, "key", 1) //nolint:staticcheck // why
	_ = context.WithValue(ctx, "key", 1) //nolint:SA1029 // why
	_ = context.WithValue(ctx, "key", 1) //nolint:ctxlint // why
	_ = context.WithValue(ctx, "key", 1) //lint:ignore SA1029 why
	_ = context.WithValue(ctx, "key", 1) //lint:ignore SA1012,SA1029 why
	//lint:ignore SA10* why
	_ = context.WithValue(ctx, "key", 1)
	//lint:ignore ctxlint/SA1029 why
	_ = context.WithValue(ctx, "key", 1)
}

// The whole function.
//
//nolint:staticcheck
func function(ctx context.Context) {
	_ = context.WithValue(ctx, "key", 1)
}
