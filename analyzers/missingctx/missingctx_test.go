package missingctx_test

import (
	"testing"

	"github.com/ctxlint/ctxlint/analyzers/missingctx"
	"github.com/ctxlint/ctxlint/internal/tool/analyzertest"
	"github.com/ctxlint/ctxlint/internal/tool/testenv"
)

var fixtures = analyzertest.NewModule(testenv.Fixtures, "./missingctx/...")

func TestFixtures(t *testing.T) {
	fixtures.Run(t, analyzertest.Test{
		Analyzer:      missingctx.Analyzer,
		Documentation: missingctx.Documentation,
		Packages:      []string{"missingctx/..."},
	})
}

func TestClients(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles many libraries")
	}
	clients := analyzertest.NewModule(testenv.ClientFixtures, "./missingctx/...")
	clients.Run(t, analyzertest.Test{
		Analyzer:      missingctx.Analyzer,
		Documentation: missingctx.Documentation,
		Packages:      []string{"missingctx/..."},
	})
}
