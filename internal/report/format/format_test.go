package format_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/ctxlint/ctxlint/analyzers"
	"github.com/ctxlint/ctxlint/internal/driver/record"
	"github.com/ctxlint/ctxlint/internal/report"
	"github.com/ctxlint/ctxlint/internal/report/format"
	"github.com/ctxlint/ctxlint/internal/report/format/formattest"
	"github.com/ctxlint/ctxlint/internal/tool/testenv"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// render returns what a format writes for a report.
func render(t *testing.T, f format.Format, r *report.Report, o *format.Options) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := f(&out, r, o); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestGolden(t *testing.T) {
	for _, test := range []struct {
		golden string
		format format.Format
		change func(*format.Options)
	}{
		{"text.txt", format.Text, func(o *format.Options) {}},
		{"color.txt", format.Text, func(o *format.Options) { o.Color, o.Context = true, 1 }},
		{"nosource.txt", format.Text, func(o *format.Options) { o.Context = -1 }},
		{"suppressed.txt", format.Text, func(o *format.Options) { o.Suppressed, o.Context = true, -1 }},
		{"errors.txt", format.Errors, func(o *format.Options) {}},
		{"report.json", format.JSON, func(o *format.Options) {}},
		{"report.sarif", format.SARIF, func(o *format.Options) { o.Suppressed = true }},
		{"github.txt", format.GitHub, func(o *format.Options) { o.Dir = "/src" }},
		{"summary.md", format.Markdown, func(o *format.Options) { o.Blob = "https://example.com/o/shop/blob/0123abc" }},
		{"codequality.json", format.CodeQuality, func(o *format.Options) {}},
		{"checkstyle.xml", format.Checkstyle, func(o *format.Options) {}},
		{"junit.xml", format.JUnit, func(o *format.Options) { o.Suppressed = true }},
	} {
		t.Run(test.golden, func(t *testing.T) {
			o := formattest.Options(t)
			test.change(o)
			got := render(t, test.format, formattest.Report(), o)
			checkInert(t, got, o.Color)
			testenv.Golden(t, test.golden, string(got), *update, "run with -update to accept")
		})
	}
}

// checkInert checks that output holds nothing that a terminal or another
// consumer would interpret, or that makes text look like different text.
func checkInert(t *testing.T, out []byte, color bool) {
	t.Helper()
	if !utf8.Valid(out) {
		t.Error("the output is not UTF-8")
	}
	text := string(out)
	if color {
		for _, rendition := range []string{"0", "1", "2", "1;31", "1;33", "1;36"} {
			text = strings.ReplaceAll(text, "\x1b["+rendition+"m", "")
		}
	}
	for _, r := range text {
		if r != '\n' && !unicode.IsPrint(r) {
			t.Errorf("the output contains %U", r)
		}
	}
}

func TestEmptyReport(t *testing.T) {
	o := formattest.Options(t)
	for _, name := range []string{"text", "github"} {
		if got := render(t, format.ByName(name), new(report.Report), o); len(got) > 0 {
			t.Errorf("%s writes %q for an empty report", name, got)
		}
	}
	validate(t, jsonSchema(t), render(t, format.JSON, new(report.Report), o))
	validate(t, qualitySchema(t), render(t, format.CodeQuality, new(report.Report), o))
	for name, want := range map[string]string{
		"markdown":   "## ctxlint: no findings &#40;0 packages checked&#41;\n",
		"checkstyle": `<checkstyle version="8.0"></checkstyle>`,
		"junit":      `<testcase name="ctxlint" classname="ctxlint"></testcase>`,
	} {
		if got := render(t, format.ByName(name), new(report.Report), o); !strings.Contains(string(got), want) {
			t.Errorf("%s writes %q for an empty report, without %q", name, got, want)
		}
	}
	validate(t, sarifSchema(t), render(t, format.SARIF, new(report.Report), o))
}

