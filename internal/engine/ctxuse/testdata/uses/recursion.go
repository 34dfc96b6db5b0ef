package uses

import "context"

// Functions that call one another; the order of their declarations says nothing.

func Walk(ctx context.Context, n int) error {
	if n > 0 {
		return Step(ctx, n-1)
	}
	<-ctx.Done()
	return ctx.Err()
}

func Step(ctx context.Context, n int) error { return Walk(ctx, n-1) }

func OtherStep(ctx context.Context, n int) error { return OtherWalk(ctx, n-1) }

func OtherWalk(ctx context.Context, n int) error {
	if n > 0 {
		return OtherStep(ctx, n-1)
	}
	<-ctx.Done()
	return ctx.Err()
}

func Ping(ctx context.Context, n int) { // want Ping:"context is inert"
	if n > 0 {
		Pong(ctx, n-1)
	}
}

func Pong(ctx context.Context, n int) { Ping(ctx, n-1) } // want Pong:"context is inert"

type node struct{ ctx context.Context }

func StartNode(ctx context.Context, n int) *node { // want StartNode:"keeps its context"
	if n > 0 {
		return StartTree(ctx, n-1)
	}
	return &node{ctx: ctx}
}

func StartTree(ctx context.Context, n int) *node { return StartNode(ctx, n) } // want StartTree:"keeps its context"
