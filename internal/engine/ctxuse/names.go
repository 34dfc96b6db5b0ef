package ctxuse

import (
	"go/types"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/pass/scope"
	"github.com/ctxlint/ctxlint/internal/util/declname"
)

// inertPackages are packages, by path or by path prefix, whose functions use a
// context for its values only.
var inertPackages = []string{
	"context", "log/slog", "runtime/trace", "runtime/pprof", "net/http/httptrace", "testing",
	"google.golang.org/grpc/metadata", "google.golang.org/grpc/peer", "google.golang.org/grpc/grpclog",
	"go.opentelemetry.io/otel/trace", "go.opentelemetry.io/otel/metric", "go.opentelemetry.io/otel/baggage",
	"go.opentelemetry.io/otel/propagation", "go.opentelemetry.io/otel/log",
	"go.opencensus.io/trace", "go.opencensus.io/tag", "go.opencensus.io/stats",
	"github.com/opentracing/opentracing-go", "gopkg.in/DataDog/dd-trace-go.v1/ddtrace",
	"github.com/go-logr/logr", "k8s.io/klog/v2", "sigs.k8s.io/controller-runtime/pkg/log",
	"github.com/rs/zerolog", "github.com/sirupsen/logrus", "go.uber.org/zap", "github.com/getsentry/sentry-go",
	"github.com/grpc-ecosystem/go-grpc-middleware", "github.com/prometheus/client_golang/prometheus",
}

// keepers are packages whose functions keep the context for requests that their
// results make later, unless they do something at once.
var keepers = []string{"golang.org/x/oauth2", "github.com/coreos/go-oidc"}

func keepsByTable(fn *types.Func) bool {
	if fn.Pkg() == nil || !hasPathPrefix(fn.Pkg().Path(), keepers) {
		return false
	}
	switch fn.Name() {
	case "Exchange", "PasswordCredentialsToken", "DeviceAuth", "DeviceAccessToken", "Verify", "UserInfo", "Token":
		return false
	}
	return true
}

func hasPathPrefix(path string, prefixes []string) bool {
	for _, p := range prefixes {
		if rest, ok := strings.CutPrefix(path, p); ok && (rest == "" || rest[0] == '/') {
			return true
		}
	}
	return false
}

func inertByTable(fn *types.Func) bool {
	if fn.Pkg() == nil {
		return false
	}
	return ctxlib.IsMethod(fn, "net", "ListenConfig", "Listen", "ListenPacket") || // it is for the look-up of the address
		ctxlib.IsMethod(fn, "sigs.k8s.io/controller-runtime/pkg/client", "FieldIndexer", "IndexField") || // called before anything runs
		hasPathPrefix(fn.Pkg().Path(), inertPackages)
}

// byName judges a function whose source is out of reach.
func byName(fn *types.Func) Use {
	name := fn.Name()
	results := fn.Signature().Results()
	switch {
	case strings.HasSuffix(name, "FromContext"), strings.HasSuffix(name, "FromCtx"), strings.HasSuffix(name, "InContext"):
		return Inert // reads a value
	case hasWordPrefix(name, "New"), hasWordPrefix(name, "With"), hasWordPrefix(name, "Open"):
		if results.Len() > 0 && !ctxlib.IsContextual(results.At(0).Type()) && fn.Pkg() != nil && !scope.IsStandardPath(fn.Pkg().Path()) {
			return Keeps // a client or an option: its context lives as long as it does
		}
	}
	return Observes
}

// logging are the verbs of loggers: Info, Infof, Infow, InfoContext, InfoCtx, ...
var logging = [...]string{"Trace", "Debug", "Info", "Notice", "Warn", "Warning", "Error", "Log", "Print"}

// isLogger reports whether fn only tells somebody what happened, to judge by its
// name and that of its package: LogIf, logError, logger.CriticalIf. What a
// project's own logger does with the context beyond that, such as sending the
// text elsewhere, is no concern of its callers.
func isLogger(fn *types.Func) bool {
	return fn.Signature().Results().Len() == 0 && (fn.Pkg() != nil && loggerPackages[fn.Pkg().Name()] || IsLogging(fn.Name()))
}

// IsLogging reports whether a function or a variable that holds one is called as
// if it logged.
func IsLogging(name string) bool {
	if isLogging(name) {
		return true
	}
	words := declname.Words(name)
	if words[0] == "log" && len(words) > 1 && !loggedIn[words[1]] {
		return true
	}
	for i, word := range words {
		if word == "log" && i > 0 && !slices.ContainsFunc(words[i+1:], func(w string) bool { return !logEndings[w] }) && i+1 < len(words) {
			return true
		}
	}
	return false
}

var (
	loggerPackages = map[string]bool{"log": true, "logger": true, "logging": true, "xlog": true, "zlog": true, "klog": true, "logutil": true, "logs": true}
	loggedIn       = map[string]bool{"in": true, "out": true, "on": true, "off": true, "into": true} // LogIn is no logging
	logEndings     = map[string]bool{"if": true, "once": true, "f": true, "err": true, "error": true, "event": true, "warn": true, "info": true, "debug": true}
)

func isLogging(name string) bool {
	for _, verb := range logging {
		switch strings.TrimPrefix(name, verb) {
		case name:
		case "", "f", "w", "ln", "x", "Context", "Ctx", "fContext", "fCtx", "Attrs", "S":
			return true
		}
	}
	return false
}

// hasWordPrefix reports whether the name is prefix or goes on with a new word.
func hasWordPrefix(name, prefix string) bool {
	rest, ok := strings.CutPrefix(name, prefix)
	if !ok {
		return false
	}
	first, _ := utf8.DecodeRuneInString(rest)
	return rest == "" || !unicode.IsLower(first)
}
