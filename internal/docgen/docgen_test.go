package docgen_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ctxlint/ctxlint/analyzers"
	"github.com/ctxlint/ctxlint/internal/diag"
	"github.com/ctxlint/ctxlint/internal/docgen"
)

var root = filepath.Join("..", "..")

func read(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	return strings.ReplaceAll(string(text), "\r\n", "\n")
}

func TestFilesAreUpToDate(t *testing.T) {
	files, err := docgen.Files(root)
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range files {
		if diff := cmp.Diff(strings.ReplaceAll(want, "\r\n", "\n"), read(t, name)); diff != "" {
			t.Errorf("%s is stale; run go generate ./...\n(-want +got):\n%s", name, diff)
		}
	}
}

func TestReadmeShowsRealOutput(t *testing.T) {
	have := read(t, "README.md")
	want, err := docgen.ReadmeWithExample(root, have)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, have); diff != "" {
		t.Errorf("README.md does not show what ctxlint prints; run go generate ./...\n(-want +got):\n%s", diff)
	}
}

// TestAnchors checks that the address of every category leads to a heading,
// whose anchor GitHub makes from its text.
func TestAnchors(t *testing.T) {
	heading := regexp.MustCompile(`(?m)^### (.*)$`)
	for _, e := range analyzers.Suite() {
		anchors := make(map[string]bool)
		for _, m := range heading.FindAllStringSubmatch(docgen.Page(e), -1) {
			anchors[strings.ReplaceAll(strings.ToLower(m[1]), " ", "-")] = true
		}
		for _, c := range e.Documentation.Categories {
			if !anchors[c.Name] {
				t.Errorf("%s#%s leads nowhere", diag.URL(e.Name), c.Name)
			}
		}
		if !anchors[diag.Internal] {
			t.Errorf("%s#%s leads nowhere", diag.URL(e.Name), diag.Internal)
		}
	}
}

// TestLinks checks the relative links of the README and of the pages in docs.
func TestLinks(t *testing.T) {
	pages, err := filepath.Glob(filepath.Join(root, "docs", "*.md"))
	if err != nil {
		t.Fatal(err)
	}
	link := regexp.MustCompile(`\]\(([^)#\s]+)(#[^)\s]*)?\)`)
	for _, page := range append(pages, filepath.Join(root, "README.md")) {
		text, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range link.FindAllStringSubmatch(string(text), -1) {
			if strings.Contains(m[1], "://") {
				continue
			}
			if _, err := os.Stat(filepath.Join(filepath.Dir(page), filepath.FromSlash(m[1]))); err != nil {
				t.Errorf("%s: broken link: %v", page, err)
			}
		}
	}
}

func TestReplace(t *testing.T) {
	const text = "a\n<!-- BEGIN x: made by y -->\nold\n<!-- END x -->\nb\n"
	got, err := docgen.Replace(text, "x", "new\n\n")
	if want := strings.Replace(text, "old", "new", 1); err != nil || got != want {
		t.Errorf("Replace gives %q, %v; want %q", got, err, want)
	}
	if got, err := docgen.Section(text, "x"); err != nil || got != "old\n" {
		t.Errorf("Section gives %q, %v; want %q", got, err, "old\n")
	}
	for _, broken := range []string{
		"",
		text + text,
		"<!-- BEGIN x: -->",
		"<!-- END x -->\n<!-- BEGIN x: -->\n",
		strings.Replace(text, "END x", "END y", 1),
	} {
		if got, err := docgen.Replace(broken, "x", "new"); err == nil {
			t.Errorf("Replace in %q gives %q, want an error", broken, got)
		}
	}
}
