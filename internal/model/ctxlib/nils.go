package ctxlib

import (
	"go/types"
	"slices"
)

// TakesNil reports whether fn is a function of a library that takes a nil context for one
// that has nothing in it.
func TakesNil(fn *types.Func) bool {
	if fn == nil || fn.Pkg() == nil {
		return false
	}
	switch fn.Pkg().Path() {
	case "log/slog":
		recv := ReceiverName(fn)
		return (recv == "" || recv == "Logger") && slices.Contains(slogTakers, fn.Name())
	case "go.opentelemetry.io/otel/trace":
		return IsFunc(fn, fn.Pkg().Path(), "SpanFromContext") || IsFunc(fn, fn.Pkg().Path(), "SpanContextFromContext")
	}
	return false
}

var slogTakers = []string{"DebugContext", "Enabled", "ErrorContext", "InfoContext", "Log", "LogAttrs", "WarnContext"}
