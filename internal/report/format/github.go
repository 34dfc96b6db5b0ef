package format

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/ctxlint/ctxlint/analyzers"
	"github.com/ctxlint/ctxlint/internal/driver/record"
	"github.com/ctxlint/ctxlint/internal/report"
	"github.com/ctxlint/ctxlint/internal/report/visible"
)

// GitHub writes the workflow commands that make GitHub Actions annotate lines
// of code: https://docs.github.com/actions/reference/workflow-commands-for-github-actions
func GitHub(w io.Writer, r *report.Report, o *Options) error {
	out := bufio.NewWriter(w)
	for _, f := range r.Findings {
		var message strings.Builder
		message.WriteString(visible.Text(f.Message))
		for _, step := range f.Related {
			fmt.Fprintf(&message, "\n%s:%d: %s", visible.Text(o.Relative(step.Pos.File)), step.Pos.Line, visible.Text(step.Message))
		}
		for _, sentence := range f.Evidence.Sentences() {
			fmt.Fprintf(&message, "\nEvidence: %s", visible.Text(sentence))
		}
		o.annotate(out, f.Severity, &f.Pos, &f.End, f.Label(), message.String())
	}
	for _, u := range r.Unused {
		check, message := u.Describe()
		o.annotate(out, analyzers.Warning, &u.Pos, nil, check, visible.Text(message))
	}
	for _, e := range r.Errors {
		title := "ctxlint could not analyse everything"
		if e.Package != "" {
			title = "ctxlint could not analyse " + visible.Text(e.Package)
		}
		o.annotate(out, analyzers.Error, e.Pos, nil, title, visible.Lines(e.Message))
	}
	return out.Flush()
}

// annotate writes one workflow command. The title and the message must be
// visible text; line breaks are allowed in the message.
func (o *Options) annotate(w io.Writer, severity analyzers.Severity, start, end *record.Position, title, message string) {
	command := map[analyzers.Severity]string{
		analyzers.Error: "error", analyzers.Warning: "warning", analyzers.Note: "notice",
	}[severity]
	var properties []string
	if start != nil {
		properties = append(properties, "file="+escapeProperty(visible.Lines(o.Relative(start.File))))
		if start.Line > 0 {
			properties = append(properties, fmt.Sprintf("line=%d", start.Line))
		}
		if end != nil && end.File == start.File && end.Line > start.Line {
			properties = append(properties, fmt.Sprintf("endLine=%d", end.Line))
		}
		if start.Col > 0 {
			properties = append(properties, fmt.Sprintf("col=%d", o.utf16Col(*start)))
		}
		// The column of an end on another line would be taken for a column of
		// this line.
		if end != nil && end.File == start.File && end.Line == start.Line && end.Col > start.Col {
			properties = append(properties, fmt.Sprintf("endColumn=%d", o.utf16Col(*end)))
		}
	}
	properties = append(properties, "title="+escapeProperty(title))
	fmt.Fprintf(w, "::%s %s::%s\n", command, strings.Join(properties, ","), escapeData(message))
}

func (o *Options) utf16Col(p record.Position) int {
	return o.Sources.File(p.File).UTF16Col(p.Line, p.Col)
}

// escapeData escapes the message of a workflow command.
func escapeData(s string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A").Replace(s)
}

// escapeProperty escapes a property of a workflow command.
func escapeProperty(s string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C").Replace(s)
}
