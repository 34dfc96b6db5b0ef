package doctext_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/ctxlint/ctxlint/internal/pass/doctext"
)

// unexported leaves out what [doctext.Doc.Section] reads, which has its own test.
var unexported = cmpopts.IgnoreUnexported(doctext.Doc{})

const twoAnalyzers = `// Copyright of nobody.

// Package p defines Analyzers.
//
// # Analyzer first
//
// first: find what is first
//
// It finds it, as in
//
//	# Analyzer third
//	x := first()
//
// and the categories of nothing.
//
//   - This: is no category.
//
// The categories are:
//
//   - one: the first one, see [context.Context],
//     on two lines.
//   - two: the second: with a colon
//   - no colon
//
// # Analyzer second
//
// second: find what is second
package p

import _ "embed"

//go:embed doc.go
var doc string
`

func TestParse(t *testing.T) {
	got, err := doctext.Parse(twoAnalyzers, "first")
	if err != nil {
		t.Fatal(err)
	}
	want := &doctext.Doc{
		Name:    "first",
		Summary: "find what is first",
		Text: strings.TrimSpace(`
find what is first

It finds it, as in

	# Analyzer third
	x := first()

and the categories of nothing.

  - This: is no category.

The categories are:

  - one: the first one, see [context.Context],
    on two lines.
  - two: the second: with a colon
  - no colon
`),
	}
	if diff := cmp.Diff(want, got, unexported); diff != "" {
		t.Errorf("Parse (-want +got):\n%s", diff)
	}
	categories := []doctext.Category{
		{Name: "one", Text: "the first one, see context.Context, on two lines."},
		{Name: "two", Text: "the second: with a colon"},
	}
	if diff := cmp.Diff(categories, got.Categories()); diff != "" {
		t.Errorf("Categories (-want +got):\n%s", diff)
	}
	for name, want := range map[string]bool{"one": true, "two": true, "This": false, "no colon": false, "": false} {
		if got := got.HasCategory(name); got != want {
			t.Errorf("HasCategory(%q) = %t", name, got)
		}
	}
}

func TestParseLastSection(t *testing.T) {
	got, err := doctext.Parse(twoAnalyzers, "second")
	if err != nil {
		t.Fatal(err)
	}
	want := &doctext.Doc{Name: "second", Summary: "find what is second", Text: "find what is second"}
	if diff := cmp.Diff(want, got, unexported); diff != "" {
		t.Errorf("Parse (-want +got):\n%s", diff)
	}
}

func TestParseErrors(t *testing.T) {
	tests := []struct {
		name, src, analyzer, want string
	}{
		{"no Go", "not Go at all", "a", "no package clause"},
		{"empty", "", "a", "no package clause"},
		{"no documentation", "package p\n", "a", "no heading"},
		{"other analyzer", twoAnalyzers, "third", "no heading"},
		{"prefix of a name", twoAnalyzers, "fir", "no heading"},
		{"no summary", "// # Analyzer a\n//\n// Finds things.\npackage p\n", "a", "not followed by"},
		{"other summary", "// # Analyzer a\n//\n// b: find things\npackage p\n", "a", "not followed by"},
		{"empty summary", "// # Analyzer a\n//\n// a:\npackage p\n", "a", "not followed by"},
		{"detached comment", "// # Analyzer a\n//\n// a: find things\n\npackage p\n", "a", "no heading"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d, err := doctext.Parse(tt.src, tt.analyzer)
			if err == nil {
				t.Fatalf("Parse = %+v, want an error", d)
			}
			if !strings.Contains(err.Error(), tt.want) || !strings.Contains(err.Error(), tt.analyzer) {
				t.Errorf("error %q does not contain %q and %q", err, tt.want, tt.analyzer)
			}
		})
	}
}

func TestParseWindows(t *testing.T) {
	got, err := doctext.Parse(strings.ReplaceAll(twoAnalyzers, "\n", "\r\n"), "first")
	if err != nil {
		t.Fatal(err)
	}
	want, err := doctext.Parse(twoAnalyzers, "first")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got, unexported); diff != "" {
		t.Errorf("with \\r\\n (-want +got):\n%s", diff)
	}
}

func TestMustParsePanics(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("no panic")
		}
	}()
	doctext.MustParse("package p\n", "a")
}
