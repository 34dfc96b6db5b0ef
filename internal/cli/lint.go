package cli

import (
	"context"
	"flag"
	"fmt"
	"maps"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/ctxlint/ctxlint/internal/cli/baseline"
	"github.com/ctxlint/ctxlint/internal/driver/gocmd"
	"github.com/ctxlint/ctxlint/internal/driver/record"
	"github.com/ctxlint/ctxlint/internal/report"
	"github.com/ctxlint/ctxlint/internal/report/source"
	"github.com/ctxlint/ctxlint/internal/report/visible"
)

func (c *command) lintVerb() *verb {
	v := &verb{
		args:     "[packages]",
		short:    "find lost contexts, leaking goroutines and unbounded metrics",
		groups:   []string{packageFlags, selectionFlags, productionFlags, reportFlags, fixFlags, AnalyzerFlags, commonFlags},
		own:      flag.NewFlagSet("", flag.ContinueOnError),
		complete: c.completePackages,
	}
	v.own.BoolVar(&c.options.version, "version", false, "print the version, as 'ctxlint version' does")
	v.own.BoolVar(&c.options.V, "V", false, "the same")
	v.run = func(patterns []string) (int, error) { return c.lint(v, patterns) }
	return v
}

// lint analyses the packages that the patterns name and reports or fixes what
// is found.
func (c *command) lint(v *verb, patterns []string) (code int, err error) {
	start := time.Now()
	if err := c.check(patterns); err != nil {
		return 0, usageError{err, v}
	}
	s, err := c.newSession()
	if err != nil {
		return 0, err
	}
	ctx, stop := handleSignals(s.goCommand)
	defer stop()
	if err := s.open(ctx); err != nil {
		return 0, err
	}
	if err := s.checkWord(ctx, v, patterns); err != nil {
		return 0, err
	}
	if err := s.openEvidence(ctx); err != nil {
		return 0, err
	}
	reports, err := s.openReports()
	if err != nil {
		return 0, err
	}
	defer reports.abort()
	if s.known, err = s.openKnown(ctx); err != nil {
		return 0, err
	}
	defer s.known.close()

	patterns = cleanPatterns(patterns)
	rep, packages, err := s.analyse(ctx, patterns)
	if err != nil {
		return 0, err
	}
	switch {
	case c.diff:
		return s.printDiff(ctx, rep, packages, patterns)
	case c.fix && ctx.Err() == nil:
		if rep, err = s.applyFixes(ctx, rep, packages, patterns); err != nil {
			return 0, err
		}
	}
	s.settleComments(rep, packages, patterns, ctx.Err() != nil)
	if err := s.settleBaseline(s.known, rep, ctx.Err() != nil); err != nil {
		return 0, err
	}
	s.layEvidence(ctx, rep, packages)
	if err := s.write(reports, rep, ctx.Err() != nil); err != nil {
		return 0, err
	}
	c.tell("done in %v", time.Since(start).Round(time.Millisecond))
	return rep.ExitCode(), nil
}

// settleComments leaves out the comments that silence nothing if nobody has asked for
// them, and otherwise adds what the configuration says in vain. It tells of comments that
// were meant to silence something and cannot.
func (s *session) settleComments(rep *report.Report, packages []gocmd.Package, patterns []string, interrupted bool) {
	if s.unusedIgnores {
		whole := !interrupted && len(rep.Errors) == 0 && s.isWhole(patterns) && s.tests && s.options.analyzers.Only == nil && len(s.options.analyzers.Switches) == 0
		unseen := ignoredFiles(packages)
		for _, of := range s.settings.All() {
			rep.Unused = append(rep.Unused, of.Unmatched(whole, unseen)...)
		}
		return
	}
	o := s.formatOptions()
	for _, u := range rep.Unused {
		if u.Problem != "" {
			s.note("%s:%d:%d: %s", o.Path(u.Pos.File), u.Pos.Line, u.Pos.Col, u.Problem)
		}
	}
	rep.Unused = nil
}

