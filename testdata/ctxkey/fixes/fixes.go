// Package fixes has findings with a fix.
package fixes

import "context"

// userKey is the key of the user.
var userKey any = "user"

func set(ctx context.Context, name string) context.Context {
	return context.WithValue(ctx, userKey, name) // want "collision: userKey is of type string"
}

func get(ctx context.Context) string {
	name, _ := ctx.Value(userKey).(string)
	return name
}
