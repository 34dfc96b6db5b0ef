// Package reconcile has a reconciler of controller-runtime.
package reconcile

import (
	"context"

	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/reconcile"

	"ctxlint.test/web/work"
)

type reconciler struct{}

func (reconciler) Reconcile(ctx context.Context, req reconcile.Request) (reconcile.Result, error) {
	return reconcile.Result{}, work.Load(context.TODO(), req.Name) // want `direct: pass ctx`
}

// What a manager's client reads is mostly in memory.
type reader struct{ client.Reader }

func (r reader) list(ctx context.Context, pods client.ObjectList) error {
	_ = ctx.Err()
	return r.List(context.TODO(), pods) // want `low direct: pass ctx`
}
