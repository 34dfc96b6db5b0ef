package report_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ctxlint/ctxlint/internal/driver/record"
	"github.com/ctxlint/ctxlint/internal/pass/catalog"
	"github.com/ctxlint/ctxlint/internal/report"
	"github.com/ctxlint/ctxlint/internal/report/source"
	"github.com/ctxlint/ctxlint/internal/report/source/sourcetest"
)

func at(file string, line, col int) record.Position {
	return record.Position{File: file, Line: line, Col: col}
}

func finding(pos record.Position, message string) record.Finding {
	end := pos
	end.Col++
	return record.Finding{Analyzer: "cancelleak", Category: "path", Message: message, Pos: pos, End: end}
}

// unit returns the record of a package, or of its variant with the tests of the
// package forTest.
func unit(forTest, importPath string, findings ...record.Finding) record.Unit {
	return record.Unit{ID: importPath, ImportPath: importPath, ForTest: forTest, Findings: findings}
}

func build(units []record.Unit, packages ...report.Package) *report.Report {
	return report.Build(units, options(packages...))
}

func options(packages ...report.Package) report.Options {
	return report.Options{
		Packages: packages,
		Category: func(_, category string) catalog.Category {
			return catalog.Category{Name: category, Severity: catalog.Warning}
		},
		Sources: source.NewCache(nil, nil),
	}
}

// messages returns what is found where, in order.
func messages(findings []*report.Finding) []string {
	var out []string
	for _, f := range findings {
		out = append(out, filepath.Base(f.Pos.File)+" "+f.Message)
	}
	return out
}

func wantMessages(t *testing.T, findings []*report.Finding, want ...string) {
	t.Helper()
	if diff := cmp.Diff(want, messages(findings)); diff != "" {
		t.Errorf("findings (-want +got):\n%s", diff)
	}
}

var (
	dirP = filepath.FromSlash("/src/p")
	dirQ = filepath.FromSlash("/src/q")
	pkgP = report.Package{ImportPath: "example.com/p", Dir: dirP}
	pkgQ = report.Package{ImportPath: "example.com/q", Dir: dirQ}
)

func TestOnlyRequestedPackages(t *testing.T) {
	units := []record.Unit{
		unit("", "example.com/p", finding(at("p.go", 1, 1), "in p")),
		unit("", "example.com/q", finding(at("q.go", 1, 1), "in q")),
	}
	r := build(units, pkgP)
	wantMessages(t, r.Findings, "p.go in p")
	if r.Packages != 1 {
		t.Errorf("Packages = %d, want 1", r.Packages)
	}
	if got, want := r.Findings[0].Pos.File, filepath.Join(dirP, "p.go"); got != want {
		t.Errorf("file = %s, want %s", got, want)
	}
}

func TestVariants(t *testing.T) {
	plain := unit("", "example.com/p", finding(at("p.go", 1, 1), "both"), finding(at("p.go", 2, 1), "without tests only"))
	tested := unit("example.com/p", "example.com/p", finding(at("p.go", 1, 1), "both"), finding(at("p_test.go", 3, 1), "in test"))
	other := unit("", "example.com/p", finding(at("p.go", 1, 1), "both"), finding(at("p.go", 9, 1), "for q's tests"))
	external := unit("example.com/p", "example.com/p_test", finding(at("x_test.go", 1, 1), "in external test"))
	broken := record.Unit{ID: tested.ID, ImportPath: tested.ImportPath, ForTest: tested.ForTest, Error: "undefined: x"}

	t.Run("the one with tests decides", func(t *testing.T) {
		r := build([]record.Unit{plain, other, external, tested}, pkgP)
		wantMessages(t, r.Findings, "p.go both", "p_test.go in test", "x_test.go in external test")
		if r.Packages != 1 || r.Findings[2].Package != "example.com/p" {
			t.Errorf("%d packages, external test's finding in %s", r.Packages, r.Findings[2].Package)
		}
	})
	t.Run("the plain one steps in", func(t *testing.T) {
		r := build([]record.Unit{plain, broken}, pkgP)
		wantMessages(t, r.Findings, "p.go both", "p.go without tests only")
		if len(r.Errors) != 1 || r.ExitCode() != 2 {
			t.Errorf("errors %v, exit code %d", r.Errors, r.ExitCode())
		}
	})
	t.Run("without tests", func(t *testing.T) {
		o := options(pkgP)
		o.NoTests = true
		r := report.Build([]record.Unit{plain, tested, external}, o)
		wantMessages(t, r.Findings, "p.go both")
	})
	t.Run("a package named like an external test", func(t *testing.T) {
		u := unit("", "example.com/p_test", finding(at("a.go", 1, 1), "ordinary"))
		wantMessages(t, build([]record.Unit{plain, u}, pkgP).Findings, "p.go both", "p.go without tests only")
		wantMessages(t, build([]record.Unit{plain, u}, report.Package{ImportPath: "example.com/p_test", Dir: dirQ}).Findings, "a.go ordinary")
	})
}

