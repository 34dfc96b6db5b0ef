package analyzertest

import (
	"bytes"
	"errors"
	"fmt"
	"go/format"
	"go/parser"
	"go/token"
	"go/types"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"

	"github.com/ctxlint/ctxlint/internal/driver/fixes"
	"github.com/ctxlint/ctxlint/internal/driver/record"
	"github.com/ctxlint/ctxlint/internal/driver/vettool"
)

// fixed returns the packages as they are after the fixes, according to their golden
// files. They are analysed together with the others, to share their facts.
func fixed(t *testing.T, pkgs []*packages.Package) map[*packages.Package]*packages.Package {
	t.Helper()
	after := make(map[*packages.Package]*packages.Package)
	for _, p := range pkgs {
		texts := make(map[string][]byte)
		for _, name := range p.CompiledGoFiles {
			if text := golden(t, name); text != nil {
				texts[name] = text
			}
		}
		if len(texts) == 0 {
			continue
		}
		changed, err := replace(p, texts)
		if err != nil {
			t.Errorf("the golden files of %s: %v", p.ID, err)
			continue
		}
		after[p] = changed
	}
	return after
}

// golden returns the expected content of a file after its fixes, or nil if it
// has no golden file.
func golden(t *testing.T, name string) []byte {
	t.Helper()
	text, err := os.ReadFile(name + ".golden")
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	return text
}

// replace returns a copy of the package with the text of some files replaced.
func replace(p *packages.Package, texts map[string][]byte) (*packages.Package, error) {
	changed := *p
	changed.ID += " [fixed]"
	changed.Syntax = nil
	for _, name := range p.CompiledGoFiles {
		var text any // nil means to read the file
		if t, ok := texts[name]; ok {
			text = t
		}
		f, err := parser.ParseFile(p.Fset, name, text, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		changed.Syntax = append(changed.Syntax, f)
	}
	changed.TypesInfo = vettool.NewInfo()
	conf := types.Config{Importer: importer(p.Imports), Sizes: p.TypesSizes, GoVersion: goVersion(p)}
	var err error
	changed.Types, err = conf.Check(p.PkgPath, p.Fset, changed.Syntax, changed.TypesInfo)
	return &changed, err
}

func goVersion(p *packages.Package) string {
	if p.Module == nil || p.Module.GoVersion == "" {
		return ""
	}
	return "go" + p.Module.GoVersion
}

// An importer imports only what a package already imports. The fixture for a
// fix that needs another import must have that import.
type importer map[string]*packages.Package

func (i importer) Import(path string) (*types.Package, error) {
	if path == "unsafe" {
		return types.Unsafe, nil
	}
	if p := i[path]; p != nil {
		return p.Types, nil
	}
	return nil, fmt.Errorf("%s is not imported before the fixes", path)
}

// checkFixed checks that, after its fixes, a package has only findings that it
// had before and that have no fix.
func checkFixed(t *testing.T, before, after *checker.Action) {
	t.Helper()
	left := make(map[string]int)
	for _, d := range before.Diagnostics {
		if len(d.SuggestedFixes) == 0 {
			left[d.Category+": "+d.Message]++
		}
	}
	for _, d := range after.Diagnostics {
		text := d.Category + ": " + d.Message
		if left[text]--; left[text] < 0 || len(d.SuggestedFixes) > 0 {
			t.Errorf("%v: still reported after the fixes: %s", after.Package.Fset.Position(d.Pos), text)
		}
	}
}

// checkFixes applies the fixes of a package's findings as "ctxlint -fix" does, and
// compares each file with its golden one, if any file of the package has one.
func checkFixes(t *testing.T, act *checker.Action) {
	t.Helper()
	p := act.Package
	if filepath.Base(p.Dir) == "without" {
		for _, d := range act.Diagnostics {
			for _, fix := range d.SuggestedFixes {
				t.Errorf("%v: fix %q where none is right without thought", p.Fset.Position(d.Pos), fix.Message)
			}
		}
	}
	want := make(map[string][]byte)
	for _, name := range p.CompiledGoFiles {
		if text := golden(t, name); text != nil {
			want[name] = text
		}
	}
	if len(want) == 0 {
		return
	}
	var all []*fixes.Fix
	for _, d := range act.Diagnostics {
		for _, fix := range d.SuggestedFixes {
			all = append(all, &fixes.Fix{Package: p.PkgPath, Edits: edits(p, fix)})
		}
	}
	plan := fixes.Maker{Content: func(name string) ([]byte, string) {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		return text, ""
	}}.Make(all)
	for _, s := range plan.Skipped {
		t.Errorf("%v: a fix is not applied: %s", s.Edits[0].Start, s.Reason)
	}
	got := make(map[string][]byte)
	for _, f := range plan.Files {
		got[f.Name] = f.After
	}
	for name, text := range want {
		formatted, err := format.Source(text)
		if err != nil || !bytes.Equal(formatted, text) {
			t.Errorf("%s.golden is not formatted (%v)", name, err)
		}
		if diff := cmp.Diff(string(text), string(got[name])); diff != "" {
			t.Errorf("%s after the fixes (-golden file +made):\n%s", name, diff)
		}
		delete(got, name)
	}
	for name := range got {
		t.Errorf("%s has fixes but no golden file", name)
	}
}

// edits returns the edits of a fix in the form in which drivers pass them on.
func edits(p *packages.Package, fix analysis.SuggestedFix) []record.Edit {
	var all []record.Edit
	for _, e := range fix.TextEdits {
		f := p.Fset.File(e.Pos)
		at := func(pos token.Pos) record.Position { return record.Position{File: f.Name(), Offset: f.Offset(pos)} }
		end := e.End
		if !end.IsValid() {
			end = e.Pos
		}
		all = append(all, record.Edit{Start: at(e.Pos), End: at(end), New: string(e.NewText)})
	}
	return all
}
