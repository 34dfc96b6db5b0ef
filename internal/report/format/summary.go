package format

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/ctxlint/ctxlint/analyzers"
	"github.com/ctxlint/ctxlint/internal/report"
	"github.com/ctxlint/ctxlint/internal/report/visible"
)

// nobody stands for the owner of files that have none.
const nobody = "(nobody)"

// Tables writes how many findings there are, by owner if owners are known, by package and by
// check: what a large repository wants to know first.
func Tables(w io.Writer, r *report.Report, o *Options) error {
	out := new(bytes.Buffer)
	fmt.Fprintln(out, Summary(r))
	if o.Owners != nil {
		writeCounts(out, "owner", r, func(f *report.Finding) []string {
			rel, ok := below(o.Root, f.Pos.File)
			if !ok {
				return []string{nobody}
			}
			if owners := o.Owners(rel); len(owners) > 0 {
				return owners
			}
			return []string{nobody}
		})
	}
	writeCounts(out, "package", r, func(f *report.Finding) []string { return []string{f.Package} })
	writeCounts(out, "check", r, func(f *report.Finding) []string { return []string{f.Check()} })
	_, err := out.WriteTo(w)
	return err
}

// counts are findings of one key by severity, and those that are suppressed.
type counts struct {
	key                               string
	errors, warnings, notes, silenced int
}

func (c *counts) all() int { return c.errors + c.warnings + c.notes }

// writeCounts writes a table of findings by what keys returns, the most first. A finding
// with several keys counts for each of them.
func writeCounts(out *bytes.Buffer, title string, r *report.Report, keys func(*report.Finding) []string) {
	byKey := make(map[string]*counts)
	count := func(f *report.Finding, one func(*counts)) {
		for _, key := range keys(f) {
			if byKey[key] == nil {
				byKey[key] = &counts{key: key}
			}
			one(byKey[key])
		}
	}
	for _, f := range r.Findings {
		count(f, func(c *counts) {
			switch f.Severity {
			case analyzers.Error:
				c.errors++
			case analyzers.Warning:
				c.warnings++
			default:
				c.notes++
			}
		})
	}
	for _, f := range r.Suppressed {
		count(f, func(c *counts) { c.silenced++ })
	}
	if len(byKey) == 0 {
		return
	}
	var list []*counts
	for _, c := range byKey {
		list = append(list, c)
	}
	slices.SortFunc(list, func(a, b *counts) int {
		return cmp.Or(cmp.Compare(b.all(), a.all()), cmp.Compare(b.errors, a.errors), cmp.Compare(b.silenced, a.silenced), cmp.Compare(a.key, b.key))
	})
	fmt.Fprintln(out)
	table := new(bytes.Buffer)
	w := tabwriter.NewWriter(table, 0, 0, 2, ' ', 0)
	fmt.Fprintf(w, "%s\tfindings\terrors\twarnings\tnotes\tsuppressed\n", title)
	for _, c := range list {
		fmt.Fprintf(w, "%s\t%d\t%d\t%d\t%d\t%d\n", visible.Text(c.key), c.all(), c.errors, c.warnings, c.notes, c.silenced)
	}
	w.Flush()
	for line := range strings.Lines(table.String()) {
		fmt.Fprintln(out, strings.TrimRight(line, " \n"))
	}
}
