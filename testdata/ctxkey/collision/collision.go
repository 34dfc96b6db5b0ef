// Package collision uses keys that others may use, too.
package collision

import (
	"context"

	"ctxlint.test/fixtures/ctxkey/collision/first"
)

func importedToo(ctx context.Context, id int) context.Context {
	return context.WithValue(ctx, "request", id) // want `medium collision: the key "request" is also set at first/first.go:\d+, so one overwrites the other`
}

func uses(ctx context.Context) context.Context { return first.WithRequest(ctx, 1) }

func ofName(ctx context.Context, name string) context.Context {
	return context.WithValue(ctx, "user", name) // the other place, once for both
}

func ofID(ctx context.Context, id int) context.Context {
	return context.WithValue(ctx, "user", id) // want `collision: the key "user" is also set with a value of another type`
}

var hidden any = "hidden"

func behindAny(ctx context.Context, id int) context.Context {
	return context.WithValue(ctx, hidden, id) // want "collision: hidden is of type string, so that any package with the same value uses the same key"
}

// Visible can be changed by nobody but everybody can use it.
var Visible any = 7

func behindExported(ctx context.Context, id int) context.Context {
	return context.WithValue(ctx, Visible, id) // want "medium collision: Visible is of type int"
}

// From here on, nothing is wrong.

type key struct{}

type name string

var ofType any = name("x")

var pointer = &struct{ name string }{"pointer"}

func own(ctx context.Context, id int) context.Context {
	ctx = context.WithValue(ctx, key{}, id)      // silent "the key has a type of its own, to which"
	ctx = context.WithValue(ctx, name("id"), id) // silent "the value is no map, no slice, and no"
	ctx = context.WithValue(ctx, ofType, id)
	return context.WithValue(ctx, pointer, id)
}

// SA1029 reports this key; nothing in view collides with it.
func alone(ctx context.Context, id int) context.Context {
	return context.WithValue(ctx, "alone", id) // silent "only a run over all packages sees what"
}

func sameTypeTwice(ctx context.Context, id int) context.Context {
	return context.WithValue(ctx, "twice", id) // silent "another place before it sets the key,"
}

func sameTypeAgain(ctx context.Context, id int) context.Context {
	return context.WithValue(ctx, "twice", id+1)
}

var changing any = "changing"

func change() { changing = "changed" }

func behindChanging(ctx context.Context, id int) context.Context {
	return context.WithValue(ctx, changing, id) // silent "which key that is, is not known"
}
