package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/ctxlint/ctxlint/internal/cli/baseline"
	"github.com/ctxlint/ctxlint/internal/cli/gitdiff"
	"github.com/ctxlint/ctxlint/internal/driver/gocmd"
	"github.com/ctxlint/ctxlint/internal/driver/record"
	"github.com/ctxlint/ctxlint/internal/pass/catalog"
	"github.com/ctxlint/ctxlint/internal/report"
	"github.com/ctxlint/ctxlint/internal/report/format"
	"github.com/ctxlint/ctxlint/internal/report/visible"
	"github.com/ctxlint/ctxlint/internal/util/atomicfile"
	"github.com/ctxlint/ctxlint/internal/util/plainfile"
)

// known says which findings a run leaves out because they are not new: those in
// a baseline, and those on lines that did not change.
type known struct {
	baselines []*ownBaseline
	file      *atomicfile.File // nil unless the only baseline is to be written
	changes   *gitdiff.Lines   // nil for all lines

	unchanged int // findings of the last report on lines that did not change
}

// An ownBaseline is a baseline with the findings that it is for: those of some modules.
type ownBaseline struct {
	*baseline.Baseline
	isFor func(file string) bool
	match *baseline.Match // of the last report
}

// suppression returns the decision of a baseline to silence a finding, or nil.
func (k *known) suppression(f *report.Finding) *report.Suppression {
	for _, b := range k.baselines {
		if s := b.match.Suppression(f); s != nil {
			return s
		}
	}
	return nil
}

// openKnown reads the baseline and asks for the lines that changed, before an
// analysis that might otherwise be in vain. If the baseline is to be written,
// it also opens the file.
func (s *session) openKnown(ctx context.Context) (k *known, err error) {
	k = new(known)
	o := s.formatOptions()
	if revision := s.settings.NewFrom.Text; revision != "" && s.writeBaseline == "" {
		if k.changes, err = gitdiff.Since(ctx, s.dir, revision); err != nil {
			return nil, fmt.Errorf("-new-from: %w", err)
		}
	}
	if s.writeBaseline == "" {
		k.baselines, err = s.readBaselines(ctx)
		return k, err
	}
	file := s.abs(s.dir, s.writeBaseline)
	b, err := baseline.ReadOld(ctx, file, o.Path(file))
	if err != nil {
		return nil, baselineError(err, file, o)
	}
	k.baselines = []*ownBaseline{{Baseline: b, isFor: func(string) bool { return true }}}
	k.file, err = s.createFile(file)
	return k, err
}

// readBaselines reads the baselines of the modules, each once.
func (s *session) readBaselines(ctx context.Context) (all []*ownBaseline, err error) {
	o := s.formatOptions()
	for _, settings := range s.settings.All() {
		name := settings.Baseline.Text
		if name == "" || slices.ContainsFunc(all, func(b *ownBaseline) bool { return b.File == name }) {
			continue
		}
		b, err := baseline.Read(ctx, name, o.Path(name))
		if err != nil {
			return nil, baselineError(err, name, o)
		}
		all = append(all, &ownBaseline{Baseline: b, isFor: func(file string) bool {
			return s.settings.For(file).Baseline.Text == name
		}})
	}
	return all, nil
}

// baselineError adds, to an error, what can be done about it.
func baselineError(err error, file string, o *format.Options) error {
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("the baseline %s does not exist: write it with -write-baseline", o.Path(file))
	}
	return err
}

// close leaves the baseline as it was, unless it has been written.
func (k *known) close() {
	if k.file != nil {
		k.file.Abort()
	}
}

// leaveOut removes what is not new from a report. Findings that the baseline
// silences stay in it, as suppressed.
func (s *session) leaveOut(k *known, rep *report.Report, scope baseline.Scope) {
	for _, b := range k.baselines {
		// What is better proved has the first claim to an entry: most baselines have
		// nothing else in them.
		var proved []*report.Finding
		for _, f := range rep.Findings {
			if _, pos := f.Home(); b.isFor(pos.File) {
				proved = append(proved, f)
			}
		}
		slices.SortStableFunc(proved, func(a, b *report.Finding) int { return cmp.Compare(a.Confidence, b.Confidence) })
		b.match = b.Match(proved, scope)
	}
	if len(k.baselines) > 0 && k.file == nil {
		rep.Suppress(k.suppression)
	}
	if k.changes != nil { // afterwards, so that entries for unchanged lines are not stale
		all := len(rep.Findings)
		rep.Drop(func(f *report.Finding) bool { return !isNew(k.changes, f) })
		rep.Unused = slices.DeleteFunc(rep.Unused, func(u report.Unused) bool { return !k.changes.Contains(u.Pos.File, u.Pos.Line) })
		k.unchanged = all - len(rep.Findings)
	}
}

// isNew reports whether a finding, or a step of its explanation, is on a line
// that changed: a leak is as new as the return that causes it.
func isNew(lines *gitdiff.Lines, f *report.Finding) bool { return touches(f, lines.Contains) }

// touches reports whether one of the lines that count as a finding's own, or a step of its
// explanation, is among some lines.
func touches(f *report.Finding, among func(file string, line int) bool) bool {
	for line := f.Pos.Line; line <= max(f.Pos.Line, min(f.End.Line, f.Pos.Line+maxSpan)); line++ {
		if among(f.Pos.File, line) {
			return true
		}
	}
	return slices.ContainsFunc(f.Related, func(step record.Related) bool { return among(step.Pos.File, step.Pos.Line) })
}

// maxSpan is how many lines of a finding count as its own. A finding about a
// whole loop is not new just because something in the loop changed.
const maxSpan = 2

