package config

import (
	"fmt"
	"slices"

	"github.com/ctxlint/ctxlint/internal/pass/catalog"
)

// Everything returns settings with which all analyzers report all categories, with the
// other options as they are: those of an analysis that is to tell what a run would not show.
func (s *Settings) Everything() *Settings {
	all := *s
	all.only, all.Analyzers = nil, nil
	for _, a := range s.Analyzers {
		a.On, a.Runs, a.only = true, true, nil
		a.Options = slices.DeleteFunc(slices.Clone(a.Options), func(v Value) bool { return v.Name == catalog.Disable })
		all.Analyzers = append(all.Analyzers, a)
	}
	return &all
}

// Everything is [Settings.Everything] for each module.
func (m *Modules) Everything() *Modules {
	all := &Modules{Settings: m.Settings.Everything()}
	for _, o := range m.own {
		all.Add(o.dir, o.Settings.Everything())
	}
	return all
}

// WhyOff is [Settings.WhyOff], with the settings of the file.
func (m *Modules) WhyOff(analyzer, category, file string) string {
	return m.For(file).WhyOff(analyzer, category, file)
}

// WhyOff returns why findings of a category of an analyzer are not asked for in a file,
// and where that is written; "" if they are.
func (s *Settings) WhyOff(analyzer, category, file string) string {
	a := s.analyzer(analyzer)
	if a == nil || s.Reports(analyzer, category, file) {
		return ""
	}
	if disable, ok := a.option(catalog.Disable); ok && !a.recorded().Reports(category) {
		return fmt.Sprintf("%s is disabled (%s)", catalog.Check(analyzer, category), disable.Origin)
	}
	if !s.only.selects(analyzer, category) {
		return fmt.Sprintf("-only does not name %s", catalog.Check(analyzer, category))
	}
	return fmt.Sprintf("%s is off (%s)", analyzer, a.Origin)
}