// TestAddErrors checks which errors are the same, and that many take no longer than few do.
func TestAddErrors(t *testing.T) {
	first, column, line := at("p.go", 3, 2), at("p.go", 3, 7), at("p.go", 4, 2)
	r := new(report.Report)
	r.AddErrors(report.Error{Pos: &first, Message: "undefined: x"}, report.Error{Package: "p", Message: "bad"})
	r.AddErrors(
		report.Error{Pos: &first, Message: "x is undefined"}, // at one position
		report.Error{Pos: &column, Message: "undefined: x"},  // with one message on one line
		report.Error{Pos: &column, Message: "undefined: y"},  // another one there
		report.Error{Pos: &line, Message: "undefined: x"},    // on another line
		report.Error{Package: "p", Message: "bad"},           // the same
		report.Error{Package: "q", Message: "bad"},           // of another package
		report.Error{Package: "p", Message: "undefined: x"},  // of no position
	)
	var got []string
	for _, e := range r.Errors {
		text := e.Package + ": " + e.Message
		if e.Pos != nil {
			text = fmt.Sprintf("%d:%d: %s", e.Pos.Line, e.Pos.Col, e.Message)
		}
		got = append(got, text)
	}
	want := []string{"p: bad", "p: undefined: x", "q: bad", "3:2: undefined: x", "3:7: undefined: y", "4:2: undefined: x"}
	slices.Sort(got)
	slices.Sort(want)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	const many = 100_000
	errs := make([]report.Error, many)
	for i := range errs {
		errs[i] = report.Error{Message: fmt.Sprint(i)}
	}
	if r.AddErrors(errs...); len(r.Errors) != len(want)+many {
		t.Errorf("%d errors, want %d", len(r.Errors), len(want)+many)
	}
}

func TestErrors(t *testing.T) {
	pos := at("p.go", 3, 2)
	units := []record.Unit{
		{ID: "example.com/p", ImportPath: "example.com/p", Error: "undefined: x", ErrorPos: &pos},
		{ID: "example.com/p", ImportPath: "example.com/p", ForTest: "example.com/p", Error: "undefined: x", ErrorPos: &pos},
		{ID: "example.com/dep", ImportPath: "example.com/dep", Error: "bad", ErrorPos: &pos},
	}
	r := build(units, pkgP)
	abs := at(filepath.Join(dirP, "p.go"), 3, 2)
	r.AddErrors(report.Error{Package: "example.com/p", Pos: &abs, Message: "undefined: x (from the compiler)"})
	want := []report.Error{
		{Package: "example.com/dep", Message: "p.go:3:2: bad"},
		{Package: "example.com/p", Pos: &abs, Message: "undefined: x"},
	}
	if diff := cmp.Diff(want, r.Errors); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if r.Packages != 0 {
		t.Errorf("Packages = %d, want 0", r.Packages)
	}
}