func TestJSONSchema(t *testing.T) {
	schema := jsonSchema(t)
	out := render(t, format.JSON, formattest.Report(), formattest.Options(t))
	validate(t, schema, out)

	// The schema must not accept anything whatever.
	for name, broken := range map[string]string{
		"version":     strings.Replace(string(out), `"version": 1`, `"version": 2`, 1),
		"severity":    strings.Replace(string(out), `"severity": "note"`, `"severity": "off"`, 1),
		"confidence":  strings.Replace(string(out), `"confidence": "high"`, `"confidence": "sure"`, 1),
		"fingerprint": strings.Replace(string(out), `"fingerprint": "0`, `"fingerprint": "x`, 1),
		"line":        strings.Replace(string(out), `"line": 3`, `"line": 0`, 1),
		"key":         strings.Replace(string(out), `"packages"`, `"package"`, 1),
	} {
		if broken == string(out) {
			t.Errorf("%s: nothing replaced", name)
		}
		if schema.Validate(decode(t, []byte(broken))) == nil {
			t.Errorf("the schema accepts a report with a wrong %s", name)
		}
	}
}

func TestSARIFSchema(t *testing.T) {
	schema := sarifSchema(t)
	out := render(t, format.SARIF, formattest.Report(), formattest.Options(t))
	validate(t, schema, out)
	if schema.Validate(decode(t, bytes.Replace(out, []byte("warning"), []byte("worrying"), 1))) == nil {
		t.Error("the schema accepts a wrong level")
	}
	noRoot := formattest.Options(t)
	noRoot.Root, noRoot.Suite, noRoot.Version = "", nil, ""
	validate(t, schema, render(t, format.SARIF, formattest.Report(), noRoot))
}

// TestSARIFForGitHub checks what GitHub would take for something else.
func TestSARIFForGitHub(t *testing.T) {
	out := string(render(t, format.SARIF, formattest.Report(), formattest.Options(t)))
	for _, word := range []string{"suppressions", "kept quiet", "primaryLocationLineHash", "security-severity"} {
		if strings.Contains(out, word) {
			t.Errorf("the log has %q", word)
		}
	}
}

// TestSARIFReferences checks what the schema cannot: that indices, link targets
// and identifiers agree.
func TestSARIFReferences(t *testing.T) {
	type location struct {
		ID       int
		Physical struct {
			Artifact struct{ URI, URIBaseID string }
		} `json:"physicalLocation"`
	}
	var log struct {
		Runs []struct {
			Tool struct {
				Driver struct{ Rules []struct{ ID string } }
			}
			Results []struct {
				RuleID    string
				RuleIndex int
				Message   struct{ Text string }
				Related   []location `json:"relatedLocations"`
			}
		}
	}
	if err := json.Unmarshal(render(t, format.SARIF, formattest.Report(), formattest.Options(t)), &log); err != nil {
		t.Fatal(err)
	}
	run := log.Runs[0]
	for _, r := range run.Results {
		if got := run.Tool.Driver.Rules[r.RuleIndex].ID; got != r.RuleID {
			t.Errorf("a result of rule %s has the index of rule %s", r.RuleID, got)
		}
		for _, l := range r.Related {
			if link := "](" + string(rune('0'+l.ID)) + ")"; !strings.Contains(r.Message.Text, link) {
				t.Errorf("no link %s in %q", link, r.Message.Text)
			}
		}
	}
}

// TestCodeQualitySchema checks what GitLab requires, and that it can tell issues apart.
func TestCodeQualitySchema(t *testing.T) {
	schema := qualitySchema(t)
	out := render(t, format.CodeQuality, formattest.Report(), formattest.Options(t))
	validate(t, schema, out)
	if schema.Validate(decode(t, bytes.Replace(out, []byte("blocker"), []byte("error"), 1))) == nil {
		t.Error("the schema accepts a wrong severity")
	}
	var issues []struct{ Fingerprint string }
	if err := json.Unmarshal(out, &issues); err != nil {
		t.Fatal(err)
	}
	seen := make(map[string]bool)
	for _, issue := range issues {
		if seen[issue.Fingerprint] {
			t.Errorf("two issues have the fingerprint %s", issue.Fingerprint)
		}
		seen[issue.Fingerprint] = true
	}
}

