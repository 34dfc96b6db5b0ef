package vettool

import (
	"archive/zip"
	"cmp"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/ctxlint/ctxlint/internal/driver/fixes"
	"github.com/ctxlint/ctxlint/internal/driver/vettool/unit"
	"github.com/ctxlint/ctxlint/internal/util/plainfile"
)

// fix handles the fixes of a unit's findings as "go vet -fix" does and returns
// the exit code: it applies them or, with -diff, prints the changes. Fixes that
// it cannot apply, because two overlap or the unit would not compile, it leaves
// out, and says so on standard error.
//
// Unlike unitchecker, it type-checks the result, and it does not fail because
// some fix is left out, which would make cmd/go drop the others, too.
func fix(opts *options, cfg config, in *unit.Imports, pkg *loaded, res *results) int {
	root := cmp.Or(newNames(cfg).root, cfg.Dir)
	m := fixes.Maker{Content: func(file string) ([]byte, string) {
		if _, err := plainfile.Within(root, file); errors.Is(err, plainfile.ErrOutside) {
			return nil, plainfile.ErrOutside.Error() // cmd/go would write there
		}
		return pkg.content[file], ""
	}}
	plan, err := m.Settle(unitFixes(cfg, pkg, res), func(p *fixes.Plan) (map[string]string, error) {
		return tryFixes(cfg, in, p), nil
	})
	if err != nil {
		return fail(err)
	}
	for _, s := range plan.Skipped {
		fmt.Fprintf(os.Stderr, "%s:%d:%d: fix not applied: %s\n", s.Pos.File, s.Pos.Line, s.Pos.Col, s.Reason)
	}
	if opts.diff {
		var out strings.Builder
		for _, f := range plan.Files {
			out.WriteString(f.Diff(f.Name+" (old)", f.Name+" (new)"))
		}
		return cfg.print(&out)
	}
	return writeFixes(cfg, plan)
}

// unitFixes returns the first fix of each finding.
func unitFixes(cfg config, pkg *loaded, res *results) []*fixes.Fix {
	rec := newRecorder(cfg, pkg)
	abs := func(name string) string {
		if filepath.IsAbs(name) {
			return name
		}
		return filepath.Join(cfg.Dir, filepath.FromSlash(name))
	}
	var list []*fixes.Fix
	for _, act := range res.enabled {
		for _, d := range act.diagnostics {
			f := rec.finding(act.analyzer.Name, d)
			if len(f.Fixes) == 0 {
				continue
			}
			fix := &fixes.Fix{Package: cfg.ImportPath, Pos: f.Pos, Edits: f.Fixes[0].Edits, Sum: f.Fixes[0].Sum}
			fix.Pos.File = abs(fix.Pos.File)
			for i := range fix.Edits {
				fix.Edits[i].Start.File, fix.Edits[i].End.File = abs(fix.Edits[i].Start.File), abs(fix.Edits[i].End.File)
			}
			list = append(list, fix)
		}
	}
	return list
}

// tryFixes type-checks the unit with the plan applied.
func tryFixes(cfg config, in *unit.Imports, p *fixes.Plan) (broken map[string]string) {
	if len(p.Files) == 0 {
		return nil
	}
	replaced := make(map[string][]byte)
	for _, f := range p.Files {
		replaced[f.Name] = f.After
	}
	if _, err := load(cfg, in, replaced); err != nil {
		return map[string]string{cfg.ImportPath: err.Error()}
	}
	return nil
}

// writeFixes hands the fixed files to cmd/go in an archive or, before go1.26,
// writes them itself, and returns the exit code. It makes the archive even if
// it is empty: without it, cmd/go does not cache the outcome.
func writeFixes(cfg config, plan *fixes.Plan) int {
	if cfg.FixArchive == "" {
		for _, f := range plan.Files {
			if err := f.Write(); err != nil {
				return fail(err)
			}
		}
		return 0
	}
	archive, err := os.Create(cfg.FixArchive)
	if err != nil {
		return fail(err)
	}
	z := zip.NewWriter(archive)
	for _, f := range plan.Files {
		w, err := z.Create(f.Name)
		if err == nil {
			_, err = w.Write(f.After)
		}
		if err != nil {
			return fail(err)
		}
	}
	if err := z.Close(); err != nil {
		return fail(err)
	}
	if err := archive.Close(); err != nil {
		return fail(err)
	}
	return 0
}
