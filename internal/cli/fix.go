package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/ctxlint/ctxlint/internal/driver/fixes"
	"github.com/ctxlint/ctxlint/internal/driver/gocmd"
	"github.com/ctxlint/ctxlint/internal/report"
	"github.com/ctxlint/ctxlint/internal/report/source"
	"github.com/ctxlint/ctxlint/internal/util/atomicfile"
	"github.com/ctxlint/ctxlint/internal/util/plainfile"
)

// settleFixes plans the fixes of a report. It leaves out fixes that cannot be
// applied or would break the build, and says which. It also returns the report
// on the fixed code, which it analyses before anything is written.
func (s *session) settleFixes(ctx context.Context, rep *report.Report, packages []gocmd.Package, patterns []string) (*fixes.Plan, *report.Report, error) {
	sources := source.NewCache(s.files, s.overlay)
	refuse := refuseFixes(packages, sources)
	m := fixes.Maker{Content: func(file string) (content []byte, refused string) {
		if reason := refuse(file); reason != "" {
			return nil, reason
		}
		content, err := sources.Read(file)
		if err != nil {
			return nil, plainfile.Reason(err).Error()
		}
		return content, ""
	}}
	var after *report.Report
	plan, err := m.Settle(fixesOf(rep), func(p *fixes.Plan) (broken map[string]string, err error) {
		if len(p.Files) == 0 {
			return nil, nil
		}
		after, err = s.analyseWith(ctx, p, patterns)
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return nil, err
		}
		return newErrors(rep, after), nil
	})
	if err != nil {
		return nil, nil, err
	}
	if after == nil || len(plan.Files) == 0 {
		after = rep
	}
	o := s.formatOptions()
	for _, f := range plan.Skipped {
		s.note("%s:%d:%d: fix not applied: %s", o.Path(f.Pos.File), f.Pos.Line, f.Pos.Col, f.Reason)
	}
	return plan, after, nil
}

// fixesOf returns the fixes of the findings. Analyzers give at most one each.
func fixesOf(rep *report.Report) []*fixes.Fix {
	var all []*fixes.Fix
	for _, finding := range rep.Findings {
		for _, f := range finding.Parts() {
			if len(f.Fixes) > 0 {
				all = append(all, &fixes.Fix{Package: f.Package, Pos: f.Pos, Edits: f.Fixes[0].Edits, Sum: f.Fixes[0].Sum})
			}
		}
	}
	return all
}

// refuseFixes returns the function that says why a file must not be changed.
func refuseFixes(packages []gocmd.Package, sources *source.Cache) func(file string) string {
	own := make(map[string]gocmd.Package) // by directory
	for _, p := range packages {
		own[p.Dir] = p
	}
	return func(file string) string {
		switch p, ok := own[filepath.Dir(file)]; {
		case !ok:
			return "the file is outside the packages that were named"
		case p.Standard:
			return "the file belongs to the standard library"
		case p.Module != nil && !p.Module.Main:
			return "the file belongs to a dependency, " + p.Module.Path
		case sources.Overlaid(file):
			return "the file is replaced by -overlay"
		}
		return ""
	}
}

// analyseWith runs the analysis with the files of a plan in place of those on
// disk.
func (s *session) analyseWith(ctx context.Context, plan *fixes.Plan, patterns []string) (*report.Report, error) {
	dir, err := os.MkdirTemp("", "ctxlint-fix")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	overlay := make(map[string]string)
	maps.Copy(overlay, s.overlay)
	for i, f := range plan.Files {
		// The name must still say whether the file belongs to a test.
		name := filepath.Join(dir, strconv.Itoa(i), filepath.Base(f.Name))
		if err := os.Mkdir(filepath.Dir(name), 0o777); err != nil {
			return nil, err
		}
		if err := os.WriteFile(name, f.After, 0o666); err != nil {
			return nil, err
		}
		overlay[f.Name] = name
	}
	file := filepath.Join(dir, "overlay.json")
	if err := writeOverlay(file, overlay); err != nil {
		return nil, err
	}
	command, with := *s.command, *s
	command.buildFlags = append(slices.Clone(s.buildFlags), "-overlay="+file) // the last one counts
	with.command, with.overlay = &command, overlay
	rep, _, err := with.analyse(ctx, patterns)
	return rep, err
}

