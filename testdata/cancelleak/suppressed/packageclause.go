//nolint:cancelleak // the contexts of this file live as long as the process
package suppressed

import "context"

func underPackageClause(ctx context.Context) error {
	ctx, _ = context.WithCancel(ctx)
	return work(ctx)
}
