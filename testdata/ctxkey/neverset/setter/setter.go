// Package setter has keys for others.
package setter

import "context"

type Key string

const (
	User   Key = "user"
	Tenant Key = "tenant"
)

func WithUser(ctx context.Context, name string) context.Context {
	return context.WithValue(ctx, User, name)
}
