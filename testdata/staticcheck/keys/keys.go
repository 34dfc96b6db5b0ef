// Package keys has keys of contexts.
package keys

import "context"

type key struct{}

type name string

type text = string

func found(ctx context.Context, list []int) context.Context {
	ctx = context.WithValue(ctx, "keys.user", 1)        // want "low SA1029: should not use built-in type string"
	ctx = context.WithValue(ctx, 4711, 1)               // want "low SA1029: should not use built-in type int"
	ctx = context.WithValue(ctx, text("keys.alias"), 1) // want "low SA1029: via alias text"
	ctx = context.WithValue(ctx, struct{}{}, 1)         // want "low SA1029: empty anonymous struct"
	return context.WithValue(ctx, list, 1)              // want "low SA1029: must be comparable"
}

// claims has names that others choose.
func claims(ctx context.Context, all map[string]any) context.Context {
	for name, value := range all {
		ctx = context.WithValue(ctx, name, value) // want "low SA1029: should not use built-in type string"
	}
	return ctx
}

// Here, ctxkey says that one overwrites the other.
func overwrites(ctx context.Context) context.Context {
	ctx = context.WithValue(ctx, "keys.tenant", 1)
	return context.WithValue(ctx, "keys.tenant", "name")
}

// Here it does not: both values are of one type.
func agrees(ctx context.Context) context.Context {
	ctx = context.WithValue(ctx, "keys.trace", 1)  // want "low SA1029: should not use built-in type string"
	return context.WithValue(ctx, "keys.trace", 2) // want "low SA1029: should not use built-in type string"
}

func silent(ctx context.Context, k any) context.Context {
	ctx = context.WithValue(ctx, key{}, 1)
	ctx = context.WithValue(ctx, name("user"), 1)
	ctx = context.WithValue(ctx, new(int), 1)
	return context.WithValue(ctx, k, 1) // nobody knows
}
