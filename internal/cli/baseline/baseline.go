// Package baseline keeps the findings that a team knows about but has not fixed
// yet, in a text file under version control. docs/baseline.md describes it.
//
// An entry identifies a finding by its [report.Finding.ID], which survives
// edits elsewhere, and by its file, which matters only if several findings have
// the same ID. Equal entries stand for as many findings.
package baseline

import (
	"bytes"
	"cmp"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/ctxlint/ctxlint/internal/driver/record"
	"github.com/ctxlint/ctxlint/internal/report"
)

// A Baseline is the content of a baseline file.
type Baseline struct {
	File    string // absolute path
	Entries []Entry
}

// An Entry stands for one finding.
type Entry struct {
	Check string // analyzer/category
	ID    string
	Path  string // of the file that has the finding, or its root, with slashes, relative to the directory of the baseline
	Note  string // function and source line, for people only
	Line  int    // in the baseline file, 0 for a new entry
}

// A Scope says which findings a run could have seen.
type Scope struct {
	// Covers reports whether a finding of the check in the file would have been
	// seen.
	Covers func(check, file string) bool
	// Gone reports whether the file no longer exists.
	Gone func(file string) bool
}

// A Match is the outcome of comparing a baseline with the findings of a run.
type Match struct {
	baseline *Baseline
	known    map[*report.Finding]Entry
	fixed    []Entry // whose finding is gone
	beyond   []Entry // about which the run cannot tell
}

// Match finds the entry of each finding. It prefers an entry in the finding's
// own file. Any other entry means that the code was moved, provided that its
// old file is gone or the run would have seen the finding there.
func (b *Baseline) Match(findings []*report.Finding, scope Scope) *Match {
	m := &Match{baseline: b, known: make(map[*report.Finding]Entry)}
	free := make(map[string][]Entry) // by check and ID
	for _, e := range b.Entries {
		key := e.Check + " " + e.ID
		free[key] = append(free[key], e)
	}
	take := func(f *report.Finding, fits func(Entry) bool) {
		key := f.Check() + " " + f.ID
		if i := slices.IndexFunc(free[key], fits); m.known[f] == (Entry{}) && i >= 0 {
			m.known[f] = free[key][i]
			free[key] = slices.Delete(free[key], i, i+1)
		}
	}
	covered := func(e Entry) bool { return scope.Covers(e.Check, b.abs(e.Path)) }
	for _, f := range findings {
		path := b.path(f)
		take(f, func(e Entry) bool { return e.Path == path })
	}
	for _, f := range findings {
		take(f, func(e Entry) bool { return covered(e) || scope.Gone(b.abs(e.Path)) })
	}
	for _, rest := range free {
		for _, e := range rest {
			if covered(e) {
				m.fixed = append(m.fixed, e)
			} else {
				m.beyond = append(m.beyond, e)
			}
		}
	}
	slices.SortFunc(m.fixed, func(a, b Entry) int { return cmp.Compare(a.Line, b.Line) })
	return m
}

// Suppression returns the decision to silence a finding, or nil if it is not in
// the baseline.
func (m *Match) Suppression(f *report.Finding) *report.Suppression {
	e, ok := m.known[f]
	if !ok {
		return nil
	}
	return &report.Suppression{Kind: report.ByBaseline, Pos: record.Position{File: m.baseline.File, Line: e.Line, Col: 1}}
}

// Stale returns the entries whose findings are gone.
func (m *Match) Stale() []report.Unused {
	var stale []report.Unused
	for _, e := range m.fixed {
		stale = append(stale, report.Unused{Stale: true, Ignore: record.Ignore{
			Pos:  record.Position{File: m.baseline.File, Line: e.Line, Col: 1},
			Text: strings.TrimSpace(fmt.Sprintf("%s in %s  %s", e.Check, e.Path, e.Note)),
		}})
	}
	return stale
}

// Update returns the baseline that silences the given findings. It has an entry
// for each of them, none for those that are fixed, and keeps the entries that
// the run could not tell about. note returns the note to write beside a
// finding.
func (m *Match) Update(findings []*report.Finding, note func(*report.Finding) string) *Baseline {
	next := &Baseline{File: m.baseline.File, Entries: slices.Clone(m.beyond)}
	for _, f := range findings {
		next.Entries = append(next.Entries, Entry{Check: f.Check(), ID: f.ID, Path: next.path(f), Note: note(f)})
	}
	return next
}

// Shrunk returns the baseline without the entries whose findings are gone, and with
// nothing new.
func (m *Match) Shrunk() *Baseline {
	gone := make(map[Entry]bool)
	for _, e := range m.fixed {
		gone[e] = true
	}
	left := slices.DeleteFunc(slices.Clone(m.baseline.Entries), func(e Entry) bool { return gone[e] })
	return &Baseline{File: m.baseline.File, Entries: left}
}

// Fixed returns how many entries no longer have a finding.
func (m *Match) Fixed() int { return len(m.fixed) }

// Known returns how many findings have an entry.
func (m *Match) Known() int { return len(m.known) }

// abs returns the name of the file that an entry's path refers to.
func (b *Baseline) abs(path string) string {
	return filepath.Join(filepath.Dir(b.File), filepath.FromSlash(path))
}

// path returns the path that the entry of a finding has.
func (b *Baseline) path(f *report.Finding) string {
	_, pos := f.Home()
	return b.relative(pos.File)
}

// relative returns the path that an entry has for a file.
func (b *Baseline) relative(file string) string {
	rel, err := filepath.Rel(filepath.Dir(b.File), file)
	if err != nil {
		rel = file // on another drive
	}
	return filepath.ToSlash(rel)
}

const header = "# ctxlint baseline 1"

const explanation = `# Known findings, which are not reported. "ctxlint -write-baseline" rewrites this file;
# lines may be deleted, and paths are relative to the directory of this file.
`

// Format returns the text of a baseline: a line for each entry, sorted by file,
// so that changes by different people rarely conflict.
func (b *Baseline) Format() []byte {
	entries := slices.SortedFunc(slices.Values(b.Entries), func(a, b Entry) int {
		return cmp.Or(cmp.Compare(a.Path, b.Path), cmp.Compare(a.Check, b.Check), cmp.Compare(a.Note, b.Note), cmp.Compare(a.ID, b.ID))
	})
	var out bytes.Buffer
	fmt.Fprintf(&out, "%s\n%s", header, explanation)
	for _, e := range entries {
		line := strings.Join([]string{quote(e.Path), e.Check, e.ID, e.Note}, "  ")
		fmt.Fprintln(&out, strings.TrimRight(line, " "))
	}
	return out.Bytes()
}
