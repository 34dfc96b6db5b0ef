package evidence_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ctxlint/ctxlint/internal/driver/record"
	"github.com/ctxlint/ctxlint/internal/evidence"
	"github.com/ctxlint/ctxlint/internal/evidence/snapshot"
	"github.com/ctxlint/ctxlint/internal/pass/catalog"
	"github.com/ctxlint/ctxlint/internal/report"
)

// What a finding keeps in memory is counted where it or a step of it says that it is made,
// and only for findings about such things.
func TestHeap(t *testing.T) {
	p := newProgram(t)
	heap := p.run(t, "heap")
	findings := func() (findings []*report.Finding) {
		for _, mark := range []string{"cancel", "loop", "ticker", "other"} {
			findings = append(findings, p.finding(t, mark))
		}
		findings[1].Related = []record.Related{{Pos: p.finding(t, "timeout").Pos}}
		same := p.finding(t, "cancel")
		same.Category = "elsewhere"
		return append(findings, same)
	}
	o := p.options()
	o.Category = func(_, category string) catalog.Category {
		if category == "elsewhere" {
			return catalog.Category{}
		}
		return catalog.Category{Keeps: catalog.Contexts}
	}
	check := func(end string) {
		t.Helper()
		list := findings()
		evidence.Lay(&report.Report{Findings: slices.Clone(list)}, []*snapshot.Snapshot{heap}, o)
		for i, want := range []string{"about 20 objects", "about 40 objects", "about 20 objects", "", ""} {
			got := strings.Join(list[i].Evidence.Sentences(), "; ")
			if (got == "") != (want == "") || !strings.HasPrefix(got, want) || want != "" && !strings.HasSuffix(got, "bytes)"+end) {
				t.Errorf("%s: %s; want %s … %s", list[i].Category, got, want, end)
			}
		}
	}
	check("")

	p.edit(t, "import (", "// more\n// and more\n\nimport (")
	o.Sources = p.options().Sources
	check("; near: the build is of other code than this")
}

// Collectors that pile up are in the heap, too.
func TestCollectors(t *testing.T) {
	p := newProgram(t)
	at := p.finding(t, "cancel")
	o := p.options()
	o.Category = func(string, string) catalog.Category { return catalog.Category{Keeps: catalog.Collectors} }
	stack := func(pkg string) *snapshot.Stack {
		return &snapshot.Stack{Count: 30, Frames: []snapshot.Frame{
			{Package: "runtime", Func: "newobject"}, {Package: pkg, Func: "WithCancel", Line: 7},
			{Package: "example.com/program/lib", Func: "Hold", File: "lib.go", Line: at.Pos.Line},
		}}
	}
	evidence.Lay(&report.Report{Findings: []*report.Finding{at}}, []*snapshot.Snapshot{{Kind: snapshot.Heap, Stacks: []*snapshot.Stack{
		stack("github.com/prometheus/client_golang/prometheus/promauto"), stack("context"), stack("github.com/prometheus/client_golang/prometheus2"),
	}}}, o)
	want := []string{"about 30 objects of collectors and callbacks made here live on"}
	if diff := cmp.Diff(want, at.Evidence.Sentences()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
