package prefilter_test

import (
	"slices"
	"testing"

	"github.com/ctxlint/ctxlint/internal/pass/prefilter"
)

func TestImports(t *testing.T) {
	for _, test := range []struct {
		paths []string
		want  bool
	}{
		{nil, false},
		{[]string{"fmt", "strings"}, false},
		{[]string{"fmt", "context"}, true},
		{[]string{"net/http/httptest"}, false}, // useful only together with net/http
		{[]string{"golang.org/x/sync/errgroup"}, true},
		{[]string{"golang.org/x/net/context"}, true},
		{[]string{"example.com/context"}, false},
		{[]string{"github.com/prometheus/client_golang/prometheus"}, true},
		{[]string{"github.com/prometheus/client_golang/api"}, false},
		{[]string{"github.com/uber-go/tally/v4"}, true},
		{[]string{"go.opentelemetry.io/otel/trace"}, false},
	} {
		if got := prefilter.Imports(slices.Values(test.paths)); got != test.want {
			t.Errorf("Imports(%q) = %t, want %t", test.paths, got, test.want)
		}
	}
}

func TestSource(t *testing.T) {
	for _, test := range []struct {
		src  string
		want bool
	}{
		{"", false},
		{"func f() {\n\tos.Exit(1)\n}", true},
		{"func f() {\n\tlog.Fatalf(\"%v\", err)\n}", true},
		{"func f() {\n\truntime.Goexit()\n}", true},
		{"func f() {\n\tpanic(\"unreachable\")\n}", true},
		{"func f(ok bool) {\n\tif !ok {\n\t\tpanic(\"no\")\n\t}\n}", false},
		{"func f() { c.OnExit(1) }", false},
	} {
		if got := prefilter.Source([]byte(test.src)); got != test.want {
			t.Errorf("Source(%q) = %t, want %t", test.src, got, test.want)
		}
	}
}
