package retry

import (
	"context"
	"errors"
	"time"
)

// What returns no error when its context has ended is not tried again then.

func restarts(ctx context.Context, news <-chan error) {
	for {
		if err := monitor(ctx, news); err == nil { // silent "what is called returns no error when its"
			break
		}
		time.Sleep(10 * time.Second)
	}
}

func monitor(ctx context.Context, news <-chan error) error {
	for {
		select {
		case <-ctx.Done():
			println("stopping")
			return nil
		case err := <-news:
			return err
		}
	}
}

func restartsAnyway(ctx context.Context, news <-chan error) {
	for {
		if err := monitorOrFail(ctx, news); err == nil { // want "retry: monitorOrFail is tried again"
			break
		}
		time.Sleep(10 * time.Second)
	}
}

func monitorOrFail(ctx context.Context, news <-chan error) error {
	for {
		select {
		case <-ctx.Done():
			return errors.New("stopped")
		case err, ok := <-news:
			if !ok {
				return nil
			}
			return err
		}
	}
}