// newErrors returns, by package, an error that is in the second report but not
// in the first. Lines may have moved in between. If there are errors with a
// position, those without follow from them.
func newErrors(before, after *report.Report) map[string]string {
	isNew := func(e report.Error) bool {
		return !slices.ContainsFunc(before.Errors, func(b report.Error) bool { return b.Package == e.Package && b.Message == e.Message })
	}
	placed := slices.ContainsFunc(after.Errors, func(e report.Error) bool { return e.Pos != nil && isNew(e) })
	broken := make(map[string]string)
	for _, e := range after.Errors {
		if _, told := broken[e.Package]; told || !isNew(e) || placed && e.Pos == nil {
			continue
		}
		broken[e.Package], _, _ = strings.Cut(e.Message, "\n")
	}
	return broken
}

// printDiff prints the fixes as a unified diff that "git apply" and "patch -p1"
// accept. For a run that was interrupted, it prints only the errors.
func (s *session) printDiff(ctx context.Context, rep *report.Report, packages []gocmd.Package, patterns []string) (code int, err error) {
	o := s.formatOptions()
	plan := new(fixes.Plan)
	if ctx.Err() == nil {
		if plan, _, err = s.settleFixes(ctx, rep, packages, patterns); err != nil {
			return 0, err
		}
	}
	out := bufio.NewWriter(s.stdout)
	for _, f := range plan.Files {
		name := o.Relative(f.Name)
		if filepath.IsLocal(filepath.FromSlash(name)) {
			fmt.Fprint(out, f.Diff("a/"+name, "b/"+name))
		} else {
			fmt.Fprint(out, f.Diff(name, name))
		}
	}
	if err := out.Flush(); err != nil {
		return 0, err
	}
	if len(plan.Files) == 0 && ctx.Err() == nil {
		s.note("%s", nothingToFix(rep))
	}
	switch err := s.writeErrors(rep); {
	case err != nil:
		return 0, err
	case len(rep.Errors) > 0:
		return exitFailure, nil
	case len(plan.Files) > 0 && rep.FailOn != report.Never:
		return exitFindings, nil
	}
	return exitClean, nil
}

// applyFixes applies the fixes of a report and returns a report on what is
// left.
func (s *session) applyFixes(ctx context.Context, rep *report.Report, packages []gocmd.Package, patterns []string) (*report.Report, error) {
	plan, after, err := s.settleFixes(ctx, rep, packages, patterns)
	if err != nil {
		return nil, err
	}
	var errs []error
	files, count, changed := 0, 0, false
	for _, f := range plan.Files {
		switch err := f.Write(); {
		case errors.Is(err, atomicfile.ErrChanged):
			s.note("%s: fixes not applied: %s", s.formatOptions().Path(f.Name), fixes.Changed)
			changed = true
		case err != nil:
			errs = append(errs, fmt.Errorf("fix not applied: %w", err))
		default:
			files++
			count += f.Fixes
		}
	}
	if len(plan.Files) == 0 {
		s.note("%s", nothingToFix(rep))
	}
	if files > 0 {
		s.note("applied %s in %s", plural(count, "fix", "fixes"), plural(files, "file", "files"))
	}
	if changed && errs == nil { // what is left is not what the plan would have left
		after, _, err = s.analyse(ctx, patterns)
		return after, err
	}
	return after, errors.Join(errs...)
}

// nothingToFix says why nothing is changed.
func nothingToFix(rep *report.Report) string {
	switch n := len(fixesOf(rep)); {
	case len(rep.Findings) == 0:
		return "nothing to fix: there are no findings"
	case n == 0:
		return fmt.Sprintf("nothing to fix: %s, none with a fix", plural(len(rep.Findings), "finding", "findings"))
	default:
		return fmt.Sprintf("nothing to fix: %s cannot be applied", plural(n, "fix", "fixes"))
	}
}

func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
