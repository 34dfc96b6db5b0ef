package suppressed

import "context"

//lint:file-ignore ctxlint/cancelleak the contexts of this file live as long as the process

func inSilencedFile(ctx context.Context) error {
	ctx, _ = context.WithCancel(ctx)
	return work(ctx)
}

func alsoInSilencedFile(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	if err := work(ctx); err != nil {
		return err
	}
	cancel()
	return nil
}
