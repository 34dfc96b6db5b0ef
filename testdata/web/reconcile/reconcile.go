// Package reconcile has a reconciler of controller-runtime.
package reconcile

import (
	"context"

	"sigs.k8s.io/controller-runtime/pkg/reconcile"

	"ctxlint.test/web/work"
)

type reconciler struct{}

func (reconciler) Reconcile(ctx context.Context, req reconcile.Request) (reconcile.Result, error) {
	return reconcile.Result{}, work.Load(context.TODO(), req.Name) // want `direct: pass ctx`
}
