package httpapi

import (
	"context"
	"crypto/rand"
	"net/http"
)

// requestKey is the type of the keys of what is known of a request.
type requestKey string

// identified gives each request an ID, by which its log lines are found.
func identified(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx := context.WithValue(r.Context(), requestKey("id"), rand.Text())
		next.ServeHTTP(w, r.WithContext(ctx))
	})
}

// requestID returns the ID of the request, or "".
func requestID(ctx context.Context) string {
	id, _ := ctx.Value(requestKey("request")).(string)
	return id
}
