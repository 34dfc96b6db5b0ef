package scope

import "testing"

func TestRepository(t *testing.T) {
	for path, want := range map[string]string{
		"github.com/ctxlint/ctxlint/internal/pass/location": "github.com/ctxlint/ctxlint",
		"github.com/ctxlint/ctxlint":                        "github.com/ctxlint/ctxlint",
		"golang.org/x/tools/go/ssa":                         "golang.org/x/tools",
		"go.uber.org/zap/zapcore":                           "go.uber.org/zap",
		"example.com/service/api":                           "example.com/service",
		"example.com":                                       "example.com",
		"service/api":                                       "service",
	} {
		if got := repository(path); got != want {
			t.Errorf("repository(%q) = %q, want %q", path, got, want)
		}
	}
}
