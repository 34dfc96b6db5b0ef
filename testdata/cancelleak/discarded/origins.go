package discarded

import (
	"context"
	"time"
)

// CancelAlias is another name of the type, not another type.
type CancelAlias = context.CancelFunc

// CauseAlias is an alias of an alias.
type (
	causeAlias0 = context.CancelCauseFunc
	CauseAlias  = causeAlias0
)

// Factory makes contexts.
type Factory interface {
	New(ctx context.Context) (context.Context, context.CancelFunc)
	NewCause(ctx context.Context) (context.Context, CauseAlias)
}

type pool struct {
	derive func(context.Context) (context.Context, context.CancelFunc)
}

func (p *pool) acquire(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeout(ctx, time.Second)
}

func (p *pool) acquireAlias(ctx context.Context) (context.Context, CancelAlias, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	return ctx, cancel, nil
}

func derive(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeout(ctx, time.Second)
}

func onlyCancel(ctx context.Context) context.CancelFunc {
	_, cancel := context.WithCancel(ctx)
	return cancel
}

func cancelFirst(ctx context.Context) (context.CancelFunc, context.Context, error) {
	ctx, cancel := context.WithCancel(ctx)
	return cancel, ctx, nil
}

func functionValue(ctx context.Context) error {
	with := context.WithCancel
	ctx, _ = with(ctx) // want "discarded: cancel function of .* is discarded"
	return work(ctx)
}

var withDefault = context.WithTimeout

func packageFunctionValue(ctx context.Context) error {
	ctx, _ = withDefault(ctx, time.Second) // want "medium discarded: cancel function of .* is discarded"
	return work(ctx)
}

func functionParameter(ctx context.Context, with func(context.Context) (context.Context, context.CancelFunc)) error {
	ctx, _ = with(ctx) // want "medium discarded: cancel function of .* is discarded"
	return work(ctx)
}

func fieldFunction(ctx context.Context, p *pool) error {
	ctx, _ = p.derive(ctx) // want "medium discarded: cancel function of .* is discarded"
	return work(ctx)
}

func ownHelper(ctx context.Context) error {
	ctx, _ = derive(ctx) // want "discarded: cancel function of .*derive is discarded"
	return work(ctx)
}

func ownMethod(ctx context.Context, p *pool) error {
	ctx, _ = p.acquire(ctx) // want "discarded: cancel function of .*acquire is discarded"
	return work(ctx)
}

func ownMethodAlias(ctx context.Context, p *pool) error {
	ctx, _, err := p.acquireAlias(ctx) // want "discarded: cancel function of .*acquireAlias is discarded"
	if err != nil {
		return err
	}
	return work(ctx)
}

func methodValue(ctx context.Context, p *pool) error {
	with := p.acquire
	ctx, _ = with(ctx) // want "discarded: cancel function of .* is discarded"
	return work(ctx)
}

func methodExpression(ctx context.Context, p *pool) error {
	ctx, _ = (*pool).acquire(p, ctx) // want "discarded: cancel function of .* is discarded"
	return work(ctx)
}

func interfaceMethod(ctx context.Context, f Factory) error {
	ctx, _ = f.New(ctx) // want "medium discarded: cancel function of .*New is discarded"
	return work(ctx)
}

func interfaceMethodCause(ctx context.Context, f Factory) error {
	ctx, cancel := f.NewCause(ctx) // want "medium discarded: is never used"
	_ = cancel
	return work(ctx)
}

func calledLiteral(ctx context.Context) error {
	ctx, _ = func() (context.Context, context.CancelFunc) { // want "medium discarded: cancel function of .* is discarded"
		return context.WithTimeout(ctx, time.Second)
	}()
	return work(ctx)
}

func singleResult(ctx context.Context) {
	onlyCancel(ctx) // want "discarded: cancel function of .*onlyCancel is discarded"
}

func singleResultBlank(ctx context.Context) {
	_ = onlyCancel(ctx) // want "discarded: cancel function of .*onlyCancel is discarded"
}

func otherOrder(ctx context.Context) error {
	_, ctx, err := cancelFirst(ctx) // want "discarded: cancel function of .*cancelFirst is discarded"
	if err != nil {
		return err
	}
	return work(ctx)
}

func overwrittenHelper(ctx context.Context) error {
	ctx, cancel := derive(ctx) // want "discarded: is overwritten before it is called"
	ctx, cancel = derive(ctx)
	defer cancel()
	return work(ctx)
}

func parenthesized(ctx context.Context) error {
	ctx, _ = (context.WithCancel)(ctx) // want "discarded: is discarded"
	return work(ctx)
}
