// Package unsafe asserts that values are there.
package unsafe

import (
	"context"
	"net/http"
)

type userKey struct{}

type idKey struct{}

func set(ctx context.Context, name string) context.Context {
	return context.WithValue(context.WithValue(ctx, userKey{}, name), idKey{}, 1)
}

func user(ctx context.Context) string {
	return ctx.Value(userKey{}).(string) // want "unsafe-assert: this panics if the context has no value for userKey{}"
}

func nightly() string { return user(context.Background()) }

func ID(ctx context.Context) int {
	return ctx.Value(idKey{}).(int) // want "low unsafe-assert: this panics if the context has no value for idKey{}"
}

func handler(w http.ResponseWriter, r *http.Request) {
	w.Write([]byte(r.Context().Value(userKey{}).(string))) // want "low unsafe-assert: this panics"
}

// From here on, nothing is wrong.

func WithOK(ctx context.Context) (int, bool) {
	id, ok := ctx.Value(idKey{}).(int)
	return id, ok
}

func Compared(ctx context.Context) int {
	if v := ctx.Value(idKey{}); v != nil {
		return v.(int)
	}
	return 0
}

func inside(ctx context.Context) int { return ctx.Value(idKey{}).(int) }

func caller(ctx context.Context) int { return inside(set(ctx, "x")) }

func Server(r *http.Request) *http.Server {
	return r.Context().Value(http.ServerContextKey).(*http.Server) // silent "the type of the key is declared in another"
}
