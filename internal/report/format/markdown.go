package format

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/ctxlint/ctxlint/analyzers"
	"github.com/ctxlint/ctxlint/internal/driver/record"
	"github.com/ctxlint/ctxlint/internal/report"
)

// maxMarkdown is how many bytes a summary has at most, apart from its last sentence.
// GitHub shows nothing of a summary of more than a mebibyte, and refuses longer comments
// long before that.
const maxMarkdown = 900_000

// Markdown writes a summary for a page of a forge, such as that of a step of GitHub
// Actions: what could not be analysed, and a table for each severity.
func Markdown(w io.Writer, r *report.Report, o *Options) error {
	m := &markdownWriter{Options: o}
	fmt.Fprintf(&m.out, "## ctxlint: %s\n", inert(Summary(r)))
	items := o.items(r)
	slices.SortStableFunc(items, func(a, b item) int {
		// A failure has no check, and so comes first.
		return cmp.Or(cmp.Compare(a.severity.Rank(), b.severity.Rank()), cmp.Compare(a.check, b.check))
	})
	last := ""
	for _, it := range items {
		if m.out.Len() > maxMarkdown {
			m.left++
			continue
		}
		if title := it.title(); title != last {
			last = title
			fmt.Fprintf(&m.out, "\n### %s\n\n| check | place | message |\n| --- | --- | --- |\n", title)
		}
		fmt.Fprintf(&m.out, "| %s | %s | %s |\n", m.check(it), m.place(it), inert(it.message))
	}
	if m.left > 0 {
		fmt.Fprintf(&m.out, "\nThere are %s that are too many for this page.\n", count(m.left, "more line"))
	}
	_, err := w.Write(m.out.Bytes())
	return err
}

type markdownWriter struct {
	*Options
	out  bytes.Buffer
	left int // items that found no room
}

// titles are those of the tables for the levels.
var titles = map[analyzers.Severity]string{analyzers.Error: "Errors", analyzers.Warning: "Warnings", analyzers.Note: "Notes"}

// title returns the title of the table that an item is in.
func (it item) title() string {
	if it.check == "" {
		return "Could not be analysed"
	}
	return titles[it.severity]
}

// check returns the name of an item's check, with a link to what it means.
func (m *markdownWriter) check(it item) string {
	name := inert(it.label)
	if it.finding != nil && strings.HasPrefix(it.finding.URL, "https://") {
		return link(name, it.finding.URL)
	}
	return cmp.Or(name, inert(it.pkg))
}

// place returns an item's place, with a link to the source if there is one.
func (m *markdownWriter) place(it item) string {
	if it.pos == nil {
		return ""
	}
	name := inert(m.inRepository(it.pos.File))
	if it.pos.Line > 0 {
		name += fmt.Sprintf(":%d", it.pos.Line)
	}
	if url := m.sourceURL(*it.pos); url != "" {
		return link(name, url)
	}
	return name
}

// sourceURL returns the address of a line of source, "" if there is none.
func (o *Options) sourceURL(pos record.Position) string {
	rel, ok := below(o.Root, pos.File)
	if o.Blob == "" || !ok {
		return ""
	}
	return fmt.Sprintf("%s/%s#L%d", strings.TrimSuffix(o.Blob, "/"), escapePath(rel), max(pos.Line, 1))
}

func link(text, url string) string { return "[" + text + "](" + inert(url) + ")" }

// inert returns text that Markdown and HTML show as it is, in one line of a table.
func inert(text string) string {
	var b strings.Builder
	for _, r := range text {
		switch {
		case r == '\n':
			b.WriteString("<br>")
		case strings.ContainsRune("\\`*_{}[]()<>&|~!\"'@$", r):
			fmt.Fprintf(&b, "&#%d;", r) // a reference never begins markup
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}
