// Package escape has a reconciler whose context does not end with the reconciliation.
package escape

import (
	"context"

	"sigs.k8s.io/controller-runtime/pkg/reconcile"

	"ctxlint.test/web/work"
)

type reconciler struct{}

// The context is that of the manager.
func (reconciler) Reconcile(ctx context.Context, req reconcile.Request) (reconcile.Result, error) {
	go work.Load(ctx, req.Name)
	return reconcile.Result{}, nil
}
