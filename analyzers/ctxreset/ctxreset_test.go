package ctxreset_test

import (
	"path/filepath"
	"testing"

	"github.com/ctxlint/ctxlint/analyzers/ctxreset"
	"github.com/ctxlint/ctxlint/internal/tool/analyzertest"
	"github.com/ctxlint/ctxlint/internal/tool/testenv"
)

var fixtures = analyzertest.NewModule(testenv.Fixtures, "./ctxreset/...", "./ctxreset/_flags/carriers")

func TestFixtures(t *testing.T) {
	fixtures.Run(t, analyzertest.Test{
		Analyzer:      ctxreset.Analyzer,
		Documentation: ctxreset.Documentation,
		Packages:      []string{"ctxreset/..."},
		Except:        []string{"ctxreset/_flags/..."},
	})
}

// TestFlags runs each fixture below _flags with the flag that it is about.
func TestFlags(t *testing.T) {
	for _, test := range []struct{ flag, value string }{
		{"carriers", "ctxlint.test/fixtures/ctxreset/_flags/carriers.Event=x.Scope()"},
	} {
		t.Run(test.flag, func(t *testing.T) {
			fixtures.Run(t, analyzertest.Test{
				Analyzer:      analyzertest.WithFlags(t, ctxreset.New(ctxreset.Options{}), map[string]string{test.flag: test.value}),
				Documentation: ctxreset.Documentation,
				Packages:      []string{"ctxreset/_flags/" + test.flag},
			})
		})
	}
}

// TestDecisions checks why nothing is said, and that each reason has a fixture.
func TestDecisions(t *testing.T) {
	fixtures.Decisions(t, ctxreset.Analyzer, []string{".", filepath.Join("..", "..", "internal", "engine", "purpose"), filepath.Join("..", "..", "internal", "engine", "athand")}, "ctxreset/decisions")
}