// cleanPatterns returns the patterns in the form that the go command gives
// them, so that they can be compared with its output. No patterns mean the
// current directory.
func cleanPatterns(patterns []string) []string {
	if len(patterns) == 0 {
		return []string{"."}
	}
	var clean []string
	for _, p := range patterns {
		p = filepath.ToSlash(p)
		if below, ok := strings.CutPrefix(p, "./"); ok && path.Clean(below) != "." {
			clean = append(clean, "./"+path.Clean(below))
		} else {
			clean = append(clean, path.Clean(p))
		}
	}
	return clean
}

// analyse runs the analysis and makes its report.
func (s *session) analyse(ctx context.Context, patterns []string) (*report.Report, []gocmd.Package, error) {
	p := newProgress(s.stderr, !s.quiet, s.preview)
	a := &analysis{session: s, patterns: patterns, progress: p}
	err := a.run(ctx)
	p.end()
	if err != nil {
		return nil, nil, err
	}
	if len(a.units) == 0 && len(a.errors) > 0 && ctx.Err() == nil {
		if err := s.tryCache(); err != nil {
			a.errors = []report.Error{{Message: err.Error()}} // the others follow from it
		}
	}
	for _, m := range a.warnings {
		s.warn(m)
	}
	rep := report.Build(a.units, s.reportOptions(a.packages))
	rep.FailOn = s.settings.FailOn.Text
	rep.AddErrors(a.errors...)
	if ctx.Err() == nil {
		rep.AddErrors(a.unexplained(ctx, rep)...)
	}
	rep.Interrupted = ctx.Err() != nil
	s.choose(s.known, rep, s.scope(rep, a.packages, patterns, ctx.Err() != nil))
	if s.known.changes != nil {
		s.tell("%s on lines that did not change since %s", plural(s.known.unchanged, "finding is", "findings are"), s.settings.NewFrom.Text)
	}
	return rep, a.packages, nil
}

// choose leaves in a report what the settings ask for and what is not known, and moves what
// is not shown. The order counts: a finding of a root stands where the first of its calls
// is that neither a comment nor the configuration silences, and a baseline has findings of
// roots.
func (s *session) choose(k *known, rep *report.Report, scope baseline.Scope) {
	s.settings.Apply(rep)
	rep.Merge()
	s.leaveOut(k, rep, scope)
	s.settings.Hide(rep)
}

// reportOptions returns the options for the report of a run over the packages.
func (s *session) reportOptions(packages []gocmd.Package) report.Options {
	o := report.Options{
		NoTests:  !s.tests,
		Category: s.category,
		Sources:  source.NewCache(s.files, s.overlay),
	}
	modules := make(map[report.Module]bool)
	for _, p := range packages {
		o.Packages = append(o.Packages, report.Package{ImportPath: p.ImportPath, Dir: p.Dir})
		if m := p.Module; m != nil && m.Dir != "" { // vendored modules have no separate directory
			modules[report.Module{Path: m.Path, Version: m.Version, Dir: m.Dir}] = true
		}
	}
	o.Modules = slices.Collect(maps.Keys(modules))
	return o
}

// preview returns a line for each finding in some of the units of a run. If the
// baseline has some but not all findings of one kind, only the whole run can
// tell which of them are new; preview leaves them out.
func (s *session) preview(units []record.Unit, packages []gocmd.Package) []string {
	rep := report.Build(units, s.reportOptions(packages))
	preview := &known{changes: s.known.changes}
	for _, b := range s.known.baselines {
		preview.baselines = append(preview.baselines, &ownBaseline{Baseline: b.Baseline, isFor: b.isFor})
	}
	s.choose(preview, rep, everywhere)
	o := s.formatOptions()
	var lines []string
	for _, f := range rep.Findings {
		lines = append(lines, visible.Text(fmt.Sprintf("%s:%d:%d: %s (%s)", o.Path(f.Pos.File), f.Pos.Line, f.Pos.Col, f.Message, f.Check())))
	}
	return lines
}

// warn prints what the go command or a compiler said although it succeeded.
func (s *session) warn(m gocmd.Message) {
	at := ""
	if m.Pos != nil {
		at = fmt.Sprintf("%s:%d: ", s.formatOptions().Path(m.Pos.File), m.Pos.Line)
	}
	for line := range strings.Lines(strings.TrimPrefix(m.Text, "warning: ")) {
		s.note("warning: %s%s", at, strings.TrimRight(line, "\n"))
	}
}
