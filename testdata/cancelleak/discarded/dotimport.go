package discarded

import (
	. "context"
	"time"
)

func dotImport(ctx Context) error {
	ctx, _ = WithTimeout(ctx, time.Second) // want "discarded: is discarded"
	return work(ctx)
}

func dotImportCause(ctx Context) error {
	ctx, cancel := WithCancelCause(ctx) // want "discarded: is overwritten before it is called"
	ctx, cancel = WithCancelCause(ctx)
	defer cancel(nil)
	return work(ctx)
}

func dotImportFine(ctx Context) error {
	ctx, cancel := WithTimeout(ctx, time.Second)
	defer cancel()
	return work(ctx)
}
