package cli

import (
	"path/filepath"
	"slices"
	"testing"

	"github.com/ctxlint/ctxlint/internal/driver/record"
	"github.com/ctxlint/ctxlint/internal/pass/catalog"
	"github.com/ctxlint/ctxlint/internal/report"
	"github.com/ctxlint/ctxlint/internal/report/source"
)

// A finding that stands for several calls has the fixes of all of them.
func TestFixesOfMerged(t *testing.T) {
	call := func(file string) record.Finding {
		pos := record.Position{File: file, Line: 1, Col: 1}
		return record.Finding{
			Analyzer: "ctxreset", Category: "chain", Message: "m", Pos: pos, End: pos,
			Root:  &catalog.Root{Place: "m/store/store.go:7", Func: "Mark", Steps: 1},
			Fixes: []record.Fix{{Message: "pass ctx", Edits: []record.Edit{{Start: pos, End: pos, New: "ctx"}}}},
		}
	}
	units := []record.Unit{
		{ID: "m/a", ImportPath: "m/a", Findings: []record.Finding{call("a.go"), call("b.go")}},
		{ID: "m/c", ImportPath: "m/c", Findings: []record.Finding{call("c.go")}},
	}
	rep := report.Build(units, report.Options{
		Packages: []report.Package{{ImportPath: "m/a", Dir: filepath.FromSlash("/m/a")}, {ImportPath: "m/c", Dir: filepath.FromSlash("/m/c")}},
		Sources:  source.NewCache(nil, nil),
		Category: func(_, name string) catalog.Category {
			return catalog.Category{Name: name, Identity: catalog.OfRoot}
		},
	})
	rep.Merge()
	if len(rep.Findings) != 1 {
		t.Fatalf("%d findings, want one", len(rep.Findings))
	}
	var files []string
	for _, f := range fixesOf(rep) {
		files = append(files, f.Package+" "+filepath.ToSlash(f.Pos.File))
	}
	want := []string{"m/a /m/a/a.go", "m/a /m/a/b.go", "m/c /m/c/c.go"}
	if slices.Sort(files); !slices.Equal(files, want) {
		t.Errorf("fixes in %q, want %q", files, want)
	}
}
