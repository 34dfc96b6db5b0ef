// Package funcvalues gets a fresh root from a function.
package funcvalues

import (
	"context"
	"time"

	"ctxlint.test/fixtures/ctxreset/funcvalues/roots"
	"ctxlint.test/fixtures/ctxreset/store"
)

func fresh() context.Context { return context.TODO() }

func fromFunction(ctx context.Context, db *store.DB, id string) error {
	return db.Check(fresh(), id) // want `direct: context\.TODO`
}

func withTimeout() (context.Context, context.CancelFunc) {
	return context.WithTimeout(context.TODO(), time.Second)
}

func fromPair(ctx context.Context, db *store.DB, id string) error {
	c, cancel := withTimeout() // want `direct: context\.TODO`
	defer cancel()
	return db.Check(c, id)
}

func tagged(user string) context.Context {
	return context.WithValue(fresh(), key{}, user)
}

type key struct{}

func twoHops(ctx context.Context, db *store.DB, id string) error {
	return db.Check(tagged("nobody"), id) // want `direct: context\.TODO`
}

func otherPackage(ctx context.Context, db *store.DB, id string) error {
	return db.Check(roots.New(), id) // want `low direct: context\.Background`
}

func otherPackagePair(ctx context.Context, db *store.DB, id string) error {
	c, cancel := roots.WithTimeout(time.Second) // want `low direct: context\.Background`
	defer cancel()
	return db.Check(c, id)
}

type config struct{ timeout time.Duration }

func (c config) context() (context.Context, context.CancelFunc) {
	return context.WithTimeout(context.TODO(), c.timeout)
}

func fromMethod(ctx context.Context, cfg config, db *store.DB, id string) error {
	c, cancel := cfg.context() // want `direct: context\.TODO`
	defer cancel()
	return db.Check(c, id)
}

func fromLiteral(ctx context.Context, db *store.DB, id string) error {
	newContext := func() context.Context { return context.TODO() }
	return db.Check(newContext(), id) // want `direct: context\.TODO`
}

func fromFunctionValue(ctx context.Context, db *store.DB, id string) error {
	newContext := context.TODO
	return db.Check(newContext(), id) // want `direct: context\.TODO`
}

func fromMethodValue(ctx context.Context, cfg config, db *store.DB, id string) error {
	newContext := cfg.context
	c, cancel := newContext() // want `direct: context\.TODO`
	defer cancel()
	return db.Check(c, id)
}

// It does not matter which of the roots it is.
func either(debug bool) context.Context {
	if debug {
		return context.TODO()
	}
	return context.TODO()
}

func fromEither(ctx context.Context, db *store.DB, id string) error {
	return db.Check(either(false), id) // want `direct: context\.(Background|TODO)`
}

func retrying(n int) context.Context {
	if n > 0 {
		return retrying(n - 1)
	}
	return context.TODO()
}

func fromRecursion(ctx context.Context, db *store.DB, id string) error {
	return db.Check(retrying(3), id) // want `direct: context\.TODO`
}
