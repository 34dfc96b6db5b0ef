// Package first sets a key that others set, too. // want package:`sets set:string\("request"\), RequestKey is string\("request"\)`
package first

import "context"

var RequestKey any = "request"

func WithRequest(ctx context.Context, id int) context.Context {
	return context.WithValue(ctx, RequestKey, id) // want "medium collision: RequestKey is of type string, so that any package with the same value"
}
