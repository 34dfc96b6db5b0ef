package ctxuse

import (
	"go/types"
	"strings"

	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/model/loglib"
	"github.com/ctxlint/ctxlint/internal/model/words"
	"github.com/ctxlint/ctxlint/internal/pass/scope"
)

// inertPackages are packages, by path or by path prefix, whose functions use
// only the values of a context.
var inertPackages = []string{
	"context", "runtime/trace", "runtime/pprof", "net/http/httptrace", "testing",
	"google.golang.org/grpc/metadata", "google.golang.org/grpc/peer",
	"go.opentelemetry.io/otel/trace", "go.opentelemetry.io/otel/metric", "go.opentelemetry.io/otel/baggage",
	"go.opentelemetry.io/otel/propagation", "go.opentelemetry.io/otel/log",
	"go.opencensus.io/trace", "go.opencensus.io/tag", "go.opencensus.io/stats",
	"github.com/opentracing/opentracing-go", "gopkg.in/DataDog/dd-trace-go.v1/ddtrace", "github.com/getsentry/sentry-go",
	"github.com/grpc-ecosystem/go-grpc-middleware", "github.com/prometheus/client_golang/prometheus",
}

// keepingPackages are packages whose functions keep the context for requests
// that their results make later, except for functions that do something at
// once.
var keepingPackages = []string{"golang.org/x/oauth2", "github.com/coreos/go-oidc"}

func keepsByTable(fn *types.Func) bool {
	if fn.Pkg() == nil {
		return false
	}
	if fn.Pkg().Path() == "github.com/grafana/dskit/services" {
		switch fn.Name() {
		case "StartAsync", "StartAndAwaitRunning", "StartManagerAndAwaitHealthy":
			return true // the context is that of the service, until it is stopped
		}
	}
	if !hasPathPrefix(fn.Pkg().Path(), keepingPackages) {
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
	return ctxlib.IsMethod(fn, "net", "ListenConfig", "Listen", "ListenPacket") || // used to look up the address
		ctxlib.IsMethod(fn, "sigs.k8s.io/controller-runtime/pkg/client", "FieldIndexer", "IndexField") || // called before anything runs
		loglib.IsLibrary(fn.Pkg().Path()) || hasPathPrefix(fn.Pkg().Path(), inertPackages)
}

// readsCache reports whether fn is mostly served out of memory, without a wait: the client of
// a manager of controllers reads from the caches of its informers.
func readsCache(fn *types.Func) bool {
	return ctxlib.IsMethod(fn, "sigs.k8s.io/controller-runtime/pkg/client", "Reader", "Get", "List")
}

// byName judges a function none of whose bodies is in view.
func byName(fn *types.Func) Use {
	name := fn.Name()
	results := fn.Signature().Results()
	switch {
	case IsLogger(fn), words.Reads.Trails(name):
		return Inert
	case words.Lasts.Leads(name):
		return Keeps
	case words.Opens.Leads(name):
		if results.Len() > 0 && !ctxlib.IsContextual(results.At(0).Type()) && fn.Pkg() != nil && !scope.IsStandardPath(fn.Pkg().Path()) {
			return Keeps // a client or an option: its context lives as long as it does
		}
	}
	return Observes
}

// IsLogger reports whether the names of fn and its package say that it only
// tells somebody what happened: LogIf, logError, logger.CriticalIf. What its body
// does beyond that may be of no concern to its callers.
func IsLogger(fn *types.Func) bool {
	return fn.Signature().Results().Len() == 0 && (fn.Pkg() != nil && words.LogPackage.Is(fn.Pkg().Name()) || words.IsLogging(fn.Name()))
}
