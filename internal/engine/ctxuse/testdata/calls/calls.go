// Package calls judges functions of another package by their facts, and those of
// an interface by their names.
package calls

import (
	"context"

	"ctxlint.test/ctxuse/uses"
)

type Logger interface {
	Info(ctx context.Context, msg string)
	Load(ctx context.Context) string
}

func Logs(ctx context.Context, l Logger) { // want Logs:"context is inert"
	l.Info(ctx, "x")
	uses.Logs(ctx, "x")
}

func Loads(ctx context.Context, l Logger) string { return l.Load(ctx) } // want Loads:"perhaps observes its context"

func NewService(ctx context.Context) *uses.Client { return uses.New(ctx) } // want NewService:"keeps its context"

func Waits(ctx context.Context) error { return uses.Waits(ctx) }

func Away(ctx context.Context) { uses.LogAway(ctx, "") } // want Away:"perhaps observes its context"

func Token(ctx context.Context) error { return uses.TokenFromContext(ctx) }

func Reports(ctx context.Context) (string, error) { return uses.NewReport(ctx) }
