package importpath_test

import (
	"testing"

	"github.com/ctxlint/ctxlint/internal/model/importpath"
)

func TestCanonical(t *testing.T) {
	for path, want := range map[string]string{
		"expvar":                      "expvar",
		"github.com/uber-go/tally/v4": "github.com/uber-go/tally",
		"github.com/DataDog/datadog-go/v5/statsd":                "github.com/DataDog/datadog-go/statsd",
		"go.opentelemetry.io/otel/semconv/v1.43.0":               "go.opentelemetry.io/otel/semconv",
		"go.opentelemetry.io/otel/semconv/v1.43.0/httpconv":      "go.opentelemetry.io/otel/semconv/httpconv",
		"gopkg.in/alexcesaro/statsd.v2":                          "gopkg.in/alexcesaro/statsd",
		"k8s.io/kubernetes/vendor/k8s.io/component-base/metrics": "k8s.io/component-base/metrics",
		"example.com/v1beta1/vendors":                            "example.com/v1beta1/vendors",
		"example.com/a.v/v/v.1/crypto/sha1":                      "example.com/a.v/v/v.1/crypto/sha1",
	} {
		if got := importpath.Canonical(path); got != want {
			t.Errorf("Canonical(%q) = %q, want %q", path, got, want)
		}
	}
}

func TestIsAmongTests(t *testing.T) {
	for path, want := range map[string]bool{
		"example.com/m/test/images/slow":      true,
		"example.com/m/tests":                 true,
		"example.com/m/pkg/json_test":         true,
		"example.com/m/test_images":           true,
		"example.com/m/e2e/install":           true,
		"example.com/m/pkg/bench":             true,
		"example.com/m/internal/testutils/db": true,
		"example.com/m/attest":                false,
		"example.com/m/contest/latest":        false,
		"example.com/m/testament":             false,
		"testing":                             true,
	} {
		if got := importpath.IsAmongTests(path); got != want {
			t.Errorf("%s: %t, want %t", path, got, want)
		}
	}
}