// many returns a report with n findings of each of the severities.
func many(n int, severities ...analyzers.Severity) *report.Report {
	r := new(report.Report)
	for i := range n {
		for _, severity := range severities {
			r.Findings = append(r.Findings, &report.Finding{Severity: severity, Finding: record.Finding{
				Analyzer: "cancelleak", Category: "path", Message: fmt.Sprint("number ", i),
				Pos: record.Position{File: "/src/shop/cart.go", Line: i + 1, Col: 1},
			}})
		}
	}
	return r
}

// TestGitHubOrder wants the annotations that GitHub shows to be those that matter, and the
// number of the others to be told.
func TestGitHubOrder(t *testing.T) {
	r := many(11, analyzers.Note, analyzers.Warning, analyzers.Error)
	r.Errors = []report.Error{{Message: "not analysed"}}
	o := formattest.Options(t)
	lines := strings.Split(string(render(t, format.GitHub, r, o)), "\n")
	if !strings.HasSuffix(lines[0], "::not analysed") {
		t.Errorf("first is %q, want what could not be analysed", lines[0])
	}
	for i, want := range map[int]string{1: "::error", 11: "::error", 12: "::warning", 22: "::warning", 23: "::notice", 33: "::notice"} {
		if !strings.HasPrefix(lines[i], want+" ") {
			t.Errorf("line %d is %q, want %s", i, lines[i], want)
		}
	}
	const want = "GitHub shows the first 10 annotations of each kind of a step; only this log has the other 2 errors, 1 warning, 1 notice"
	if got := format.Unseen(r, o); got != want {
		t.Errorf("Unseen = %q, want %q", got, want)
	}
	if got := format.Unseen(many(10, analyzers.Warning, analyzers.Error), o); got != "" {
		t.Errorf("Unseen = %q, want nothing", got)
	}
}

// TestMarkdownBound wants a summary that GitHub shows, however much is found.
func TestMarkdownBound(t *testing.T) {
	out := string(render(t, format.Markdown, many(20000, analyzers.Warning), formattest.Options(t)))
	if len(out) > 1<<20 || !regexp.MustCompile(`\nThere are \d+ more lines that are too many for this page.\n$`).MatchString(out) {
		t.Errorf("%d bytes, which end with %q", len(out), out[len(out)-80:])
	}
}

func qualitySchema(t *testing.T) *jsonschema.Schema {
	return compile(t, filepath.FromSlash("testdata/codequality.schema.json"))
}

func jsonSchema(t *testing.T) *jsonschema.Schema {
	return compile(t, filepath.FromSlash("../../../docs/schema/ctxlint.schema.json"))
}

func sarifSchema(t *testing.T) *jsonschema.Schema {
	return compile(t, filepath.FromSlash("testdata/sarif-schema-2.1.0.json"))
}

func compile(t *testing.T, file string) *jsonschema.Schema {
	t.Helper()
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	schema, err := c.Compile(file)
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

func validate(t *testing.T, schema *jsonschema.Schema, out []byte) {
	t.Helper()
	if err := schema.Validate(decode(t, out)); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}

func decode(t *testing.T, out []byte) any {
	t.Helper()
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(out))
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestSummary(t *testing.T) {
	for want, r := range map[string]*report.Report{
		"no findings (0 packages checked)":                                      {},
		"no findings (1 package checked)":                                       {Packages: 1},
		"no findings (1 package checked, 2 more findings with -confidence low)": {Packages: 1, Hidden: formattest.Report().Hidden[1:]},
		"5 findings in 4 packages, 3 unused suppressions, 5 errors (7 packages checked, 2 findings suppressed, 1 more finding with -confidence medium, 2 more with low)": formattest.Report(),
	} {
		if got := format.Summary(r); got != want {
			t.Errorf("Summary = %q, want %q", got, want)
		}
	}
}

// brokenWriter fails like a full disk.
type brokenWriter struct{}

var errFull = errors.New("no space left")

func (brokenWriter) Write([]byte) (int, error) { return 0, errFull }

func TestWriteErrors(t *testing.T) {
	for _, name := range format.Names() {
		if err := format.ByName(name)(brokenWriter{}, formattest.Report(), formattest.Options(t)); !errors.Is(err, errFull) {
			t.Errorf("%s: error %v, want that of the writer", name, err)
		}
	}
}
