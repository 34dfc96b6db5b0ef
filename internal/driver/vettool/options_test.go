package vettool

import (
	"testing"

	"golang.org/x/tools/go/analysis"

	"github.com/ctxlint/ctxlint/internal/pass/catalog"
)

// TestConfidence wants the flag of an analyzer to beat the one for all, in any order,
// and records to have findings of every confidence, whatever the flags say.
func TestConfidence(t *testing.T) {
	for _, test := range []struct {
		args []string
		want [2]string // of the analyzers a and b
	}{
		{nil, [2]string{"high", "high"}},
		{[]string{"-confidence=medium"}, [2]string{"medium", "medium"}},
		{[]string{"-confidence=medium", "-b.confidence=high"}, [2]string{"medium", "high"}},
		{[]string{"-a.confidence=high", "-confidence=medium"}, [2]string{"high", "medium"}},
		{[]string{"-confidence=low", "-a.confidence=medium"}, [2]string{"medium", "low"}},
		{[]string{"-a.confidence=medium"}, [2]string{"medium", "high"}},
		{[]string{"-a.confidence=high", "-confidence=high", "-ctxlint.records=main"}, [2]string{"low", "low"}},
	} {
		list := []*analysis.Analyzer{withConfidence("a"), withConfidence("b"), {Name: "without"}}
		if _, err := parseOptions(append(test.args, "-json", "unit.cfg"), list); err != nil {
			t.Errorf("%q: %v", test.args, err)
			continue
		}
		for i, want := range test.want {
			if got := list[i].Flags.Lookup(catalog.ConfidenceFlag).Value.String(); got != want {
				t.Errorf("%q: confidence of %s is %s, want %s", test.args, list[i].Name, got, want)
			}
		}
	}
	if _, err := parseOptions([]string{"-confidence=lower", "-json", "unit.cfg"}, []*analysis.Analyzer{withConfidence("a")}); err == nil {
		t.Error("no error for a level that does not exist")
	}
}

func withConfidence(name string) *analysis.Analyzer {
	a := &analysis.Analyzer{Name: name}
	catalog.Bind(&a.Flags, name, nil, catalog.Selection{})
	return a
}
