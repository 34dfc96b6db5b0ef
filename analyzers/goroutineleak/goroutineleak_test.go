package goroutineleak_test

import (
	"path/filepath"
	"testing"

	"github.com/ctxlint/ctxlint/analyzers/goroutineleak"
	"github.com/ctxlint/ctxlint/internal/tool/analyzertest"
	"github.com/ctxlint/ctxlint/internal/tool/testenv"
)

func TestFixtures(t *testing.T) {
	analyzertest.NewModule(testenv.Fixtures, "./goroutineleak/...").Run(t, analyzertest.Test{
		Analyzer:      goroutineleak.Analyzer,
		Documentation: goroutineleak.Documentation,
		Packages:      []string{"goroutineleak/..."},
		EveryFact:     []string{"goroutineleak/..."},
		Story:         analyzertest.Every(goroutineleak.Documentation),
	})
}

// TestOlderGo runs the analyzer over a module whose timers are not collected.
func TestOlderGo(t *testing.T) {
	dir := func(t testing.TB) string { return filepath.Join(testenv.Fixtures(t), "goroutineleak", "_go122") }
	analyzertest.NewModule(dir, ".").Run(t, analyzertest.Test{
		Analyzer:      goroutineleak.Analyzer,
		Documentation: goroutineleak.Documentation,
		Packages:      []string{"."},
		EveryFact:     []string{"."},
		Story:         analyzertest.Every(goroutineleak.Documentation),
	})
}