func TestMissing(t *testing.T) {
	units := []record.Unit{unit("example.com/p", "example.com/p_test")}
	if diff := cmp.Diff([]string{"example.com/q"}, report.Missing(units, []report.Package{pkgQ, pkgP})); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestResolve(t *testing.T) {
	elsewhere := filepath.FromSlash("/elsewhere/gen.y")
	if filepath.Separator == '\\' {
		elsewhere = `C:\elsewhere\gen.y`
	}
	o := options(pkgP)
	o.Modules = []report.Module{
		{Path: "example.com", Dir: filepath.FromSlash("/src/outer")},
		{Path: "example.com/m", Dir: filepath.FromSlash("/src/m")},
		{Path: "example.com/dep", Version: "v1.2.3", Dir: filepath.FromSlash("/cache/dep@v1.2.3")},
	}
	for name, want := range map[string]string{
		"p.go":                          filepath.Join(dirP, "p.go"),
		"./sub/gen.go":                  filepath.Join(dirP, "sub", "gen.go"),
		"../q/q.go":                     filepath.Join(dirQ, "q.go"),
		"../up.go":                      filepath.FromSlash("/src/up.go"),
		"example.com/p/cgo.go":          filepath.Join(dirP, "cgo.go"),
		"example.com/m/sub/m.go":        filepath.FromSlash("/src/m/sub/m.go"),
		"example.com/m/m.go":            filepath.FromSlash("/src/m/m.go"),
		"example.com/mm/m.go":           filepath.FromSlash("/src/outer/mm/m.go"),
		"example.com/dep@v1.2.3/d/d.go": filepath.FromSlash("/cache/dep@v1.2.3/d/d.go"),
		"example.org/dep@v1.2.3/d/d.go": "example.org/dep@v1.2.3/d/d.go",
		"net/http/server.go":            "net/http/server.go",
		elsewhere:                       elsewhere,
	} {
		f := finding(at(name, 1, 1), "m")
		f.Related = []record.Related{{Pos: at(name, 2, 2)}}
		f.Fixes = []record.Fix{{Edits: []record.Edit{{Start: at(name, 3, 3), End: at(name, 3, 4)}}}}
		f.Suppressed = &record.Suppression{Pos: at(name, 4, 4)}
		r := report.Build([]record.Unit{unit("", "example.com/p", f)}, o)
		got := r.Suppressed[0]
		for _, p := range []record.Position{got.Pos, got.End, got.Related[0].Pos, got.Fixes[0].Edits[0].Start, got.Fixes[0].Edits[0].End, got.Suppression.Pos} {
			if p.File != want {
				t.Errorf("%s became %s, want %s", name, p.File, want)
			}
		}
		if f.Related[0].Pos.File != name || f.Fixes[0].Edits[0].Start.File != name || f.Suppressed.Pos.File != name {
			t.Errorf("%s: the record itself was changed", name)
		}
	}
}

func TestSuppressionsAndUnused(t *testing.T) {
	silenced := finding(at("p.go", 1, 1), "silenced")
	silenced.Suppressed = &record.Suppression{Pos: at("p.go", 1, 20), Reason: "on purpose"}
	u := unit("", "example.com/p", silenced, finding(at("p.go", 5, 1), "open"))
	u.Unused = []record.Ignore{{Pos: at("p.go", 9, 1), Text: "//nolint:cancelleak"}, {Pos: at("p_test.go", 1, 1), Text: "//nolint:cancelleak"}}
	o := options(pkgP)
	r := report.Build([]record.Unit{u}, o)
	wantMessages(t, r.Findings, "p.go open")
	wantMessages(t, r.Suppressed, "p.go silenced")
	if s := r.Suppressed[0].Suppression; s.Kind != report.ByComment || s.Reason != "on purpose" {
		t.Errorf("suppression = %+v", s)
	}
	if len(r.Unused) != 2 {
		t.Errorf("%d unused comments, want 2", len(r.Unused))
	}
	o.NoTests = true
	if r := report.Build([]record.Unit{u}, o); len(r.Unused) != 1 {
		t.Errorf("%d unused comments outside of tests, want 1", len(r.Unused))
	}

	r.Suppress(func(f *report.Finding) *report.Suppression {
		return &report.Suppression{Kind: report.ByConfig, Reason: "generated"}
	})
	if len(r.Findings) != 0 {
		t.Errorf("findings are left: %v", messages(r.Findings))
	}
	wantMessages(t, r.Suppressed, "p.go silenced", "p.go open")
	if got := r.Suppressed[0].Suppression.Kind; got != report.ByComment {
		t.Errorf("a suppressed finding is suppressed again, %s", got)
	}
}

// A comment in plain words turns a finding into a note, but the run still
// fails.
func TestExplained(t *testing.T) {
	explained := finding(at("p.go", 1, 1), "explained")
	explained.Explained = true
	r := build([]record.Unit{unit("", "example.com/p", explained, finding(at("p.go", 5, 1), "open"))}, pkgP)
	for i, want := range []catalog.Severity{catalog.Note, catalog.Warning} {
		if got := r.Findings[i].Severity; got != want {
			t.Errorf("severity %q of %s, want %q", got, r.Findings[i].Message, want)
		}
	}
	if got := r.ExitCode(); got != 1 {
		t.Errorf("ExitCode() = %d", got)
	}
}

func TestExitCode(t *testing.T) {
	found := []*report.Finding{{}}
	for want, r := range []report.Report{
		0: {Suppressed: found, Packages: 1},
		1: {Findings: found},
		2: {Findings: found, Errors: []report.Error{{Message: "x"}}},
	} {
		if got := r.ExitCode(); got != want {
			t.Errorf("ExitCode() = %d, want %d", got, want)
		}
	}
	for _, test := range []struct {
		failOn   string
		severity catalog.Severity
		want     int
	}{
		{"error", catalog.Error, 1}, {"error", catalog.Warning, 0}, {"warning", catalog.Error, 1}, {"warning", catalog.Warning, 1},
		{"warning", catalog.Note, 0}, {"note", catalog.Note, 1}, {report.Never, catalog.Error, 0},
	} {
		r := report.Report{Findings: []*report.Finding{{Severity: test.severity}}, FailOn: test.failOn}
		if got := r.ExitCode(); got != test.want || report.CheckFailOn(test.failOn) != nil {
			t.Errorf("ExitCode() = %d for findings of severity %s if %s fails, want %d", got, test.severity, test.failOn, test.want)
		}
		if r.AddErrors(report.Error{Message: "x"}); r.ExitCode() != 2 {
			t.Errorf("ExitCode() = %d with an error if %s fails", r.ExitCode(), test.failOn)
		}
	}
	if r := (report.Report{Unused: make([]report.Unused, 1)}); r.ExitCode() != 1 {
		t.Errorf("ExitCode() with an unused comment = %d, want 1", r.ExitCode())
	}
}

// TestAnyOrder tries the records of a run in many orders.
func TestAnyOrder(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "p.go"), []byte("package p\n\nvar x = y()\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	p := report.Package{ImportPath: "example.com/p", Dir: dir}
	pos := at("p.go", 3, 2)
	units := []record.Unit{
		unit("", "example.com/p", finding(at("p.go", 3, 1), "m"), finding(at("p.go", 3, 5), "m")),
		unit("example.com/p", "example.com/p", finding(at("p.go", 3, 5), "m"), finding(at("p.go", 3, 1), "m"), finding(at("p.go", 3, 1), "m")),
		unit("", "example.com/q", finding(at("q.go", 3, 5), "m"), finding(at("q.go", 3, 5), "l")),
		{ID: "example.com/r", ImportPath: "example.com/r", Error: "one way to say it", ErrorPos: &pos},
		{ID: "example.com/r", ImportPath: "example.com/r", ForTest: "example.com/r", Error: "another", ErrorPos: &pos},
	}
	q := report.Package{ImportPath: "example.com/q", Dir: filepath.Join(dir, "a")}
	packages := []report.Package{p, q, {ImportPath: "example.com/r", Dir: filepath.Join(dir, "r")}}
	o := options(packages...)
	o.Sources = source.NewCache(sourcetest.Below(t, dir), nil)
	want := report.Build(units, o)
	wantMessages(t, want.Findings, "q.go l", "q.go m", "p.go m", "p.go m")
	if want.Findings[2].Fingerprint == want.Findings[3].Fingerprint {
		t.Error("two findings share a fingerprint")
	}
	for range 50 {
		rand.Shuffle(len(units), func(i, j int) { units[i], units[j] = units[j], units[i] })
		rand.Shuffle(len(packages), func(i, j int) { packages[i], packages[j] = packages[j], packages[i] })
		if diff := cmp.Diff(want, report.Build(units, o)); diff != "" {
			t.Fatalf("another order gives another report (-want +got):\n%s", diff)
		}
	}
}
