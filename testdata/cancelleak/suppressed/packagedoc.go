// Package suppressed has a second paragraph of documentation here.
//
//nolint:ctxlint // the contexts of this file live as long as the process
package suppressed

import "context"

func underPackageDoc(ctx context.Context) error {
	ctx, _ = context.WithCancel(ctx)
	return work(ctx)
}
