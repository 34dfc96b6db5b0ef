package format_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"regexp"
	"strings"
	"testing"

	"github.com/ctxlint/ctxlint/analyzers"
	"github.com/ctxlint/ctxlint/internal/driver/record"
	"github.com/ctxlint/ctxlint/internal/report"
	"github.com/ctxlint/ctxlint/internal/report/format"
	"github.com/ctxlint/ctxlint/internal/report/format/formattest"
	"github.com/ctxlint/ctxlint/internal/tool/testenv"
)

var (
	pageStyle  = regexp.MustCompile(`(?s)<style>(.*?)</style>`)
	pageScript = regexp.MustCompile(`(?s)<script>(.*?)</script>`)
	pageData   = regexp.MustCompile(`(?s)<script type="application/json" id="report">(.*?)</script>`)
	pagePolicy = regexp.MustCompile(`http-equiv="Content-Security-Policy" content="([^"]*)"`)
)

// part returns one part of the page.
func part(t *testing.T, page []byte, re *regexp.Regexp) string {
	t.Helper()
	all := re.FindAllSubmatch(page, -1)
	if len(all) != 1 {
		t.Fatalf("%d matches of %s", len(all), re)
	}
	return string(all[0][1])
}

// TestHTMLData compares the data for the page's script. What the script does
// with it is tested in a browser, see browsertest.
func TestHTMLData(t *testing.T) {
	page := render(t, format.HTML, formattest.Report(), formattest.Options(t))
	checkInert(t, page, false)
	var data bytes.Buffer
	if err := json.Indent(&data, []byte(part(t, page, pageData)), "", " "); err != nil {
		t.Fatal(err)
	}
	testenv.Golden(t, "html.json", data.String(), *update, "run with -update to accept")
}

// TestHTMLPolicy checks that the policy allows the page's own style and script,
// by their hashes, and nothing else.
func TestHTMLPolicy(t *testing.T) {
	page := render(t, format.HTML, formattest.Report(), formattest.Options(t))
	policy := strings.ReplaceAll(part(t, page, pagePolicy), "&#43;", "+")
	policy = strings.ReplaceAll(policy, "&#39;", "'")
	for directive, re := range map[string]*regexp.Regexp{"style-src": pageStyle, "script-src": pageScript} {
		sum := sha256.Sum256([]byte(part(t, page, re)))
		want := directive + " 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "';"
		if !strings.Contains(policy, want) {
			t.Errorf("the policy %q lacks %q", policy, want)
		}
	}
	if !strings.HasPrefix(policy, "default-src 'none';") || strings.Contains(policy, "unsafe") {
		t.Errorf("the policy is %q", policy)
	}
}

// TestHTMLMarkup checks that nothing in a report becomes markup, and that the
// page names no address that a browser would load something from.
func TestHTMLMarkup(t *testing.T) {
	page := string(render(t, format.HTML, formattest.Report(), formattest.Options(t)))
	for tag, want := range map[string]int{"<script": 2, "</script": 2, "<style": 1, "</style": 1, "<img": 0, "<svg": 0, "<!--": 0, "<link": 0, "<iframe": 0} {
		if got := strings.Count(page, tag); got != want {
			t.Errorf("the page has %s %d times, want %d", tag, got, want)
		}
	}
	for _, attribute := range []string{" src=", "@import", "url("} {
		rest := strings.NewReplacer("img src=x", "", "url(#", "").Replace(page) // of the fixture's text, and of a part of the page
		if strings.Contains(rest, attribute) {
			t.Errorf("the page has %q", attribute)
		}
	}
	if strings.Contains(page, `"url":"javascript:`) {
		t.Error("the address of a script became a link")
	}
}

