package format

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/ctxlint/ctxlint/analyzers"
	"github.com/ctxlint/ctxlint/internal/driver/record"
	"github.com/ctxlint/ctxlint/internal/report"
	"github.com/ctxlint/ctxlint/internal/report/visible"
)

// An item is what formats for other tools show one after the other: a finding, a
// suppression that silences nothing, or a package that could not be analysed. All text is
// visible text; only that of a failure has several lines.
type item struct {
	severity analyzers.Severity
	pos, end *record.Position // nil if unknown
	pkg      string
	check    string // "" for a failure
	label    string // the check as people see it, with the confidence
	message  string
	details  []string // a line for each step and each kind of evidence
	finding  *report.Finding
}

// text returns the message and the details, in lines.
func (it item) text() string {
	return strings.Join(append([]string{it.message}, it.details...), "\n")
}

// items returns what a report has, the worst first: failures, then what is found by
// severity. Readers that show only some of it show the first.
func (o *Options) items(r *report.Report) []item {
	var all []item
	for _, e := range r.Errors {
		all = append(all, item{severity: analyzers.Error, pos: e.Pos, pkg: visible.Text(e.Package), message: visible.Lines(e.Message)})
	}
	found := o.findingItems(r.Findings)
	for _, u := range r.Unused {
		check, message := u.Describe()
		found = append(found, item{severity: analyzers.Warning, pos: &u.Pos, pkg: visible.Text(u.Package), check: check, label: check, message: visible.Text(message)})
	}
	slices.SortStableFunc(found, func(a, b item) int { return cmp.Compare(a.severity.Rank(), b.severity.Rank()) })
	return append(all, found...)
}

func (o *Options) findingItems(findings []*report.Finding) []item {
	var all []item
	for _, f := range findings {
		all = append(all, item{
			severity: f.Severity, pos: &f.Pos, end: &f.End, pkg: visible.Text(f.Package),
			check: visible.Text(f.Check()), label: visible.Text(f.Label()), message: visible.Text(f.Message), details: o.details(f), finding: f,
		})
	}
	return all
}

// details returns the steps of a finding and the other calls that it stands for, with
// their places, and its evidence.
func (o *Options) details(f *report.Finding) []string {
	var lines []string
	for _, step := range f.Related {
		lines = append(lines, fmt.Sprintf("%s:%d: %s", visible.Text(o.Relative(step.Pos.File)), step.Pos.Line, visible.Text(step.Message)))
	}
	shown, more := shownCalls(f)
	for _, call := range shown {
		lines = append(lines, fmt.Sprintf("%s:%d: %s", visible.Text(o.Relative(call.Pos.File)), call.Pos.Line, callText(call)))
	}
	if more > 0 {
		lines = append(lines, "and "+count(more, "other call"))
	}
	for _, sentence := range f.Evidence.Sentences() {
		lines = append(lines, "Evidence: "+visible.Text(sentence))
	}
	return lines
}

// inRepository returns the name of a file as tools want it that know the repository:
// relative to its root, if it is below that, with slashes.
func (o *Options) inRepository(file string) string {
	if rel, ok := below(o.Root, file); ok {
		return visible.Text(rel)
	}
	return visible.Text(o.Relative(file))
}
