package analyzers_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/ctxlint/ctxlint/analyzers"
)

// TestExplains checks that exactly those analyzers are said to give reasons that do.
func TestExplains(t *testing.T) {
	for _, e := range analyzers.Suite() {
		files, err := filepath.Glob(filepath.Join(e.Name, "*.go"))
		if err != nil || len(files) == 0 {
			t.Fatalf("%s has no source: %v", e.Name, err)
		}
		gives := false
		for _, file := range files {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			gives = gives || strings.Contains(string(text), "report.Silent(") || strings.Contains(string(text), "reporter.Silent(")
		}
		if gives != e.Explains() {
			t.Errorf("%s gives reasons: %t, and is said to: %t", e.Name, gives, e.Explains())
		}
	}
}
