package discarded

import (
	stdctx "context"
	"time"
)

func renamedImport(ctx stdctx.Context) error {
	ctx, _ = stdctx.WithTimeout(ctx, time.Second) // want "discarded: is discarded"
	return work(ctx)
}

func renamedImportNever(ctx stdctx.Context) error {
	ctx, cancel := stdctx.WithTimeout(ctx, time.Second) // want "discarded: is never used"
	_ = cancel
	return work(ctx)
}
