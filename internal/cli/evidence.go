package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/ctxlint/ctxlint/internal/driver/gocmd"
	"github.com/ctxlint/ctxlint/internal/evidence"
	"github.com/ctxlint/ctxlint/internal/evidence/snapshot"
	"github.com/ctxlint/ctxlint/internal/report"
	"github.com/ctxlint/ctxlint/internal/report/format"
	"github.com/ctxlint/ctxlint/internal/report/source"
	"github.com/ctxlint/ctxlint/internal/util/plainfile"
)

const evidenceText = `Reads goroutine profiles, goroutine dumps, heap profiles and metrics of a running
program, and lists what they have of the packages, without an analysis. The
flag -evidence of the analysis lays the same over its findings. - is standard
input; the default packages are ./...
`

func (c *command) evidenceVerb() *verb {
	v := &verb{
		name: "evidence", args: "FILE... [packages]", short: "list what profiles and metrics show of the packages", long: evidenceText,
		groups:   []string{packageFlags, productionFlags, reportFlags, commonFlags},
		complete: completeFiles,
	}
	v.run = func(args []string) (int, error) { return c.listEvidence(v, args) }
	return v
}

// listEvidence runs "ctxlint evidence".
func (c *command) listEvidence(v *verb, args []string) (code int, err error) {
	if err := c.locate(); err != nil {
		return 0, err
	}
	files, patterns := c.splitEvidence(args)
	if len(files) == 0 {
		return 0, usageError{errors.New("evidence needs a file: a goroutine or heap profile, a dump, or metrics; - reads standard input"), v}
	}
	if err := c.check(patterns); err != nil {
		return 0, usageError{err, v}
	}
	s, err := c.newSession()
	if err != nil {
		return 0, err
	}
	ctx, stop := handleSignals(s.goCommand)
	defer stop()
	if s.env, err = s.goCommand.Env(ctx); err != nil {
		return 0, err
	}
	snapshots, err := s.readEvidence(ctx, files)
	if err != nil {
		return 0, err
	}
	if len(patterns) == 0 {
		patterns = []string{"./..."}
	}
	packages, err := s.goCommand.List(ctx, s.buildFlags, cleanPatterns(patterns))
	if err != nil {
		return 0, err
	}
	s.files = source.NewFiles(ctx)
	s.listSources(packages, patterns)
	o := s.formatOptions()
	listing := evidence.List(snapshots, s.evidenceOptions(packages))
	if err := format.EvidenceListing(s.stdout, listing, o); err != nil {
		return 0, err
	}
	if listing.Foreign {
		return exitFailure, nil
	}
	return exitClean, nil
}

// splitEvidence tells inputs from packages: an input is a file, and a package is not.
func (c *command) splitEvidence(args []string) (files, patterns []string) {
	for _, arg := range args {
		info, err := os.Stat(c.abs(c.dir, arg))
		if arg == "-" || err == nil && !info.IsDir() && !strings.HasSuffix(arg, ".go") || err != nil && looksLikeFile(arg) {
			files = append(files, arg)
		} else {
			patterns = append(patterns, arg)
		}
	}
	return files, patterns
}

// looksLikeFile reports whether an argument that does not exist is rather the name of a
// file than a pattern.
func looksLikeFile(arg string) bool {
	ext := filepath.Ext(arg)
	return ext != "" && !strings.HasSuffix(arg, "...") && !strings.Contains(filepath.ToSlash(arg), "/")
}

// readEvidence reads inputs. An error names its file.
func (s *session) readEvidence(ctx context.Context, files []string) ([]*snapshot.Snapshot, error) {
	var out []*snapshot.Snapshot
	for _, file := range files {
		name := s.formatOptions().Path(s.abs(s.dir, file))
		if file == "-" {
			name = "standard input"
		}
		// A pipe may wait for what never comes.
		snap, err := plainfile.Await(ctx, func() (*snapshot.Snapshot, error) { return s.readSnapshot(file, name) })
		if err != nil {
			return nil, err
		}
		out = append(out, snap)
	}
	return out, nil
}

func (s *session) readSnapshot(file, name string) (*snapshot.Snapshot, error) {
	in := os.Stdin
	if file != "-" {
		var err error
		if in, err = os.Open(s.abs(s.dir, file)); err != nil {
			return nil, fmt.Errorf("evidence: %w", err)
		}
		defer in.Close()
	}
	snap, err := snapshot.Read(name, in)
	if err != nil {
		return nil, fmt.Errorf("evidence: %s: %w", name, err)
	}
	return snap, nil
}

// openEvidence reads the inputs of the flag or of the configuration, before an analysis
// that might otherwise be in vain.
func (s *session) openEvidence(ctx context.Context) (err error) {
	files := s.settings.Evidence.List()
	if first := slices.Index(files, "-"); first >= 0 && slices.Contains(files[first+1:], "-") {
		return usageError{errors.New("-evidence: standard input can be read once"), s.all[0]}
	}
	s.snapshots, err = s.readEvidence(ctx, files)
	return err
}

// layEvidence adds evidence to a report, and says how the inputs fit the code.
func (s *session) layEvidence(ctx context.Context, rep *report.Report, packages []gocmd.Package) {
	if len(s.snapshots) == 0 || ctx.Err() != nil {
		return
	}
	o := s.evidenceOptions(packages)
	o.Excludes = func(f *report.Finding) bool { return s.settings.Excludes(f) || !s.settings.Selects(f) }
	evidence.Lay(rep, s.snapshots, o)
	for _, text := range format.EvidenceNotes(rep, s.running()) {
		s.note("%s", text)
	}
}

func (s *session) evidenceOptions(packages []gocmd.Package) evidence.Options {
	o := evidence.Options{Sources: source.NewCache(s.files, s.overlay), Category: s.category, Goroutines: s.observedGoroutines, Values: s.observedValues}
	for _, p := range packages {
		if p.Error != nil || p.Standard {
			continue
		}
		o.Packages = append(o.Packages, evidence.Package{ImportPath: p.ImportPath, Name: p.Name, Dir: p.Dir})
		if m := p.Module; m != nil && m.Main && m.Dir != "" {
			if own := (evidence.Module{Path: m.Path, Dir: m.Dir}); !slices.Contains(o.Modules, own) {
				o.Modules = append(o.Modules, own)
			}
		}
	}
	return o
}
