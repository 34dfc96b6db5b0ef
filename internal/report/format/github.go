package format

import (
	"bufio"
	"cmp"
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
	for _, it := range o.items(r) {
		title := it.label
		if title == "" {
			title = "ctxlint could not analyse " + cmp.Or(it.pkg, "everything")
		}
		fmt.Fprintf(out, "::%s %s::%s\n", commands[it.severity], strings.Join(o.properties(it, title), ","), escapeData(it.text()))
	}
	return out.Flush()
}

// commands are the kinds of annotations.
var commands = map[analyzers.Severity]string{analyzers.Error: "error", analyzers.Warning: "warning", analyzers.Note: "notice"}

// maxAnnotations is how many annotations of each kind GitHub shows for a step.
const maxAnnotations = 10

// Unseen says how many annotations of the format GitHub are in the log and nowhere
// else, and returns "" if GitHub shows all.
func Unseen(r *report.Report, o *Options) string {
	counts := make(map[string]int)
	for _, it := range o.items(r) {
		counts[commands[it.severity]]++
	}
	var parts []string
	for _, kind := range []string{"error", "warning", "notice"} {
		if n := counts[kind] - maxAnnotations; n > 0 {
			parts = append(parts, count(n, kind))
		}
	}
	if parts == nil {
		return ""
	}
	return fmt.Sprintf("GitHub shows the first %d annotations of each kind of a step; only this log has the other %s", maxAnnotations, strings.Join(parts, ", "))
}

// properties returns the properties of an item's workflow command.
func (o *Options) properties(it item, title string) []string {
	var properties []string
	if start, end := it.pos, it.end; start != nil {
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
	return append(properties, "title="+escapeProperty(title))
}

func (o *Options) utf16Col(p record.Position) int {
	if p.Col <= 1 {
		return p.Col // without reading a file that nothing else may be needed of
	}
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
