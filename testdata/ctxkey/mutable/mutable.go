// Package mutable puts things into contexts that are written later.
package mutable

import (
	"context"
	"net/http"
	"sync"
)

type tagsKey struct{}

func tagged(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		tags := map[string]string{}
		ctx := context.WithValue(r.Context(), tagsKey{}, tags) // want "low mutable: this map is shared by all that get the context"
		next.ServeHTTP(w, r.WithContext(ctx))
	})
}

func tag(ctx context.Context, name, value string) {
	if tags, ok := ctx.Value(tagsKey{}).(map[string]string); ok { // silent "the value is asserted with ok, compared,"
		tags[name] = value
	}
}

type stats struct{ n int }

type statsKey struct{}

func counted(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s := &stats{}
		go func() { s.n++ }()
		next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), statsKey{}, s))) // want "low mutable: this struct is shared"
	})
}

// From here on, nothing is wrong.

type readKey struct{}

func read(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		names := []string{"a"}
		next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), readKey{}, names))) // silent "nothing is seen to write to the value"
	})
}

func first(ctx context.Context) string {
	names, _ := ctx.Value(readKey{}).([]string) // silent "the package, or one that it imports,"
	return names[0]
}

type safe struct {
	mu sync.Mutex
	n  int
}

type safeKey struct{}

func locked(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s := new(safe)
		next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), safeKey{}, s)))
	})
}

func add(ctx context.Context) {
	if s, ok := ctx.Value(safeKey{}).(*safe); ok {
		s.mu.Lock()
		s.n++
		s.mu.Unlock()
	}
}

type jobKey struct{}

func noHandler(ctx context.Context) context.Context {
	return context.WithValue(ctx, jobKey{}, map[string]int{}) // silent "the function answers no requests, so"
}

func write(ctx context.Context) { ctx.Value(jobKey{}).(map[string]int)["a"] = 1 } // silent "callers in view give the context, and"
