package report_test

import (
	"slices"
	"testing"

	"github.com/ctxlint/ctxlint/internal/driver/record"
	"github.com/ctxlint/ctxlint/internal/pass/catalog"
	"github.com/ctxlint/ctxlint/internal/pass/starts"
	"github.com/ctxlint/ctxlint/internal/report"
)

// What a finding assumes about commands is settled by the programs that its package
// is a part of.
func TestAssumptions(t *testing.T) {
	const cobra, other = "github.com/spf13/cobra", "github.com/urfave/cli/v3"
	assumes := func(message, library string, least catalog.Confidence) record.Finding {
		f := finding(at("p.go", 1, 1), message)
		f.Confidence = catalog.Medium
		f.Assumes = starts.Assumption{Library: library, Confidence: least}
		return f
	}
	commands := unit("", "example.com/p",
		assumes("cobra", cobra, catalog.High), assumes("medium anyway", cobra, catalog.Medium), assumes("other", other, catalog.High))
	program := func(path, imports string, list ...starts.Start) record.Unit {
		return record.Unit{ID: path, ImportPath: path, Imports: []string{imports}, Starts: list}
	}
	root := starts.Start{Library: cobra, Context: starts.Root}
	live := starts.Start{Library: cobra, Context: starts.Live}
	unknown := starts.Start{Library: cobra, Context: starts.Unknown}
	between := record.Unit{ID: "example.com/q", ImportPath: "example.com/q", Imports: []string{"example.com/p"}}
	tests := program("example.com/p_test", "example.com/p", root)
	tests.ForTest = "example.com/p"

	const first, rest = "p.go cobra", "p.go medium anyway"
	for _, test := range []struct {
		name  string
		units []record.Unit
		want  []string
		high  bool // the finding is proved, unless something else speaks against it
	}{
		{"nobody starts them", nil, []string{first, rest, "p.go other"}, false},
		{"a root", []record.Unit{program("example.com/a", "example.com/p", root)}, []string{"p.go other"}, false},
		{"a root, through another package", []record.Unit{program("example.com/a", "example.com/q", root)}, []string{"p.go other"}, false},
		{"an end", []record.Unit{program("example.com/a", "example.com/q", live)}, []string{first, rest, "p.go other"}, true},
		{"either", []record.Unit{program("example.com/a", "example.com/p", root), program("example.com/b", "example.com/p", live)}, []string{first, rest, "p.go other"}, true},
		{"unknown", []record.Unit{program("example.com/a", "example.com/p", root, unknown)}, []string{first, rest, "p.go other"}, false},
		{"another program", []record.Unit{program("example.com/a", "example.com/x", root)}, []string{first, rest, "p.go other"}, false},
		{"another library", []record.Unit{program("example.com/a", "example.com/p", starts.Start{Library: other, Context: starts.Root})}, []string{first, rest}, false},
		{"tests", []record.Unit{tests}, []string{first, rest, "p.go other"}, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := build(append([]record.Unit{commands, between}, test.units...), pkgP)
			wantMessages(t, r.Findings, test.want...)
			i := slices.IndexFunc(r.Findings, func(f *report.Finding) bool { return f.Confidence == catalog.High })
			if test.high != (i >= 0) || i >= 0 && r.Findings[i].Message != "cobra" {
				t.Errorf("finding %d has high confidence", i)
			}
		})
	}
}
