package evidence_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/ctxlint/ctxlint/internal/driver/record"
	"github.com/ctxlint/ctxlint/internal/evidence"
	"github.com/ctxlint/ctxlint/internal/evidence/snapshot"
	"github.com/ctxlint/ctxlint/internal/pass/catalog"
	"github.com/ctxlint/ctxlint/internal/report"
	"github.com/ctxlint/ctxlint/internal/report/source"
	"github.com/ctxlint/ctxlint/internal/report/source/sourcetest"
)

// orders are the options for the example service, and a finding about the send that it
// blocks in for certain: of that service, built with GOEXPERIMENT=goroutineleakprofile, is
// the profile of testdata.
func orders(t *testing.T) (evidence.Options, *snapshot.Snapshot, *report.Finding) {
	t.Helper()
	dir, err := filepath.Abs(filepath.Join("..", "..", "examples", "orders"))
	if err != nil {
		t.Fatal(err)
	}
	leaks, err := os.ReadFile(filepath.Join("testdata", "goroutineleak.pb.gz"))
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, "internal", "billing", "quote.go")
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	before, _, found := strings.Cut(string(text), "answers <- ")
	if !found {
		t.Fatal("no send in quote.go")
	}
	pos := record.Position{File: file, Line: 1 + strings.Count(before, "\n"), Col: 11}
	f := &report.Finding{Package: "example.com/orders/internal/billing", Finding: record.Finding{Analyzer: "goroutineleak", Pos: pos, End: pos, Confidence: catalog.Medium}}
	return evidence.Options{
		Packages: []evidence.Package{{"example.com/orders/internal/billing", "billing", filepath.Dir(file)}},
		Modules:  []evidence.Module{{"example.com/orders", dir}}, Sources: source.NewCache(sourcetest.Below(t, dir), nil), Goroutines: 1000, Values: 1000,
	}, read(t, "goroutineleak.pb.gz", string(leaks)), f
}

// What the runtime proves to be leaked is proof for a finding, and reason enough for one if
// there is none.
func TestLeakProfile(t *testing.T) {
	o, leaks, f := orders(t)
	if leaks.Kind != snapshot.Leaks || leaks.Total != 80 {
		t.Fatalf("%+v", leaks)
	}
	dump := &snapshot.Snapshot{Kind: snapshot.Goroutines, Stacks: []*snapshot.Stack{{Frames: leaks.Stacks[0].Frames, Wait: snapshot.Send, Count: 84}}}
	for name, test := range map[string]struct {
		inputs []*snapshot.Snapshot
		want   string
	}{
		"alone":         {[]*snapshot.Snapshot{leaks}, "80 goroutines here (chan send); the runtime proves that nothing can wake them"},
		"with all":      {[]*snapshot.Snapshot{dump, leaks}, "84 goroutines here (chan send); the runtime proves that nothing can wake 80 of them"},
		"with none yet": {[]*snapshot.Snapshot{{Kind: snapshot.Goroutines}, leaks}, "80 goroutines here (chan send); the runtime proves that nothing can wake them"},
	} {
		for _, explained := range []bool{true, false} {
			r := new(report.Report)
			if f.Evidence = nil; explained {
				r.Hidden = append(r.Hidden, f)
			}
			evidence.Lay(r, test.inputs, o)
			if len(r.Findings) != 1 {
				t.Fatalf("%s: %d findings, %v", name, len(r.Findings), r.Errors)
			}
			got := r.Findings[0]
			if text := strings.Join(got.Evidence.Sentences(), "; "); !strings.HasPrefix(text, test.want) || (got == f) != explained {
				t.Errorf("%s, explained: %t: %s", name, explained, text)
			}
			if !explained && (got.Confidence != catalog.High || !strings.Contains(got.Message, "80 goroutines wait to send here forever")) {
				t.Errorf("%s: %s (%s)", name, got.Message, got.Confidence)
			}
		}
	}
}
