package missingctx_test

import (
	"path/filepath"
	"testing"

	"github.com/ctxlint/ctxlint/analyzers/missingctx"
	"github.com/ctxlint/ctxlint/internal/tool/analyzertest"
	"github.com/ctxlint/ctxlint/internal/tool/testenv"
)

var fixtures = analyzertest.NewModule(testenv.Fixtures, "./missingctx/...", "./missingctx/_flags/counterparts", "./missingctx/_flags/except")

func TestFixtures(t *testing.T) {
	fixtures.Run(t, analyzertest.Test{
		Analyzer:      missingctx.Analyzer,
		Documentation: missingctx.Documentation,
		Packages:      []string{"missingctx/..."},
		Except:        []string{"missingctx/_flags/..."},
	})
}

// TestFlags runs each fixture below _flags with the flag that it is about.
func TestFlags(t *testing.T) {
	for _, test := range []struct{ flag, value string }{
		{"counterparts", "ctxlint.test/fixtures/missingctx/_flags/counterparts/lib.Await=Under"},
		{"except", "database/sql.DB.Ping"},
	} {
		t.Run(test.flag, func(t *testing.T) {
			fixtures.Run(t, analyzertest.Test{
				Analyzer:      analyzertest.WithFlags(t, missingctx.New(missingctx.Options{}), map[string]string{test.flag: test.value}),
				Documentation: missingctx.Documentation,
				Packages:      []string{"missingctx/_flags/" + test.flag},
			})
		})
	}
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

// TestDecisions checks why nothing is said, and that each reason has a fixture.
func TestDecisions(t *testing.T) {
	const session = "ctxlint.test/fixtures/missingctx/decisions.session."
	a := analyzertest.WithFlags(t, missingctx.New(missingctx.Options{}), map[string]string{
		"counterparts": session + "Fetch=FetchContext," + session + "Send=SendContext",
	})
	fixtures.Decisions(t, a, []string{".", filepath.Join("..", "..", "internal", "engine", "athand")}, "missingctx/decisions")
}
