package ctxuse_test

import (
	"testing"

	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/ctxlint/ctxlint/internal/engine/ctxuse"
)

func TestFacts(t *testing.T) {
	analysistest.Run(t, analysistest.TestData(), ctxuse.Analyzer, "uses", "calls")
}