// TestInjection puts markup, terminal sequences and workflow commands through
// all formats.
func TestInjection(t *testing.T) {
	for _, name := range format.Names() {
		t.Run(name, func(t *testing.T) {
			out := render(t, format.ByName(name), formattest.Report(), formattest.Options(t))
			checkInert(t, out, false)
			switch name {
			case "html", "json", "sarif", "codequality":
				// This must hold even if someone pastes it unchanged into a
				// page.
				if name != "html" && bytes.ContainsAny(out, "<>&") {
					t.Error("markup is not escaped")
				}
				if bytes.Contains(out, []byte(formattest.Payload)) {
					t.Error("the payload is there as it was")
				}
			case "github":
				// One command for each item, whatever commands are in its text.
				command := regexp.MustCompile(`^::(error|warning|notice) [^\r\n]*\n$`)
				lines := strings.SplitAfter(strings.TrimSuffix(string(out), "\n")+"\n", "\n")
				lines = lines[:len(lines)-1]
				for _, line := range lines {
					if !command.MatchString(line) {
						t.Errorf("not a workflow command: %q", line)
					}
				}
				r := formattest.Report()
				if want := len(r.Findings) + len(r.Unused) + len(r.Errors); len(lines) != want {
					t.Errorf("%d commands, want %d", len(lines), want)
				}
			case "markdown":
				for line := range strings.Lines(string(out)) {
					if columns := strings.Count(line, "|"); columns != 0 && columns != 4 {
						t.Errorf("%d lines between columns in %q", columns, line)
					}
					rest := regexp.MustCompile(`<br>|\]\([^() ]*\)`).ReplaceAllString(line, "")
					if strings.ContainsAny(rest, "<>`*_\\~") {
						t.Errorf("markup in %q", line)
					}
				}
			case "checkstyle", "junit":
				elements := regexp.MustCompile(`^(checkstyle|file|error|testsuites|testsuite|testcase|failure|skipped)$`)
				in := xml.NewDecoder(bytes.NewReader(out))
				for {
					token, err := in.Token()
					if err == io.EOF {
						break
					}
					if err != nil {
						t.Fatal(err)
					}
					if e, ok := token.(xml.StartElement); ok && !elements.MatchString(e.Name.Local) {
						t.Errorf("there is an element %s", e.Name.Local)
					}
				}
			case "text", "summary":
				// A terminal interprets only control characters.
			default:
				t.Errorf("say what makes the output of %s inert", name)
			}
		})
	}
}

func TestHTMLEmpty(t *testing.T) {
	page := render(t, format.HTML, new(report.Report), formattest.Options(t))
	var data struct {
		Findings, Checks, Packages, Files, Notes []any
	}
	if err := json.Unmarshal([]byte(part(t, page, pageData)), &data); err != nil {
		t.Fatal(err)
	}
	for _, list := range [][]any{data.Findings, data.Checks, data.Packages, data.Files, data.Notes} {
		if list == nil {
			t.Error("a list is null, which the page does not expect")
		}
	}
}

// TestHTMLHues wants an analyzer to have one colour, whatever else is in the report.
func TestHTMLHues(t *testing.T) {
	style := part(t, render(t, format.HTML, new(report.Report), formattest.Options(t)), pageStyle)
	finding := func(analyzer string) *report.Finding {
		return &report.Finding{Finding: record.Finding{Analyzer: analyzer, Category: "path", Pos: record.Position{File: "/src/a.go", Line: 1}}}
	}
	hues := func(names ...string) map[string]int {
		r := new(report.Report)
		for _, name := range names {
			r.Findings = append(r.Findings, finding(name))
		}
		var data struct {
			Checks []struct {
				Analyzer string
				Hue      int
			}
		}
		if err := json.Unmarshal([]byte(part(t, render(t, format.HTML, r, formattest.Options(t)), pageData)), &data); err != nil {
			t.Fatal(err)
		}
		got := make(map[string]int)
		for _, c := range data.Checks {
			got[c.Analyzer] = c.Hue
		}
		return got
	}
	var names []string
	for _, e := range analyzers.Suite() {
		names = append(names, e.Name)
	}
	names = append(names, "observed")
	all := hues(names...)
	for _, name := range names {
		if alone := hues(name)[name]; alone != all[name] {
			t.Errorf("%s has the colour %d, and %d in another report", name, alone, all[name])
		}
		if !strings.Contains(style, fmt.Sprintf(".hue%d ", all[name])) {
			t.Errorf("there is no colour %d, of %s", all[name], name)
		}
	}
}

func TestHTMLDeterministic(t *testing.T) {
	first := render(t, format.HTML, formattest.Report(), formattest.Options(t))
	for range 5 {
		if !bytes.Equal(first, render(t, format.HTML, formattest.Report(), formattest.Options(t))) {
			t.Fatal("the same report makes different pages")
		}
	}
}
