package suppressed

import "context"

//lint:file-ignore SA1029 why

func file(ctx context.Context) { _ = context.WithValue(ctx, "key", 1) }
