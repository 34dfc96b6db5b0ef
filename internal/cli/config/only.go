package config

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ctxlint/ctxlint/analyzers"
	"github.com/ctxlint/ctxlint/internal/pass/catalog"
	"github.com/ctxlint/ctxlint/internal/report"
	"github.com/ctxlint/ctxlint/internal/util/spelling"
)

// FindChecks returns the checks that a name stands for: an analyzer, one of its categories,
// those of a group, or what evidence shows. It may be pasted in the form in which findings
// show it, and the case of letters does not matter. An error says what may have been meant.
func FindChecks(suite []analyzers.Entry, name string) ([]string, error) {
	name = strings.TrimPrefix(strings.Trim(name, "()"), "ctxlint/")
	if isObserved(name) {
		return []string{name}, nil
	}
	head, category, narrow := strings.Cut(name, "/")
	var members []string
	for _, e := range suite {
		if e.Group != "" && strings.EqualFold(e.Group, head) {
			members = append(members, e.Name)
		}
	}
	if members != nil && !narrow {
		return members, nil
	}
	if members != nil {
		head, category, narrow = category, "", false
	}
	i := slices.IndexFunc(suite, func(e analyzers.Entry) bool { return strings.EqualFold(e.Name, head) })
	switch {
	case i < 0:
		return nil, UnknownAnalyzer(suite, head)
	case !narrow || strings.EqualFold(category, suite[i].Name):
		return []string{suite[i].Name}, nil
	}
	for _, row := range suite[i].Categories {
		if strings.EqualFold(row.Name, category) {
			return []string{suite[i].Name + "/" + row.Name}, nil
		}
	}
	return nil, &catalog.UnknownError{Analyzer: suite[i].Name, Category: category, Table: suite[i].Categories}
}

// UnknownAnalyzer says that there is no analyzer of that name in the suite, and what may
// have been meant: people remember the category of a finding as often as the analyzer.
func UnknownAnalyzer(suite []analyzers.Entry, name string) error {
	var list, categories []string
	for _, e := range suite {
		list = append(list, e.Name)
		if _, ok := e.Categories.Row(name); ok {
			categories = append(categories, catalog.Check(e.Name, name))
		}
	}
	if categories != nil {
		return fmt.Errorf("unknown analyzer %q; did you mean %s?", name, spelling.Or(categories))
	}
	if question := spelling.Question(name, append(list, analyzers.Groups(suite)...)); question != "" {
		return fmt.Errorf("unknown analyzer %q; %s", name, question)
	}
	return fmt.Errorf("unknown analyzer %q; the analyzers are %s", name, names(suite))
}

// An only is the checks that a run is about, nil for all.
type only []string

// names reports whether an analyzer, or a category of it, is among the checks, and which
// categories are; nil stands for all of them.
func (o only) names(analyzer string) (categories []string, ok bool) {
	for _, check := range o {
		name, category, narrow := strings.Cut(check, "/")
		if name != analyzer {
			continue
		}
		if !narrow {
			return nil, true
		}
		categories, ok = append(categories, category), true
	}
	return categories, ok
}

// selects reports whether findings of a category are among the checks. A failure of an
// analyzer is, whichever of its categories are.
func (o only) selects(analyzer, category string) bool {
	categories, ok := o.names(analyzer)
	return o == nil || ok && (categories == nil || category == catalog.Internal || slices.Contains(categories, category))
}

// narrow makes an analyzer run if the checks name it, and not otherwise. What the checks
// name is found even if the configuration disables it.
func (o only) narrow(a *Analyzer) {
	if o == nil {
		return
	}
	categories, ok := o.names(a.Name)
	a.On, a.Runs, a.Origin = ok, ok, byCommandLine
	for i, v := range a.Options {
		if v.Name == catalog.Disable && v.Origin != byCommandLine {
			left := slices.DeleteFunc(v.List(), func(name string) bool { return slices.Contains(categories, name) })
			a.Options[i].Text = strings.Join(left, ",")
		}
	}
	if categories != nil {
		a.only = categories
	}
}

// disabled returns the value of an analyzer's option that leaves out all that it does not
// report, for a configuration file.
func (a Analyzer) disabled(v Value) Value {
	if a.only == nil {
		return v
	}
	var names []string
	for _, row := range a.Categories {
		if !slices.Contains(a.only, row.Name) || slices.Contains(v.List(), row.Name) {
			names = append(names, row.Name)
		}
	}
	return Value{v.Name, strings.Join(names, ","), byCommandLine}
}

// Selects reports whether the run is about a finding.
func (s *Settings) Selects(f *report.Finding) bool { return s.only.selects(f.Analyzer, f.Category) }
