package baseline_test

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ctxlint/ctxlint/internal/cli/baseline"
	"github.com/ctxlint/ctxlint/internal/driver/record"
	"github.com/ctxlint/ctxlint/internal/report"
)

const id1, id2 = "0123456789abcdef", "fedcba9876543210"

var root, _ = filepath.Abs(filepath.FromSlash("/src"))

func finding(path, id string) *report.Finding {
	file := filepath.Join(root, filepath.FromSlash(path))
	return &report.Finding{ID: id, Finding: record.Finding{Analyzer: "a", Category: "c", Pos: record.Position{File: file, Line: 1, Col: 1}}}
}

func newBaseline(entries ...baseline.Entry) *baseline.Baseline {
	for i := range entries {
		entries[i].Check, entries[i].Line = "a/c", i+1
	}
	return &baseline.Baseline{File: filepath.Join(root, "b.txt"), Entries: entries}
}

// scope covers the files in the named directories; the named files are gone.
func scope(dirs string, gone ...string) baseline.Scope {
	path := func(file string) string {
		rel, _ := filepath.Rel(root, file)
		return filepath.ToSlash(rel)
	}
	return baseline.Scope{
		Covers: func(_, file string) bool { return strings.Contains(dirs, filepath.Dir(path(file))) },
		Gone:   func(file string) bool { return slices.Contains(gone, path(file)) },
	}
}

func TestMatch(t *testing.T) {
	type E = baseline.Entry
	for name, test := range map[string]struct {
		entries  []E
		findings []*report.Finding
		scope    baseline.Scope
		known    []int // line of each finding's entry, 0 for none
		stale    []int
		kept     int // entries after an update
	}{
		"same":           {[]E{{Path: "x/a.go", ID: id1}}, []*report.Finding{finding("x/a.go", id1)}, scope("x"), []int{1}, nil, 1},
		"other":          {[]E{{Path: "x/a.go", ID: id1}}, []*report.Finding{finding("x/a.go", id2)}, scope("x"), []int{0}, []int{1}, 1},
		"renamed":        {[]E{{Path: "x/a.go", ID: id1}}, []*report.Finding{finding("x/b.go", id1)}, scope("x", "x/a.go"), []int{1}, nil, 1},
		"one more":       {[]E{{Path: "x/b.go", ID: id1}}, []*report.Finding{finding("x/a.go", id1), finding("x/b.go", id1)}, scope("x"), []int{0, 1}, nil, 2},
		"two":            {[]E{{Path: "x/a.go", ID: id1}, {Path: "x/a.go", ID: id1}}, []*report.Finding{finding("x/a.go", id1)}, scope("x"), []int{1}, []int{2}, 1},
		"copy elsewhere": {[]E{{Path: "y/a.go", ID: id1}}, []*report.Finding{finding("x/a.go", id1)}, scope("x"), []int{0}, nil, 2},
		"moved here":     {[]E{{Path: "y/a.go", ID: id1}}, []*report.Finding{finding("x/a.go", id1)}, scope("x", "y/a.go"), []int{1}, nil, 1},
		"not analysed":   {[]E{{Path: "y/a.go", ID: id1}}, nil, scope("x"), nil, nil, 1},
		"gone elsewhere": {[]E{{Path: "y/a.go", ID: id1}}, nil, scope("x", "y/a.go"), nil, nil, 1},
		"fixed":          {[]E{{Path: "x/a.go", ID: id1}}, nil, scope("x"), nil, []int{1}, 0},
	} {
		m := newBaseline(test.entries...).Match(test.findings, test.scope)
		var known, stale []int
		for _, f := range test.findings {
			line := 0
			if s := m.Suppression(f); s != nil {
				line = s.Pos.Line
			}
			known = append(known, line)
		}
		for _, u := range m.Stale() {
			stale = append(stale, u.Pos.Line)
		}
		kept := len(m.Update(test.findings, func(*report.Finding) string { return "" }).Entries)
		if !slices.Equal(known, test.known) || !slices.Equal(stale, test.stale) || kept != test.kept {
			t.Errorf("%s: known %v, stale %v, %d kept; want %v, %v, %d", name, known, stale, kept, test.known, test.stale, test.kept)
		}
	}
}

func TestFormat(t *testing.T) {
	b := newBaseline(
		baseline.Entry{Path: "x/b.go", ID: id1, Note: "F: x := \"  y\" # z"},
		baseline.Entry{Path: "x/a.go", ID: id2},
		baseline.Entry{Path: "strange\t\"#\\ \u202e\xff.go", ID: id1},
		baseline.Entry{Path: "../o.go", ID: id1},
		baseline.Entry{Path: "x/b.go", ID: id1, Note: "F: x := \"  y\" # z"},
	)
	text := b.Format()
	got, err := baseline.Parse(b.File, "b.txt", text)
	if err != nil {
		t.Fatal(err)
	}
	for i := range got.Entries {
		got.Entries[i].Line = 0
	}
	for i := range b.Entries {
		b.Entries[i].Line = 0
	}
	order := []int{3, 2, 1, 0, 4}
	want := make([]baseline.Entry, len(order))
	for i, j := range order {
		want[i] = b.Entries[j]
	}
	if diff := cmp.Diff(want, got.Entries); diff != "" {
		t.Errorf("(-want +got):\n%s\n%s", diff, text)
	}
	slices.Reverse(b.Entries)
	if again := b.Format(); string(again) != string(text) {
		t.Errorf("another order gives another text:\n%s\n%s", text, again)
	}
	crlf := strings.ReplaceAll(string(text), "\n", "\r\n")
	if got, err := baseline.Parse(b.File, "b.txt", []byte(crlf)); err != nil || len(got.Entries) != len(b.Entries) {
		t.Errorf("with CRLF: %v", err)
	}
}
