package fixes_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ctxlint/ctxlint/internal/driver/fixes"
	"github.com/ctxlint/ctxlint/internal/driver/record"
	"github.com/ctxlint/ctxlint/internal/util/atomicfile"
)

const source1 = "package p\n\nfunc f() {\n\tone()\n\ttwo()\n}\n"

func write(t *testing.T, content string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "p.go")
	if err := os.WriteFile(file, []byte(content), 0o640); err != nil {
		t.Fatal(err)
	}
	return file
}

// replace returns a fix that replaces texts of a file: old, new,
// old, new...; an old text "^x" stands for the place before x.
func replace(file, content string, texts ...string) *fixes.Fix {
	fix := new(fixes.Fix)
	for i := 0; i < len(texts); i += 2 {
		old, length := texts[i], len(texts[i])
		if before, ok := strings.CutPrefix(old, "^"); ok {
			old, length = before, 0
		}
		start := strings.Index(content, old)
		fix.Edits = append(fix.Edits, record.Edit{
			Start: record.Position{File: file, Offset: start},
			End:   record.Position{File: file, Offset: start + length},
			New:   texts[i+1],
		})
	}
	return fix
}

var maker = fixes.Maker{Content: func(file string) ([]byte, string) {
	content, err := os.ReadFile(file)
	if err != nil {
		return nil, err.Error()
	}
	return content, ""
}}

func TestMake(t *testing.T) {
	crlf := strings.ReplaceAll(source1, "\n", "\r\n")
	for _, test := range []struct {
		name, before string
		fixes        [][]string
		want         string
		skipped      []string // the first new text of each fix, and a part of the reason
	}{
		{"two", source1, [][]string{{"one", "1st"}, {"two", "second"}}, source1, []string{"1st: would not parse", "second: would not parse"}},
		{"in any order", source1, [][]string{{"two", "second"}, {"one", "first"}},
			"package p\n\nfunc f() {\n\tfirst()\n\tsecond()\n}\n", nil},
		{"formatted", source1, [][]string{{"one()", "if x{one( ) }"}},
			"package p\n\nfunc f() {\n\tif x {\n\t\tone()\n\t}\n\ttwo()\n}\n", nil},
		{"several edits", source1, [][]string{{"one", "first", "^two", "third()\n"}},
			"package p\n\nfunc f() {\n\tfirst()\n\tthird()\n\ttwo()\n}\n", nil},
		{"one edit before another", source1, [][]string{{"^one", "zero()\n", "one", "first"}, {"^one", "zero()\n", "two", "second"}},
			"package p\n\nfunc f() {\n\tzero()\n\tfirst()\n\tsecond()\n}\n", nil},
		{"a shared edit", source1, [][]string{{"^func", "import \"x\"\n", "one", "first"}, {"^func", "import \"x\"\n", "two", "second"}},
			"package p\n\nimport \"x\"\n\nfunc f() {\n\tfirst()\n\tsecond()\n}\n", nil},
		{"overlap", source1, [][]string{{"one()\n\ttwo()", "first()"}, {"two", "second"}},
			"package p\n\nfunc f() {\n\tfirst()\n}\n", []string{"second: overlaps"}},
		{"inserted at one place", source1, [][]string{{"^one", "first()\n"}, {"^one", "second()\n"}},
			"package p\n\nfunc f() {\n\tfirst()\n\tone()\n\ttwo()\n}\n", []string{"second()\n: overlaps"}},
		{"all or nothing", source1, [][]string{{"two", "second"}, {"one", "first", "two", "third"}},
			"package p\n\nfunc f() {\n\tone()\n\tsecond()\n}\n", []string{"first: overlaps"}},
		{"CRLF", crlf, [][]string{{"^two", "a()\n\tb()\n\t"}},
			strings.ReplaceAll("package p\n\nfunc f() {\n\tone()\n\ta()\n\tb()\n\ttwo()\n}\n", "\n", "\r\n"), nil},
		{"byte order mark", "\ufeff" + source1, [][]string{{"one", "first"}},
			"\ufeff" + strings.Replace(source1, "one", "first", 1), nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			file := write(t, test.before)
			var list []*fixes.Fix
			for _, texts := range test.fixes {
				list = append(list, replace(file, test.before, texts...))
			}
			plan := maker.Make(list)
			var got string
			for _, f := range plan.Files {
				if err := f.Write(); err != nil {
					t.Fatal(err)
				}
				if applied := len(list) - len(plan.Skipped); f.Fixes != applied {
					t.Errorf("Fixes = %d, want %d", f.Fixes, applied)
				}
			}
			if content, err := os.ReadFile(file); err != nil {
				t.Fatal(err)
			} else {
				got = string(content)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("file (-want +got):\n%s", diff)
			}
			if len(plan.Skipped) != len(test.skipped) {
				t.Fatalf("%d fixes skipped, want %d", len(plan.Skipped), len(test.skipped))
			}
			for i, s := range plan.Skipped {
				text, reason, _ := strings.Cut(test.skipped[i], ": ")
				if s.Edits[0].New != text || !strings.Contains(s.Reason, reason) {
					t.Errorf("skipped %q: %s, want %s", s.Edits[0].New, s.Reason, test.skipped[i])
				}
			}
		})
	}
}

