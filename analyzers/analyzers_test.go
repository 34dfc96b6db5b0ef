package analyzers_test

import (
	"slices"
	"testing"

	"golang.org/x/tools/go/analysis"

	"github.com/ctxlint/ctxlint/analyzers"
)

func TestSuite(t *testing.T) {
	if err := analysis.Validate(analyzers.All()); err != nil {
		t.Error(err)
	}
	levels := []analyzers.Severity{analyzers.Error, analyzers.Warning, analyzers.Note}
	for _, e := range analyzers.Suite() {
		if e.Documentation.Name != e.Name {
			t.Errorf("%s has the documentation of %s", e.Name, e.Documentation.Name)
		}
		for category := range e.Exceptions {
			if !e.Documentation.HasCategory(category) {
				t.Errorf("%s: a severity for %q, which is no category of it", e.Name, category)
			}
		}
		for _, c := range e.Documentation.Categories() {
			if !slices.Contains(levels, e.SeverityOf(c.Name)) {
				t.Errorf("%s/%s has the severity %q", e.Name, c.Name, e.SeverityOf(c.Name))
			}
		}
	}
}

func TestSeverityOf(t *testing.T) {
	e := analyzers.Entry{Severity: analyzers.Note, Exceptions: map[string]analyzers.Severity{"broken": analyzers.Error}}
	if got := e.SeverityOf("broken"); got != analyzers.Error {
		t.Errorf("severity %q of the exception", got)
	}
	if got := e.SeverityOf("other"); got != analyzers.Note {
		t.Errorf("severity %q of the rest", got)
	}
}
