package docgen_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ctxlint/ctxlint/analyzers"
	"github.com/ctxlint/ctxlint/internal/pass/diag"
	"github.com/ctxlint/ctxlint/internal/tool/docgen"

	// What TestReadmeShowsRealOutput runs, so that a change to it invalidates
	// the cached result of the test.
	_ "github.com/ctxlint/ctxlint/internal/cli"
	_ "github.com/ctxlint/ctxlint/internal/driver/vettool"
)

var root = filepath.Join("..", "..", "..")

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

// TestAnchors checks that the address of every category leads to a heading.
func TestAnchors(t *testing.T) {
	for _, e := range analyzers.Suite() {
		has := anchors(docgen.Page(e))
		for _, c := range e.Documentation.Categories() {
			if !has[c.Name] {
				t.Errorf("%s#%s leads nowhere", diag.URL(e.Name), c.Name)
			}
		}
		if !has[diag.Internal] {
			t.Errorf("%s#%s leads nowhere", diag.URL(e.Name), diag.Internal)
		}
	}
}

// anchors returns the anchors that GitHub makes for the headings of a page.
func anchors(page string) map[string]bool {
	found := make(map[string]bool)
	for _, m := range regexp.MustCompile(`(?m)^#+ (.*)$`).FindAllStringSubmatch(page, -1) {
		words := regexp.MustCompile(`[^\w\- ]`).ReplaceAllString(strings.ToLower(m[1]), "")
		found[strings.ReplaceAll(words, " ", "-")] = true
	}
	return found
}

// TestLinks checks the relative links in the README and similar files, and in
// the pages in docs. A link whose text is the name of a function must lead to a
// file that declares it.
func TestLinks(t *testing.T) {
	pages, err := filepath.Glob(filepath.Join(root, "docs", "*.md"))
	if err != nil {
		t.Fatal(err)
	}
	link := regexp.MustCompile(`(\w*` + "`" + `)?\]\(([^)#\s]*)(#[^)\s]*)?\)`)
	for _, page := range append(pages, filepath.Join(root, "README.md"), filepath.Join(root, "CONTRIBUTING.md")) {
		text, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range link.FindAllStringSubmatch(string(text), -1) {
			if strings.Contains(m[2], "://") {
				continue
			}
			to := page
			if m[2] != "" {
				to = filepath.Join(filepath.Dir(page), filepath.FromSlash(m[2]))
			}
			if _, err := os.Stat(to); err != nil {
				t.Errorf("%s: broken link: %v", page, err)
				continue
			}
			function, ofFunction := strings.CutSuffix(m[1], "`")
			if ofFunction = ofFunction && filepath.Ext(to) == ".go"; !ofFunction && m[3] == "" {
				continue
			}
			target, err := os.ReadFile(to)
			if err != nil {
				t.Fatal(err)
			}
			if ofFunction && !regexp.MustCompile(`(?m)^func (\(.*\) )?`+function+`[\[(]`).Match(target) {
				t.Errorf("%s: no function %s in %s", page, function, to)
			}
			if m[3] != "" && !anchors(string(target))[m[3][1:]] {
				t.Errorf("%s: no heading for %s in %s", page, m[3], to)
			}
		}
	}
}

// TestIndex checks that docs/README.md leads to every page in docs.
func TestIndex(t *testing.T) {
	pages, err := filepath.Glob(filepath.Join(root, "docs", "*.md"))
	if err != nil {
		t.Fatal(err)
	}
	index := read(t, "docs/README.md")
	for _, page := range pages {
		if name := filepath.Base(page); name != "README.md" && !strings.Contains(index, "]("+name+")") {
			t.Errorf("docs/README.md has no link to %s", name)
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

func TestHeadline(t *testing.T) {
	page := read(t, "docs/benchmarks.md")
	if _, err := docgen.Headline(page); err != nil {
		t.Error(err)
	}
	const table = "| ctxlint | 8.13 s | 7.37–14.07 s | 13.89 s | 82 MB |  |\n" +
		"| go vet -vettool=ctxlint | 8.32 s | 7.70–14.12 s | 14.28 s | 82 MB | 0.98× |\n" +
		"| go vet | 20.91 s | 20.71–37.74 s | 36.88 s | 108 MB | 0.39× |\n" +
		"| staticcheck v0.8.2 | 22.62 s | 21.94–44.38 s | 41.93 s | 246 MB | 0.36× |\n" +
		"| golangci-lint v2.15.0 | 15.40 s | 13.88–19.84 s | 28.57 s | 796 MB | 0.53× |\n"
	page, err := docgen.Replace(page, "golangci-lint", table+"\n"+strings.ReplaceAll(table, "0.", "9."))
	if err != nil {
		t.Fatal(err)
	}
	got, err := docgen.Headline(page)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"0.39 times as long as `go vet`", "0.36 times as long as staticcheck", "and 0.53 times as", "82 MB"} {
		if !strings.Contains(got, want) {
			t.Errorf("the headline lacks %q:\n%s", want, got)
		}
	}
	if got, err := docgen.Headline(strings.ReplaceAll(page, "| staticcheck", "| other")); err == nil {
		t.Errorf("a headline without staticcheck: %s", got)
	}
}

func TestVerdicts(t *testing.T) {
	for _, test := range []struct{ file, text, err string }{
		{"batch-1.tsv", "repository\tplace\tcheck\tconfidence\tverdict\twhy\na\tb.go:1\tctxreset/chain\thigh\ttrue\tit leaks\n", ""},
		{"batch-1.tsv", "repository\n", "batch-1.tsv:1: the header is not"},
		{"batch-1.tsv", "repository\tplace\tcheck\tconfidence\tverdict\twhy\na\tb.go:1\tctxreset/chain\thigh\ttrue\t\n", "batch-1.tsv:2: want six columns"},
		{"batch-1.tsv", "repository\tplace\tcheck\tconfidence\tverdict\twhy\na\tb.go:1\tctxrest/chain\thigh\ttrue\tx\n", `no analyzer "ctxrest"`},
		{"batch-1.tsv", "repository\tplace\tcheck\tconfidence\tverdict\twhy\na\tb.go:1\tctxreset/chain\tsure\ttrue\tx\n", `"sure" is no confidence`},
		{"batch-1.tsv", "repository\tplace\tcheck\tconfidence\tverdict\twhy\na\tb.go:1\tctxreset/chain\thigh\tmaybe\tx\n", `"maybe" is no verdict`},
		{"first.tsv", "", "not named like"},
	} {
		root := t.TempDir()
		dir := filepath.Join(root, "docs", "firstlook")
		if err := os.MkdirAll(dir, 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, test.file), []byte(test.text), 0o666); err != nil {
			t.Fatal(err)
		}
		verdicts, err := docgen.Verdicts(root)
		switch {
		case test.err == "" && (err != nil || len(verdicts) != 1 || verdicts[0].Analyzer() != "ctxreset" || verdicts[0].Batch != 1):
			t.Errorf("%q: %+v, %v", test.text, verdicts, err)
		case test.err != "" && (err == nil || !strings.Contains(err.Error(), test.err)):
			t.Errorf("%q: error %v, want %s", test.text, err, test.err)
		}
	}
}
