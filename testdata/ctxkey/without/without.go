// Package without has findings without a fix.
package without

import (
	"context"
	"fmt"
)

var (
	first any = "first"
	other any = "other"
)

func inGroup(ctx context.Context) context.Context {
	return context.WithValue(ctx, first, 1) // want "medium collision: first is of type string"
}

func usedOtherwise(ctx context.Context) context.Context {
	fmt.Println(other)
	return context.WithValue(ctx, other, 1) // want "medium collision: other is of type string"
}

var direct any = "direct"

func variable(ctx context.Context) context.Context {
	return context.WithValue(ctx, direct, 1) // want "medium collision: direct is of type string"
}

func literal(ctx context.Context) any { return ctx.Value("direct") }
