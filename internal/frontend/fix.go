package frontend

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"path/filepath"

	"github.com/ctxlint/ctxlint/internal/fixes"
	"github.com/ctxlint/ctxlint/internal/format"
	"github.com/ctxlint/ctxlint/internal/gocmd"
	"github.com/ctxlint/ctxlint/internal/report"
	"github.com/ctxlint/ctxlint/internal/source"
)

// plan plans the fixes of a report and says which it leaves out.
func (s *session) plan(rep *report.Report, packages []gocmd.Package) *fixes.Plan {
	o := s.formatOptions()
	own := make(map[string]gocmd.Package) // by directory
	for _, p := range packages {
		own[p.Dir] = p
	}
	sources := source.NewCache(s.overlay)
	plan := fixes.Make(rep.Findings, sources, func(file string) string {
		switch p, ok := own[filepath.Dir(file)]; {
		case !ok:
			return "the file is outside of the packages that were named"
		case p.Standard:
			return "the file belongs to the standard library"
		case p.Module != nil && !p.Module.Main:
			return "the file belongs to a dependency, " + p.Module.Path
		case sources.Overlaid(file):
			return "the file is replaced by -overlay"
		}
		return ""
	})
	for _, skipped := range plan.Skipped {
		f := skipped.Finding
		s.note("%s:%d:%d: fix not applied: %s", o.Path(f.Pos.File), f.Pos.Line, f.Pos.Col, skipped.Reason)
	}
	return plan
}

// printDiff prints the fixes as a unified diff that "git apply" and "patch -p1"
// take. Of a run that was interrupted it prints the errors only.
func (s *session) printDiff(ctx context.Context, rep *report.Report, packages []gocmd.Package) (code int, err error) {
	o := s.formatOptions()
	plan := new(fixes.Plan)
	if ctx.Err() == nil {
		plan = s.plan(rep, packages)
	}
	out := bufio.NewWriter(s.stdout)
	for _, f := range plan.Files {
		name := filepath.ToSlash(o.Path(f.Name))
		if filepath.IsLocal(filepath.FromSlash(name)) {
			fmt.Fprint(out, f.Diff("a/"+name, "b/"+name))
		} else {
			fmt.Fprint(out, f.Diff(name, name))
		}
	}
	if err := out.Flush(); err != nil {
		return 0, err
	}
	o.Color = s.colorOn(s.stderr)
	switch err := format.Errors(s.stderr, rep, o); {
	case err != nil:
		return 0, err
	case len(rep.Errors) > 0:
		return exitFailure, nil
	case len(plan.Files) > 0:
		return exitFindings, nil
	}
	return exitClean, nil
}

// applyFixes applies the fixes of a report; it reports whether a file changed.
func (s *session) applyFixes(rep *report.Report, packages []gocmd.Package) (changed bool, err error) {
	plan := s.plan(rep, packages)
	var errs []error
	files, count := 0, 0
	for _, f := range plan.Files {
		if err := f.Write(); err != nil {
			errs = append(errs, fmt.Errorf("fix not applied: %w", err))
			continue
		}
		files++
		count += f.Fixes
	}
	if files > 0 {
		s.note("applied %s in %s", plural(count, "fix", "fixes"), plural(files, "file", "files"))
	}
	return files > 0, errors.Join(errs...)
}

func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
