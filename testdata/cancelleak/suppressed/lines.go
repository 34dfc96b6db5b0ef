// Package suppressed has findings that comments silence, and comments that
// silence nothing.
package suppressed

import (
	"context"
	"time"
)

func work(ctx context.Context) error { return ctx.Err() }

// At the end of the reported line.

func everything(ctx context.Context) error {
	ctx, _ = context.WithCancel(ctx) //nolint
	return work(ctx)
}

func everythingWithReason(ctx context.Context) error {
	ctx, _ = context.WithCancel(ctx) //nolint // the process ends soon
	return work(ctx)
}

func everythingNamed(ctx context.Context) error {
	ctx, _ = context.WithCancel(ctx) //nolint:all
	return work(ctx)
}

func suite(ctx context.Context) error {
	ctx, _ = context.WithCancel(ctx) //nolint:ctxlint
	return work(ctx)
}

func analyzer(ctx context.Context) error {
	ctx, _ = context.WithCancel(ctx) //nolint:cancelleak // the process ends soon
	return work(ctx)
}

func category(ctx context.Context) error {
	ctx, _ = context.WithCancel(ctx) //nolint:cancelleak/discarded // the process ends soon
	return work(ctx)
}

func categoryOfSuite(ctx context.Context) error {
	ctx, _ = context.WithCancel(ctx) //nolint:ctxlint/cancelleak/discarded
	return work(ctx)
}

func categoryForStaticcheck(ctx context.Context) error {
	//lint:ignore cancelleak/discarded the process ends soon
	ctx, _ = context.WithCancel(ctx)
	return work(ctx)
}

func otherCategory(ctx context.Context) error {
	ctx, _ = context.WithCancel(ctx) //nolint:cancelleak/loop // want "discarded: is discarded"
	return work(ctx)
}

func misspelt(ctx context.Context) error {
	ctx, _ = context.WithCancel(ctx) //nolint:canceleak // want "discarded: is discarded"
	return work(ctx)
}

func oneOfSeveral(ctx context.Context) error {
	ctx, _ = context.WithCancel(ctx) //nolint:govet,cancelleak,gosec // the process ends soon
	return work(ctx)
}

func spaces(ctx context.Context) error {
	ctx, _ = context.WithCancel(ctx) // nolint:govet, cancelleak // the process ends soon
	return work(ctx)
}

func capitals(ctx context.Context) error {
	ctx, _ = context.WithCancel(ctx) //nolint:CancelLeak
	return work(ctx)
}

func staticcheckStyleAtEnd(ctx context.Context) error {
	ctx, _ = context.WithCancel(ctx) //lint:ignore ctxlint/cancelleak the process ends soon
	return work(ctx)
}

// On the line above.

func above(ctx context.Context) error {
	//nolint:cancelleak
	ctx, _ = context.WithCancel(ctx)
	return work(ctx)
}

func aboveAmongOthers(ctx context.Context) error {
	// The process ends soon.
	//nolint:cancelleak
	// And nothing waits for it.
	ctx, _ = context.WithCancel(ctx)
	return work(ctx)
}

func staticcheckStyle(ctx context.Context) error {
	//lint:ignore ctxlint/cancelleak the process ends soon
	ctx, _ = context.WithCancel(ctx)
	return work(ctx)
}

func staticcheckStyleSuite(ctx context.Context) error {
	//lint:ignore ctxlint/* the process ends soon
	ctx, _ = context.WithCancel(ctx)
	return work(ctx)
}

func staticcheckStyleSeveral(ctx context.Context) error {
	//lint:ignore SA4006,ctxlint/cancelleak the process ends soon
	ctx, _ = context.WithCancel(ctx)
	return work(ctx)
}

// At the statement that holds the reported line.

func blockAbove(ctx context.Context, ok bool) error {
	//nolint:cancelleak
	if ok {
		ctx, _ = context.WithCancel(ctx)
	}
	return work(ctx)
}

func blockAtEnd(ctx context.Context, ok bool) error {
	if ok { //nolint:cancelleak
		ctx, _ = context.WithCancel(ctx)
	}
	return work(ctx)
}

func severalLines(ctx context.Context) error {
	//nolint:cancelleak
	ctx, _ = context.WithTimeout(
		ctx,
		time.Second,
	)
	return work(ctx)
}

func loop(ctx context.Context, names []string) {
	for range names {
		c, cancel := context.WithTimeout(ctx, time.Second)
		defer cancel() //nolint:cancelleak // few names
		work(c)
	}
}

func path(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx) //nolint:cancelleak // err ends the process
	if err := work(ctx); err != nil {
		return err
	}
	cancel()
	return nil
}

func early(ctx context.Context) context.Context {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	//nolint:cancelleak // a dead context is what the caller wants
	return ctx
}

// At the declaration.

// declared is documented.
//
//nolint:cancelleak // the process ends soon
func declared(ctx context.Context) error {
	ctx, _ = context.WithCancel(ctx)
	return work(ctx)
}

//lint:ignore ctxlint/cancelleak the process ends soon
func declaredStaticcheckStyle(ctx context.Context) error {
	if ctx.Err() == nil {
		ctx, _ = context.WithCancel(ctx)
	}
	return work(ctx)
}

func declaredAtEnd(ctx context.Context) error { //nolint:cancelleak
	ctx, _ = context.WithCancel(ctx)
	return work(ctx)
}

//nolint:cancelleak
var global, _ = context.WithCancel(context.Background())

var (
	first, _ = context.WithCancel(context.Background()) //nolint:cancelleak
	//nolint:cancelleak
	second, _ = context.WithCancel(context.Background())
	third, _  = context.WithCancel(context.Background()) // want "low discarded: is discarded"
)

//nolint:cancelleak
var (
	fourth, _ = context.WithCancel(context.Background())
	fifth, _  = context.WithCancel(context.Background())
)

type server struct{}

// run is documented.
//
//nolint:ctxlint
func (server) run(ctx context.Context) {
	go func() {
		ctx, _ := context.WithCancel(ctx)
		work(ctx)
	}()
}

var handlers = map[string]func(context.Context) error{
	//nolint:cancelleak
	"silenced": func(ctx context.Context) error {
		ctx, _ = context.WithCancel(ctx)
		return work(ctx)
	},
	"reported": func(ctx context.Context) error {
		ctx, _ = context.WithCancel(ctx) // want "discarded: is discarded"
		return work(ctx)
	},
}

func switches(ctx context.Context, mode int) error {
	switch mode {
	//nolint:cancelleak
	case 0:
		ctx, _ = context.WithCancel(ctx)
	case 1:
		ctx, _ = context.WithCancel(ctx) // want "discarded: is discarded"
	}
	return work(ctx)
}

func withoutPrefix(ctx context.Context) error {
	//lint:ignore cancelleak the name of the suite may be left out
	ctx, _ = context.WithCancel(ctx)
	return work(ctx)
}
