package ctxuse_test

import (
	"testing"

	"github.com/ctxlint/ctxlint/internal/engine/ctxuse"
	"github.com/ctxlint/ctxlint/internal/tool/analyzertest"
)

func TestFacts(t *testing.T) {
	all := []string{"..."}
	analyzertest.NewModule(analyzertest.TestData, "./...").Run(t, analyzertest.Test{Analyzer: ctxuse.Analyzer, Packages: all, EveryFact: all})
}
