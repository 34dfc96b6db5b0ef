package format

import (
	"cmp"
	"encoding/xml"
	"fmt"
	"io"
	"maps"
	"slices"

	"github.com/ctxlint/ctxlint/analyzers"
	"github.com/ctxlint/ctxlint/internal/report"
	"github.com/ctxlint/ctxlint/internal/report/visible"
)

// The format of Checkstyle, which Jenkins and others read.
type (
	checkstyleReport struct {
		XMLName xml.Name         `xml:"checkstyle"`
		Version string           `xml:"version,attr"` // of the format, which starts with that of Checkstyle
		Files   []checkstyleFile `xml:"file"`
	}
	checkstyleFile struct {
		Name   string            `xml:"name,attr"`
		Errors []checkstyleError `xml:"error"`
	}
	checkstyleError struct {
		Line     int    `xml:"line,attr"`
		Column   int    `xml:"column,attr,omitempty"`
		Severity string `xml:"severity,attr"`
		Message  string `xml:"message,attr"`
		Source   string `xml:"source,attr"`
	}
)

var checkstyleSeverities = map[analyzers.Severity]string{analyzers.Error: "error", analyzers.Warning: "warning", analyzers.Note: "info"}

// Checkstyle writes the report as Checkstyle does, with files in the order of their names.
func Checkstyle(w io.Writer, r *report.Report, o *Options) error {
	files := make(map[string][]checkstyleError)
	for _, it := range o.items(r) {
		name, e := "ctxlint", checkstyleError{Severity: checkstyleSeverities[it.severity], Message: it.text(), Source: cmp.Or(it.check, failure)}
		if it.pos != nil {
			name, e.Line, e.Column = o.inRepository(it.pos.File), it.pos.Line, it.pos.Col
		}
		files[name] = append(files[name], e)
	}
	out := checkstyleReport{Version: "8.0"}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		out.Files = append(out.Files, checkstyleFile{name, files[name]})
	}
	return writeXML(w, out)
}

// The format of JUnit, as far as servers agree on it.
type (
	junitReport struct {
		XMLName  xml.Name `xml:"testsuites"`
		Name     string   `xml:"name,attr"`
		Tests    int      `xml:"tests,attr"`
		Failures int      `xml:"failures,attr"`
		Errors   int      `xml:"errors,attr"`
		Suites   []*junitSuite
	}
	junitSuite struct {
		XMLName  xml.Name `xml:"testsuite"`
		Name     string   `xml:"name,attr"`
		Tests    int      `xml:"tests,attr"`
		Failures int      `xml:"failures,attr"`
		Errors   int      `xml:"errors,attr"`
		Skipped  int      `xml:"skipped,attr"`
		Cases    []junitCase
	}
	junitCase struct {
		XMLName xml.Name      `xml:"testcase"`
		Name    string        `xml:"name,attr"`
		Class   string        `xml:"classname,attr"`
		File    string        `xml:"file,attr,omitempty"`
		Line    int           `xml:"line,attr,omitempty"`
		Failure *junitOutcome `xml:"failure"`
		Error   *junitOutcome `xml:"error"`
		Skipped *junitOutcome `xml:"skipped"`
	}
	junitOutcome struct {
		Message string `xml:"message,attr"`
		Type    string `xml:"type,attr,omitempty"`
		Text    string `xml:",chardata"`
	}
)

// JUnit writes each finding as a test that fails, in a suite for its package. With nothing
// to report there is one test, which passes: servers take a report without tests for a
// mistake. Suppressed findings, if they are wanted, are tests that were skipped.
func JUnit(w io.Writer, r *report.Report, o *Options) error {
	out := &junitReport{Name: "ctxlint"}
	for _, it := range o.items(r) {
		suite := out.suite(it.pkg)
		outcome := &junitOutcome{Message: it.message, Type: cmp.Or(it.check, failure), Text: it.text()}
		c := o.junitCase(it, suite.Name)
		if it.check == "" {
			c.Error = outcome
			suite.Errors++
		} else {
			c.Failure = outcome
			suite.Failures++
		}
		suite.Cases = append(suite.Cases, c)
	}
	if o.Suppressed {
		for _, it := range o.findingItems(r.Suppressed) {
			suite := out.suite(it.pkg)
			c := o.junitCase(it, suite.Name)
			c.Skipped = &junitOutcome{Message: "suppressed " + visible.Text((&textWriter{o}).suppression(it.finding.Suppression))}
			suite.Skipped++
			suite.Cases = append(suite.Cases, c)
		}
	}
	if out.Suites == nil {
		suite := out.suite("")
		suite.Cases = []junitCase{{Name: suite.Name, Class: suite.Name}}
	}
	slices.SortFunc(out.Suites, func(a, b *junitSuite) int { return cmp.Compare(a.Name, b.Name) })
	for _, suite := range out.Suites {
		suite.Tests = len(suite.Cases)
		out.Tests, out.Failures, out.Errors = out.Tests+suite.Tests, out.Failures+suite.Failures, out.Errors+suite.Errors
	}
	return writeXML(w, out)
}

// suite returns the suite of a package, or the one for what is about none.
func (j *junitReport) suite(pkg string) *junitSuite {
	name := cmp.Or(pkg, j.Name)
	if i := slices.IndexFunc(j.Suites, func(s *junitSuite) bool { return s.Name == name }); i >= 0 {
		return j.Suites[i]
	}
	s := &junitSuite{Name: name}
	j.Suites = append(j.Suites, s)
	return s
}

func (o *Options) junitCase(it item, class string) junitCase {
	c := junitCase{Name: cmp.Or(it.check, failure), Class: class}
	if it.pos != nil {
		c.File, c.Line = o.inRepository(it.pos.File), it.pos.Line
		c.Name += fmt.Sprintf(" at %s:%d", c.File, it.pos.Line)
		if it.pos.Col > 0 {
			c.Name += fmt.Sprintf(":%d", it.pos.Col)
		}
	}
	return c
}

// writeXML writes v indented, as a document.
func writeXML(w io.Writer, v any) error {
	data, err := xml.MarshalIndent(v, "", "  ")
	if err != nil {
		return err
	}
	_, err = io.WriteString(w, xml.Header+string(data)+"\n")
	return err
}
