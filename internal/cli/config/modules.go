package config

import (
	"slices"

	"github.com/ctxlint/ctxlint/internal/report"
	"github.com/ctxlint/ctxlint/internal/util/plainfile"
)

// Modules are the settings of a run over the modules of a workspace, each of which may
// have a file of its own.
type Modules struct {
	// Settings are those of the run itself, and of files outside the other modules.
	*Settings
	own []moduleSettings
}

type moduleSettings struct {
	dir string
	*Settings
}

// Add gives the module in dir, an absolute path, its own settings.
func (m *Modules) Add(dir string, s *Settings) {
	m.own = append(m.own, moduleSettings{dir, s})
}

// For returns the settings of a file or directory, which is named by an absolute path:
// those of the innermost module around it.
func (m *Modules) For(file string) *Settings {
	best, depth := m.Settings, -1
	for _, o := range m.own {
		if _, ok := plainfile.Below(o.dir, file); ok && len(o.dir) > depth {
			best, depth = o.Settings, len(o.dir)
		}
	}
	return best
}

// All returns the settings of the run and of the modules, each once.
func (m *Modules) All() []*Settings {
	all := []*Settings{m.Settings}
	for _, o := range m.own {
		if !slices.Contains(all, o.Settings) {
			all = append(all, o.Settings)
		}
	}
	return all
}

// Runs returns the analyzers that run in some module.
func (m *Modules) Runs() []Analyzer {
	var runs []Analyzer
	for i, a := range m.Analyzers {
		if slices.ContainsFunc(m.All(), func(s *Settings) bool { return s.Analyzers[i].Runs }) {
			runs = append(runs, a)
		}
	}
	return runs
}

// Apply is [Settings.Apply], with the settings of each finding's file.
func (m *Modules) Apply(r *report.Report) { apply(r, m.For) }

// Hide is [Settings.Hide], with the settings of each finding's file.
func (m *Modules) Hide(r *report.Report) { hide(r, m.For) }

// Reports is [Settings.Reports], with the settings of the file.
func (m *Modules) Reports(analyzer, category, file string) bool {
	return m.For(file).Reports(analyzer, category, file)
}

// Excludes is [Settings.Excludes], with the settings of the finding's file.
func (m *Modules) Excludes(f *report.Finding) bool { return m.For(f.Pos.File).Excludes(f) }
