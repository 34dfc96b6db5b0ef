// Package neverset reads values that are not there.
package neverset

import (
	"context"
	"fmt"
	"net/http"

	"ctxlint.test/fixtures/ctxkey/neverset/setter"
)

type userKey struct{}

type pointerKey struct{ name string }

type textKey string

const (
	name  textKey = "name"
	email textKey = "email"
)

func set(ctx context.Context, v string) context.Context {
	ctx = context.WithValue(ctx, userKey{}, v)
	ctx = context.WithValue(ctx, pointerKey{"a"}, v)
	return context.WithValue(ctx, name, v)
}

func byPointer(ctx context.Context) any {
	return ctx.Value(&userKey{}) // want "never-set: a pointer that is made here equals no other, so no value is found"
}

func otherConstant(ctx context.Context) any {
	return ctx.Value(email) // want `never-set: nothing sets the key textKey\("email"\), so this value is always nil`
}

type tenantKey struct{}

func unset(r *http.Request) any {
	return r.Context().Value(tenantKey{}) // want "low never-set: nothing sets the key tenantKey{}, so this value is always nil"
}

type numberKey int

func otherType(ctx context.Context) context.Context {
	return context.WithValue(ctx, numberKey(1), "x")
}

type otherKey int

func sameNumber(ctx context.Context) any {
	return ctx.Value(otherKey(1)) // want `never-set: nothing sets the key otherKey\(1\), so this is always nil: the value is set under numberKey\(1\)`
}

func plain(ctx context.Context) any {
	return ctx.Value("name") // want `medium never-set: the value is set under textKey\("name"\), which is another key than "name"`
}

var varKey = &pointerKey{"var"}

func ofVar(ctx context.Context) any {
	return ctx.Value(varKey) // want "never-set: nothing sets the key varKey"
}

// Exported may be set elsewhere: only the command knows, if it sees the whole program.
type Exported struct{}

func ofExported(ctx context.Context) any {
	return ctx.Value(Exported{})
}

func ofSetter(ctx context.Context) any {
	return ctx.Value(setter.Tenant)
}

// From here on, nothing is wrong.

func right(ctx context.Context) (a, b, c any) {
	return ctx.Value(userKey{}), ctx.Value(name), ctx.Value(setter.User)
}

func ofServer(r *http.Request) any { return r.Context().Value(http.ServerContextKey) }

type looseKey struct{}

func with(ctx context.Context, key, value any) context.Context {
	return context.WithValue(ctx, key, value)
}

func setByHelper(ctx context.Context) context.Context { return with(ctx, looseKey{}, 1) }

func ofLoose(ctx context.Context) any { return ctx.Value(looseKey{}) } // silent "the package does more with keys of the"

type ownContext struct {
	context.Context
	user string
}

type ownKey struct{}

func (c *ownContext) Value(key any) any {
	if key == (ownKey{}) {
		return c.user
	}
	return c.Context.Value(key)
}

func ofOwn(ctx context.Context) any { return ctx.Value(ownKey{}) }

type listKey int

var listed = []listKey{1, 2}

func setListed(ctx context.Context) context.Context {
	for _, k := range listed {
		ctx = context.WithValue(ctx, k, fmt.Sprint(k))
	}
	return ctx
}

func ofListed(ctx context.Context) any { return ctx.Value(listKey(2)) }

func text(ctx context.Context) any { return ctx.Value("trace") } // silent "the key has a basic type, and any package"
