package report_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ctxlint/ctxlint/internal/driver/record"
	"github.com/ctxlint/ctxlint/internal/pass/catalog"
	"github.com/ctxlint/ctxlint/internal/report"
)

// call returns a finding in a function whose path ends at a root after some steps.
func call(pos record.Position, fn string, steps int, root string) record.Finding {
	f := finding(pos, fn+" calls")
	f.Func = fn
	f.Root = &catalog.Root{Place: root, Func: "Mark", Steps: steps}
	return f
}

// buildRoots makes a report in which findings are identified by their roots.
func buildRoots(units []record.Unit, packages ...report.Package) *report.Report {
	o := options(packages...)
	o.Category = func(_, category string) catalog.Category {
		return catalog.Category{Name: category, Severity: catalog.Warning, Identity: catalog.OfRoot}
	}
	return report.Build(units, o)
}

const (
	rootA = "example.com/store/store.go:7"
	rootB = "example.com/store/store.go:9"
)

func TestMerge(t *testing.T) {
	far := call(at("p.go", 1, 1), "A", 2, rootA)
	near := call(at("q.go", 1, 1), "C", 1, rootA)
	nearer := call(at("q.go", 9, 1), "B", 1, rootA)
	explained := call(at("p.go", 2, 1), "A", 1, rootA)
	explained.Explained = true
	unsure := call(at("p.go", 3, 1), "A", 1, rootA)
	unsure.Confidence = catalog.Medium
	silenced := call(at("p.go", 4, 1), "A", 1, rootA)
	silenced.Suppressed = &record.Suppression{Pos: at("p.go", 4, 20)}
	other := call(at("p.go", 5, 1), "A", 1, rootB)
	plain := finding(at("p.go", 6, 1), "no root")

	for _, test := range []struct {
		name string
		p, q []record.Finding
		want []string
	}{
		{"one call", []record.Finding{far}, nil, []string{"p.go A calls"}},
		{"the nearest is shown", []record.Finding{far}, []record.Finding{near}, []string{"q.go C calls (and 1 call in 1 other package)"}},
		{"among equals the name decides", []record.Finding{far}, []record.Finding{near, nearer}, []string{"q.go B calls (and 1 other call in this package, 1 in 1 other package)"}},
		{"a comment speaks for its own call", []record.Finding{far, explained}, nil, []string{"p.go A calls (and 1 other call in this package)"}},
		{"all are explained", []record.Finding{explained}, nil, []string{"p.go A calls"}},
		{"what is proved is shown", []record.Finding{unsure}, []record.Finding{near}, []string{"q.go C calls (and 1 call in 1 other package)"}},
		{"silenced calls do not count", []record.Finding{silenced}, []record.Finding{near}, []string{"q.go C calls"}},
		{"two roots", []record.Finding{far, other}, []record.Finding{near}, []string{"p.go A calls", "q.go C calls (and 1 call in 1 other package)"}},
		{"others stay", []record.Finding{plain, plain}, []record.Finding{near}, []string{"p.go no root", "q.go C calls"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := buildRoots([]record.Unit{unit("", "example.com/p", test.p...), unit("", "example.com/q", test.q...)}, pkgP, pkgQ)
			r.Merge()
			wantMessages(t, r.Findings, test.want...)
		})
	}
}

// What is left of a merged finding is merged anew.
func TestMergeThenDrop(t *testing.T) {
	r := buildRoots([]record.Unit{
		unit("", "example.com/p", call(at("p.go", 1, 1), "A", 2, rootA), call(at("p.go", 5, 1), "Z", 3, rootA)),
		unit("", "example.com/q", call(at("q.go", 1, 1), "C", 1, rootA)),
	}, pkgP, pkgQ)
	r.Merge()
	if n := len(r.Findings[0].Parts()); n != 3 {
		t.Errorf("%d parts, want 3", n)
	}
	r.Drop(func(f *report.Finding) bool { return f.Func == "C" })
	wantMessages(t, r.Findings, "p.go A calls (and 1 other call in this package)")
	r.Drop(func(f *report.Finding) bool { return f.Func == "A" })
	wantMessages(t, r.Findings, "p.go Z calls")
	r.Drop(func(*report.Finding) bool { return true })
	wantMessages(t, r.Findings)
}

// A root has one identity, whichever of its calls a run sees, and a call that is left
// out has its own.
func TestMergeIdentity(t *testing.T) {
	p := unit("", "example.com/p", call(at("p.go", 1, 1), "A", 2, rootA), call(at("p.go", 3, 1), "A", 1, rootB))
	q := unit("", "example.com/q", call(at("q.go", 1, 1), "C", 1, rootA))
	identities := func(units ...record.Unit) map[string]string {
		r := buildRoots(units, pkgP, pkgQ)
		r.Merge()
		all := make(map[string]string)
		for _, f := range r.Findings {
			all[f.Root.Place] = fmt.Sprint(f.ID, " ", f.Fingerprint)
		}
		return all
	}
	whole := identities(p, q)
	if diff := cmp.Diff(whole, identities(p)); diff != "" {
		t.Errorf("with another package the identities differ (-whole +part):\n%s", diff)
	}
	if got := identities(q)[rootA]; got != whole[rootA] || got == whole[rootB] {
		t.Errorf("identity %s in one package, %s in both, that of the other root is %s", got, whole[rootA], whole[rootB])
	}
	r := buildRoots([]record.Unit{p, q}, pkgP, pkgQ)
	r.Suppress(func(f *report.Finding) *report.Suppression {
		if f.Func == "C" {
			return &report.Suppression{Kind: report.ByConfig}
		}
		return nil
	})
	r.Merge()
	for _, f := range r.Findings {
		if f.ID == r.Suppressed[0].ID || f.Fingerprint == r.Suppressed[0].Fingerprint {
			t.Errorf("%s is identified as the call that is left out", f.Message)
		}
	}
}
