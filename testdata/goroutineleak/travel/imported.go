package travel

import (
	"context"

	"ctxlint.test/fixtures/goroutineleak/travel/producers"
)

// The producer is in another package.

func leavesFar(ctx context.Context, work func() int) int {
	select {
	case n := <-producers.Later(work): // want `blocked-send: the goroutine of Later blocks forever at producers/producers\.go:9 when leavesFar leaves without receiving`
		return n
	case <-ctx.Done():
		return 0
	}
}

func leavesFarAgain(ctx context.Context, work func() int) int {
	select {
	case n := <-producers.Again(work): // want `blocked-send: the goroutine of Again blocks forever at producers/producers\.go:9`
		return n
	case <-ctx.Done():
		return 0
	}
}

func firstFar(text []string) (string, error) {
	lines, err := producers.Lines(text) // want `blocked-send: the goroutine of Lines blocks forever at producers/producers\.go:19 when firstFar leaves before receiving everything`
	if err != nil {
		return "", err
	}
	return <-lines, nil
}

func allFar(text []string) error {
	lines, err := producers.Lines(text)
	if err != nil {
		return err
	}
	for line := range lines {
		println(line)
	}
	return nil
}

func roomFar(ctx context.Context, work func() int) int {
	select {
	case n := <-producers.WithRoom(work):
		return n
	case n := <-producers.Until(ctx, work):
		return n
	case <-ctx.Done():
		return 0
	}
}

func takesBatches(ctx context.Context, quit <-chan struct{}) int {
	batches, sum := producers.Batches(ctx), 0 // want `blocked-send: the goroutine of Batches blocks forever at producers/producers\.go:\d+ when takesBatches leaves before receiving everything; let it select on ctx.Done\(\) too`
	for {
		select {
		case n := <-batches:
			sum += n
		case <-quit:
			return sum
		}
	}
}
