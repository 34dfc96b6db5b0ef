// Package through starts commands by functions of another package.
package through

import (
	"context"

	"github.com/spf13/cobra"

	"ctxlint.test/fixtures/ctxlife/starts"
)

func With(ctx context.Context, cmd *cobra.Command) error { // want With:`^starts github.com/spf13/cobra with parameter 0$`
	return starts.With(cmd, ctx)
}

func Root(cmd *cobra.Command) error { // want Root:`^starts github.com/spf13/cobra with a root$`
	return starts.With(cmd, context.TODO())
}
