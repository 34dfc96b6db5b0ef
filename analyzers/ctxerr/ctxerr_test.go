package ctxerr_test

import (
	"testing"

	"github.com/ctxlint/ctxlint/analyzers/ctxerr"
	"github.com/ctxlint/ctxlint/internal/tool/analyzertest"
	"github.com/ctxlint/ctxlint/internal/tool/testenv"
)

var fixtures = analyzertest.NewModule(testenv.Fixtures, "./ctxerr/...")

func TestFixtures(t *testing.T) {
	fixtures.Run(t, analyzertest.Test{
		Analyzer:      ctxerr.Analyzer,
		Documentation: ctxerr.Documentation,
		Packages:      []string{"ctxerr/..."},
	})
}
