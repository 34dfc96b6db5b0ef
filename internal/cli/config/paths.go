package config

import (
	"cmp"
	"path/filepath"
	"strings"

	"github.com/bmatcuk/doublestar/v4"

	"github.com/ctxlint/ctxlint/analyzers"
	"github.com/ctxlint/ctxlint/internal/driver/record"
	"github.com/ctxlint/ctxlint/internal/pass/catalog"
	"github.com/ctxlint/ctxlint/internal/report"
	"github.com/ctxlint/ctxlint/internal/util/plainfile"
)

// Apply applies rules and excludes to the findings of a report: it sets
// severities, drops findings of checks that are on only in other paths, and
// suppresses what is excluded.
func (s *Settings) Apply(r *report.Report) {
	apply(r, func(string) *Settings { return s })
}

// apply is [Settings.Apply], with the settings of each file.
func apply(r *report.Report, of func(file string) *Settings) {
	r.Drop(func(f *report.Finding) bool {
		s := of(f.Pos.File)
		severity, on := s.severity(f)
		f.Severity = severity
		return !on || !s.Selects(f)
	})
	r.Suppress(func(f *report.Finding) *report.Suppression { return of(f.Pos.File).excluded(f) })
	kept := r.Unused[:0]
	for _, u := range r.Unused {
		if s := of(u.Pos.File); !s.excludesAll(s.relative(u.Pos.File)) {
			kept = append(kept, u)
		}
	}
	r.Unused = kept
}

// Hide moves the findings of which too little is proved to Hidden. Of those that are
// suppressed, it drops them.
func (s *Settings) Hide(r *report.Report) {
	hide(r, func(string) *Settings { return s })
}

// hide is [Settings.Hide], with the settings of each file.
func hide(r *report.Report, of func(file string) *Settings) {
	r.Hide(func(f *report.Finding) bool { return f.Confidence > of(f.Pos.File).least(f.Analyzer) })
}

// least returns the least confidence of the findings of an analyzer that are shown.
func (s *Settings) least(analyzer string) catalog.Confidence {
	if a := s.analyzer(analyzer); a != nil {
		return a.least()
	}
	return catalog.High
}

// severity returns the severity of a finding, and whether its check is on in
// its file. A finding that a comment explains stays a note, whatever the rules
// say.
func (s *Settings) severity(f *report.Finding) (analyzers.Severity, bool) {
	if severity, ok := s.ruled(f.Analyzer, f.Check(), f.Pos.File); ok {
		if f.Explained {
			severity = analyzers.Note
		}
		return severity, true
	}
	a := s.analyzer(f.Analyzer)
	return f.Severity, a == nil || a.On
}

// ruled returns the severity that the rules give to a check of an analyzer in a
// file; ok is false if none of them names it. The last matching rule decides;
// within a rule, a category beats its analyzer.
func (s *Settings) ruled(analyzer, check, file string) (severity analyzers.Severity, ok bool) {
	file = s.relative(file)
	for _, r := range s.rules {
		if !matchesAny(r.Paths, file) {
			continue
		}
		for _, name := range []string{analyzer, check} {
			for _, l := range r.Severity {
				if l.Check == name {
					severity, ok = l.Severity, true
				}
			}
		}
	}
	return severity, ok
}

func (s *Settings) excluded(f *report.Finding) *report.Suppression {
	file := s.relative(f.Pos.File)
	for i, e := range s.exclude {
		if !matchesAny(e.Paths, file) || !e.names(f) {
			continue
		}
		s.silenced[i] = true
		return &report.Suppression{
			Kind:   report.ByConfig,
			Reason: e.Reason,
			Pos:    record.Position{File: cmp.Or(e.Pos.File, s.File), Line: e.Pos.Line, Col: e.Pos.Col},
		}
	}
	return nil
}

// Excludes reports whether an entry of exclude is about a finding.
func (s *Settings) Excludes(f *report.Finding) bool { return s.excluded(f) != nil }

// excludesAll reports whether nothing in a file can be reported.
func (s *Settings) excludesAll(file string) bool {
	for _, e := range s.exclude {
		if len(e.Checks) == 0 && matchesAny(e.Paths, file) {
			return true
		}
	}
	return false
}

func (e Exclude) names(f *report.Finding) bool {
	for _, check := range e.Checks {
		if check.Text == f.Analyzer || check.Text == f.Check() {
			return true
		}
	}
	return len(e.Checks) == 0
}

// relative returns a file's path relative to the root, with slashes, or "",
// which no glob matches, if the file is elsewhere.
func (s *Settings) relative(file string) string {
	rel, ok := plainfile.Below(s.Root, file)
	if !ok {
		return ""
	}
	return filepath.ToSlash(rel)
}

// matchesAny reports whether one of the globs matches the file or a directory
// above it.
func matchesAny(globs []Item, file string) bool {
	if file == "" {
		return false
	}
	for _, g := range globs {
		glob := strings.TrimSuffix(g.Text, "/")
		if ok, _ := doublestar.Match(glob, file); ok {
			return true
		}
		if ok, _ := doublestar.Match(glob+"/**", file); ok {
			return true
		}
	}
	return false
}

func splitCheck(check string) (analyzer, category string) {
	analyzer, category, _ = strings.Cut(check, "/")
	return analyzer, category
}

func cutOption(key string) (analyzer, option string, ok bool) {
	return strings.Cut(key, ".")
}
