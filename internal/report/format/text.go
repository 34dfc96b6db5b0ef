package format

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"strings"

	"github.com/ctxlint/ctxlint/analyzers"
	"github.com/ctxlint/ctxlint/internal/driver/record"
	"github.com/ctxlint/ctxlint/internal/pass/catalog"
	"github.com/ctxlint/ctxlint/internal/report"
	"github.com/ctxlint/ctxlint/internal/report/visible"
)

// Text writes findings for a person: where and what, the source line, and the
// steps that explain the finding. Errors are not part of it; see [Errors].
func Text(w io.Writer, r *report.Report, o *Options) error {
	out := bufio.NewWriter(w)
	t := &textWriter{o}
	for i, f := range r.Findings {
		t.separate(out, i)
		t.finding(out, f)
	}
	shown := len(r.Findings)
	if o.Suppressed {
		for _, f := range r.Suppressed {
			t.separate(out, shown)
			t.finding(out, f)
			fmt.Fprintf(out, "    %s %s\n", t.paint(bold, "suppressed"), visible.Text(t.suppression(f.Suppression)))
			shown++
		}
	}
	for _, u := range r.Unused {
		t.separate(out, shown)
		shown++
		check, message := u.Describe()
		t.headline(out, u.Pos, analyzers.Warning, message, check)
		end := u.Pos
		end.Col += len(u.Text)
		t.excerpt(out, u.Pos, end, severityColor(analyzers.Note))
	}
	return out.Flush()
}

// Errors writes what could not be analysed.
func Errors(w io.Writer, r *report.Report, o *Options) error {
	out := bufio.NewWriter(w)
	t := &textWriter{o}
	for _, e := range r.Errors {
		first, rest, _ := strings.Cut(e.Message, "\n")
		switch {
		case e.Pos != nil:
			fmt.Fprintf(out, "%s: ", t.paint(bold, t.position(*e.Pos)))
		case e.Package != "":
			fmt.Fprintf(out, "%s: ", t.paint(bold, "package "+visible.Text(e.Package)))
		default:
			fmt.Fprintf(out, "%s: ", t.paint(bold, "ctxlint"))
		}
		fmt.Fprintf(out, "%s%s\n", t.paint(red, "error: "), visible.Text(first))
		for line := range strings.Lines(rest) {
			fmt.Fprintf(out, "    %s\n", indentText(cells(strings.TrimRight(line, "\n"))))
		}
	}
	return out.Flush()
}

// Summary returns one line about the whole report.
func Summary(r *report.Report) string {
	var b strings.Builder
	packages := make(map[string]bool)
	for _, f := range r.Findings {
		packages[f.Package] = true
	}
	if len(r.Findings) == 0 {
		b.WriteString("no findings")
	} else {
		fmt.Fprintf(&b, "%s in %s", count(len(r.Findings), "finding"), count(len(packages), "package"))
	}
	if r.Interrupted {
		b.WriteString(" so far")
	}
	if n := len(r.Unused); n > 0 {
		fmt.Fprintf(&b, ", %s", count(n, "unused suppression"))
	}
	if n := len(r.Errors); n > 0 {
		fmt.Fprintf(&b, ", %s", count(n, "error"))
	}
	fmt.Fprintf(&b, " (%s checked", count(r.Packages, "package"))
	if n := len(r.Suppressed); n > 0 {
		fmt.Fprintf(&b, ", %s suppressed", count(n, "finding"))
	}
	b.WriteString(hidden(r.Hidden))
	return b.String() + ")"
}

// hidden says how many findings each level of confidence would add.
func hidden(findings []*report.Finding) string {
	more := make([]int, catalog.Least+1)
	for _, f := range findings {
		more[f.Confidence]++
	}
	text, said := "", false
	for level, n := range more {
		switch {
		case n == 0:
		case said:
			text += fmt.Sprintf(", %d more with %s", n, catalog.Confidence(level))
		default:
			text, said = fmt.Sprintf(", %s with -%s %s", count(n, "more finding"), catalog.ConfidenceFlag, catalog.Confidence(level)), true
		}
	}
	return text
}

func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

type textWriter struct{ *Options }

// separate writes an empty line before each finding except the first, if source
// lines would otherwise run together.
func (t *textWriter) separate(w io.Writer, i int) {
	if i > 0 && t.Context >= 0 {
		fmt.Fprintln(w)
	}
}

func (t *textWriter) finding(w io.Writer, f *report.Finding) {
	t.headline(w, f.Pos, f.Severity, f.Message, f.Label())
	t.excerpt(w, f.Pos, f.End, severityColor(f.Severity))
	for _, step := range f.Related {
		fmt.Fprintf(w, "    %s: %s\n", t.position(step.Pos), visible.Text(step.Message))
	}
	shown, more := shownCalls(f)
	for _, call := range shown {
		fmt.Fprintf(w, "    %s: %s\n", t.position(call.Pos), callText(call))
	}
	if more > 0 {
		fmt.Fprintf(w, "    and %s; JSON lists all\n", count(more, "other call"))
	}
	for _, sentence := range f.Evidence.Sentences() {
		fmt.Fprintf(w, "    %s %s\n", t.paint(bold, "evidence:"), visible.Text(sentence))
	}
}

// suppression says who has silenced a finding, where, and why.
func (t *textWriter) suppression(s *report.Suppression) string {
	text := map[report.Kind]string{
		report.ByComment: "by a comment", report.ByConfig: "by the configuration", report.ByBaseline: "by the baseline",
	}[s.Kind] + " at " + t.position(s.Pos)
	if s.Reason != "" {
		text += ": " + s.Reason
	}
	return text
}

// maxCalls is how many other calls are listed of a finding that stands for them, too.
const maxCalls = 5

// shownCalls returns the first of the other calls that a finding stands for, and the
// number of those that are left out.
func shownCalls(f *report.Finding) (shown []*report.Finding, more int) {
	others := f.Parts()[1:]
	n := min(len(others), maxCalls)
	return others[:n], len(others) - n
}

// callText says what an other call is.
func callText(call *report.Finding) string {
	return "also from " + visible.Text(cmp.Or(call.Func, "here"))
}

// headline writes where and what. Most findings are warnings, so that only other
// severities are mentioned.
func (t *textWriter) headline(w io.Writer, pos record.Position, severity analyzers.Severity, message, check string) {
	level := ""
	if severity == analyzers.Error || severity == analyzers.Note {
		level = t.paint(severityColor(severity), string(severity)+":") + " "
	}
	fmt.Fprintf(w, "%s: %s%s %s\n", t.paint(bold, t.position(pos)), level, visible.Text(message), t.paint(dim, "("+visible.Text(check)+")"))
}

func (t *textWriter) position(p record.Position) string {
	s := visible.Text(t.Path(p.File))
	if p.Line > 0 {
		s += fmt.Sprintf(":%d", p.Line)
	}
	if p.Line > 0 && p.Col > 0 {
		s += fmt.Sprintf(":%d", p.Col)
	}
	return s
}

// Parameters of the "select graphic rendition" sequence of terminals.
const (
	bold   = "1"
	dim    = "2"
	red    = "1;31"
	yellow = "1;33"
	cyan   = "1;36"
)

func severityColor(s analyzers.Severity) string {
	switch s {
	case analyzers.Error:
		return red
	case analyzers.Note:
		return cyan
	}
	return yellow
}

// paint gives text, which must already be visible, a colour if that is wanted.
func (t *textWriter) paint(rendition, text string) string {
	if !t.Color {
		return text
	}
	return "\x1b[" + rendition + "m" + text + "\x1b[0m"
}
