package uses

import (
	"context"
	"log/slog"
)

// LogAway is called like a logger, and waits.
func LogAway(ctx context.Context, msg string) { Waits(ctx) } // want LogAway:"perhaps observes its context"

func LogsAway(ctx context.Context) { LogAway(ctx, "") } // want LogsAway:"perhaps observes its context"

func LogHere(ctx context.Context, msg string) { slog.InfoContext(ctx, msg) } // want LogHere:"context is inert"

// TokenFromContext is called as if it read a value.
func TokenFromContext(ctx context.Context) error { return Waits(ctx) } // want TokenFromContext:"observes its context"

// NewReport is called as if it made something that keeps its context.
func NewReport(ctx context.Context) (string, error) { return "", Waits(ctx) } // want NewReport:"observes its context"