func TestModeIsKept(t *testing.T) {
	file := write(t, source1)
	before, err := os.Stat(file)
	if err != nil {
		t.Fatal(err)
	}
	plan := maker.Make([]*fixes.Fix{replace(file, source1, "one", "first")})
	if err := plan.Files[0].Write(); err != nil {
		t.Fatal(err)
	}
	after, err := os.Stat(file)
	if err != nil {
		t.Fatal(err)
	}
	if before.Mode() != after.Mode() {
		t.Errorf("mode %v became %v", before.Mode(), after.Mode())
	}
}

func TestRefuse(t *testing.T) {
	file := write(t, source1)
	f := replace(file, source1, "one", "first")
	m := fixes.Maker{Content: func(name string) ([]byte, string) {
		if name == file {
			return nil, "not yours"
		}
		return maker.Content(name)
	}}
	plan := m.Make([]*fixes.Fix{f})
	if len(plan.Files) != 0 || len(plan.Skipped) != 1 || plan.Skipped[0].Reason != "not yours" {
		t.Errorf("plan = %+v", plan)
	}
}

// TestChanged saves the file after the analysis, and after the plan.
func TestChanged(t *testing.T) {
	file := write(t, source1)
	f := replace(file, source1, "one", "first")
	f.Sum = record.Sum([]byte("package p\n"))
	if plan := maker.Make([]*fixes.Fix{f}); len(plan.Files) != 0 || len(plan.Skipped) != 1 || plan.Skipped[0].Reason != fixes.Changed {
		t.Errorf("plan = %+v", plan)
	}
	f.Sum = record.Sum([]byte(source1))
	plan := maker.Make([]*fixes.Fix{f})
	saved := source1 + "\n// saved\n"
	if err := os.WriteFile(file, []byte(saved), 0o666); err != nil {
		t.Fatal(err)
	}
	if err := plan.Files[0].Write(); !errors.Is(err, atomicfile.ErrChanged) {
		t.Errorf("error = %v, want that the file has changed", err)
	}
	if content, err := os.ReadFile(file); err != nil || string(content) != saved {
		t.Errorf("file = %q, %v, want it as it was saved", content, err)
	}
}

func TestOutOfRange(t *testing.T) {
	file := write(t, source1)
	for _, offsets := range [][2]int{{-1, 2}, {5, 4}, {0, len(source1) + 1}} {
		f := replace(file, source1, "one", "first")
		f.Edits[0].Start.Offset, f.Edits[0].End.Offset = offsets[0], offsets[1]
		plan := maker.Make([]*fixes.Fix{f})
		if len(plan.Files) != 0 || len(plan.Skipped) != 1 {
			t.Errorf("offsets %v: plan = %+v", offsets, plan)
		}
	}
}

func TestDiff(t *testing.T) {
	f := fixes.File{Before: []byte("a\nb\nc\n"), After: []byte("a\nB\nc\n")}
	want := "--- a/x.go\n+++ b/x.go\n@@ -1,3 +1,3 @@\n a\n-b\n+B\n c\n"
	if diff := cmp.Diff(want, f.Diff("a/x.go", "b/x.go")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