// scope returns which findings a run over the packages could have seen: none if
// it was interrupted.
func (s *session) scope(rep *report.Report, packages []gocmd.Package, patterns []string, interrupted bool) baseline.Scope {
	failed := make(map[string]bool)
	for _, e := range rep.Errors {
		failed[e.Package] = true
	}
	analysed, ignored := make(map[string]bool), make(map[string]bool)
	for _, p := range packages {
		analysed[p.Dir] = !failed[p.ImportPath]
	}
	for _, file := range ignoredFiles(packages) {
		ignored[file] = true
	}
	gone := func(file string) bool {
		_, err := os.Stat(file)
		return errors.Is(err, fs.ErrNotExist)
	}
	return baseline.Scope{
		Gone: gone,
		Covers: func(check, file string) bool {
			analyzer, category, _ := strings.Cut(check, "/")
			switch {
			case interrupted, failed[""], !s.settings.Reports(analyzer, category, file):
				return false
			case s.category(analyzer, category).Identity == catalog.OfRoot && (len(failed) > 0 || !s.isWhole(patterns)):
				return false // other packages may have calls of the root
			case !s.tests && strings.HasSuffix(file, "_test.go"), ignored[file]:
				return false
			}
			return analysed[filepath.Dir(file)] || gone(filepath.Dir(file)) && s.below(patterns, file)
		},
	}
}

// everywhere is the scope of a run that could have seen all findings.
var everywhere = baseline.Scope{
	Covers: func(string, string) bool { return true },
	Gone:   func(string) bool { return false },
}

// isWhole reports whether the patterns certainly name all packages of the main
// modules.
func (s *session) isWhole(patterns []string) bool {
	top := s.root()
	if work := s.env.GOWORK; work != "" && work != "off" {
		top = filepath.Dir(work)
	}
	return slices.Contains(patterns, "work") || s.below(patterns, top)
}

// below reports whether a pattern that matches a directory tree would match the
// package of a file.
func (s *session) below(patterns []string, file string) bool {
	for _, p := range patterns {
		root, ok := strings.CutSuffix(p, "...")
		if !ok || !isLocal(p) {
			continue
		}
		if _, ok := plainfile.Below(s.abs(s.dir, filepath.FromSlash(root)), file); ok {
			return true
		}
	}
	return false
}

// settleBaseline reports entries whose findings are gone, or rewrites the
// baseline. It then has all findings that are shown, and those of the others that it
// had before.
func (s *session) settleBaseline(k *known, rep *report.Report, interrupted bool) error {
	for _, b := range k.baselines {
		name := s.formatOptions().Path(b.File)
		stale := b.match.Stale()
		switch {
		case k.file != nil && interrupted:
			s.note("%s is left unchanged", name)
		case k.file != nil:
			return s.rewriteBaseline(k, b, rep, name)
		case s.settings.Ratchet.Text == "true" && len(stale) > 0 && !interrupted:
			rep.Unused = append(rep.Unused, stale...)
			if err := s.shrink(b, name); err != nil {
				return err
			}
		case s.unusedIgnores:
			rep.Unused = append(rep.Unused, stale...)
		case len(stale) > 0:
			s.note("%s has %s; -write-baseline removes what is stale, -unused-ignores lists it",
				name, plural(len(stale), "stale entry", "stale entries"))
		}
	}
	return nil
}

// shrink removes from a baseline the entries whose findings are gone.
func (s *session) shrink(b *ownBaseline, name string) error {
	next := b.match.Shrunk()
	if err := s.writeFile(b.File, next.Format()); err != nil {
		return err
	}
	s.note("%s: removed %s, %s left; commit it", name,
		plural(b.match.Fixed(), "entry whose finding is gone", "entries whose findings are gone"), plural(len(next.Entries), "entry is", "entries are"))
	return nil
}

func (s *session) rewriteBaseline(k *known, b *ownBaseline, rep *report.Report, name string) error {
	o := s.formatOptions()
	findings := slices.Clone(rep.Findings)
	for _, f := range rep.Hidden {
		if b.match.Suppression(f) != nil {
			findings = append(findings, f)
		}
	}
	next := b.match.Update(findings, func(f *report.Finding) string {
		fn, pos := f.Home()
		line, _ := o.Sources.File(pos.File).Line(pos.Line)
		note := strings.TrimPrefix(fn+": "+strings.TrimSpace(line), ": ")
		return visible.Cut(visible.Text(note), maxNote)
	})
	text := next.Format()
	if _, err := k.file.Write(text); err != nil {
		return err
	}
	err := k.file.Commit()
	k.file = nil
	if err != nil {
		return err
	}
	added, fixed := len(findings)-b.match.Known(), b.match.Fixed()
	s.note("wrote %s: %s (%d added, %d removed)", name, plural(len(next.Entries), "known finding", "known findings"), added, fixed)
	if next, err = baseline.Parse(b.File, name, text); err != nil {
		return err
	}
	rep.Suppress(next.Match(rep.Findings, everywhere).Suppression)
	return nil
}

// maxNote is the width at which notes in a baseline are cut off.
const maxNote = 120

// checkKnown validates the flags about known findings.
func (o *options) checkKnown() error {
	written := o.writeBaseline != ""
	switch {
	case written && o.analyzers.Baseline != nil && *o.analyzers.Baseline != "":
		return errors.New("-write-baseline reads the file that it writes: leave out -baseline")
	case written && o.fix:
		return errors.New("-write-baseline and -fix exclude each other: fix first")
	case written && o.analyzers.NewFrom != nil && *o.analyzers.NewFrom != "":
		return errors.New("-write-baseline and -new-from exclude each other: a baseline is for all findings")
	}
	return nil
}
