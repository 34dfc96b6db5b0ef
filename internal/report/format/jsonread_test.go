package format_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ctxlint/ctxlint/internal/report"
	"github.com/ctxlint/ctxlint/internal/report/format"
	"github.com/ctxlint/ctxlint/internal/report/format/formattest"
)

// TestReadJSON checks that what is read is what was written, apart from what cannot be in
// JSON, or must not be in a report: bytes that are no text, and addresses of other kinds.
func TestReadJSON(t *testing.T) {
	o := formattest.Options(t)
	write := func(r *report.Report) []byte {
		out := new(bytes.Buffer)
		if err := format.JSON(out, r, o); err != nil {
			t.Fatal(err)
		}
		return out.Bytes()
	}
	read := func(text []byte) *report.Report {
		r, err := format.ReadJSON(text, o.Dir)
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	whole := formattest.Report()
	once := read(write(whole))
	if diff := cmp.Diff(string(write(once)), string(write(read(write(once))))); diff != "" {
		t.Errorf("(-once +twice):\n%s", diff)
	}
	for name, lens := range map[string][2]int{
		"findings":   {len(whole.Findings), len(once.Findings)},
		"suppressed": {len(whole.Suppressed), len(once.Suppressed)},
		"unused":     {len(whole.Unused), len(once.Unused)},
		"errors":     {len(whole.Errors), len(once.Errors)},
		"packages":   {whole.Packages, once.Packages},
	} {
		if lens[0] != lens[1] {
			t.Errorf("%s: %d written, %d read", name, lens[0], lens[1])
		}
	}
	for i, f := range once.Findings {
		w := whole.Findings[i]
		if f.Check() != w.Check() || f.Pos.Line != w.Pos.Line || len(f.Related) != len(w.Related) || len(f.Fixes) != len(w.Fixes) || len(f.Parts()) != len(w.Parts()) || f.Evidence.Count() != w.Evidence.Count() {
			t.Errorf("finding %d: %+v, want %+v", i, f, w)
		}
		if w.Evidence != nil {
			if diff := cmp.Diff(w.Evidence.Heap, f.Evidence.Heap); diff != "" {
				t.Errorf("the objects of finding %d (-written +read):\n%s", i, diff)
			}
		}
	}
	for _, text := range []string{"", "[]", "{}", `{"version": 2}`} {
		if _, err := format.ReadJSON([]byte(text), "/"); err == nil || !strings.Contains(err.Error(), "not a report in the format json") {
			t.Errorf("%q: %v", text, err)
		}
	}
}

// TestUnion checks that reports of the same are one.
func TestUnion(t *testing.T) {
	one := report.Union([]*report.Report{formattest.Report()}, 3)
	two := report.Union([]*report.Report{formattest.Report(), formattest.Report()}, 3)
	o := formattest.Options(t)
	var texts []string
	for _, r := range []*report.Report{one, two} {
		out := new(bytes.Buffer)
		if err := format.JSON(out, r, o); err != nil {
			t.Fatal(err)
		}
		texts = append(texts, out.String())
	}
	if diff := cmp.Diff(texts[0], texts[1]); diff != "" {
		t.Errorf("(-one +two):\n%s", diff)
	}
	if len(one.Findings) == 0 || len(one.Suppressed) == 0 {
		t.Error("something is lost")
	}
}
