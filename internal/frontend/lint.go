package frontend

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/ctxlint/ctxlint/analyzers"
	"github.com/ctxlint/ctxlint/internal/config"
	"github.com/ctxlint/ctxlint/internal/format"
	"github.com/ctxlint/ctxlint/internal/gocmd"
	"github.com/ctxlint/ctxlint/internal/report"
	"github.com/ctxlint/ctxlint/internal/source"
)

// A session is a command that found its go command and its configuration.
type session struct {
	*command
	goCommand *gocmd.Go
	env       gocmd.Env
	settings  *config.Settings
	overlay   map[string]string
}

// lint analyses the packages that the patterns name and reports or fixes what
// is found.
func (c *command) lint(patterns []string) (code int, err error) {
	start := time.Now()
	s, err := c.open(context.Background())
	if err != nil {
		return 0, err
	}
	reports, err := c.openReports()
	if err != nil {
		return 0, err
	}
	defer reports.abort()
	ctx, stop := handleSignals(s.goCommand)
	defer stop()

	patterns = cleanPatterns(patterns)
	rep, packages, err := s.analyse(ctx, patterns)
	if err != nil {
		return 0, err
	}
	if c.fix && ctx.Err() == nil {
		if c.diff {
			return s.printDiff(rep, packages)
		}
		fixed, err := s.applyFixes(rep, packages)
		if err != nil {
			return 0, err
		}
		if fixed {
			// Only another analysis knows where the rest now is.
			if rep, _, err = s.analyse(ctx, patterns); err != nil {
				return 0, err
			}
		}
	}
	if err := s.write(reports, rep, ctx.Err() != nil); err != nil {
		return 0, err
	}
	c.tell("done in %v", time.Since(start).Round(time.Millisecond))
	return rep.ExitCode(), nil
}

// cleanPatterns returns the patterns in the form that the go command gives them,
// so that they can be compared with its output. None mean the current directory.
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

// open finds the go command and the configuration.
func (c *command) open(ctx context.Context) (*session, error) {
	gocommand, err := gocmd.Find(c.dir)
	if err != nil {
		return nil, err
	}
	gocommand.Log = func(argv []string) { c.tell("in %s: %s", c.dir, strings.Join(argv, " ")) }
	s := &session{command: c, goCommand: gocommand}
	if s.env, err = gocommand.Env(ctx); err != nil {
		return nil, err
	}
	if s.settings, err = s.readSettings(); err != nil {
		return nil, err
	}
	if name := s.overlayFile(); name != "" {
		if s.overlay, err = source.ReadOverlay(c.dir, name); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// overlayFile returns the file of the -overlay flag, given here or in GOFLAGS.
func (s *session) overlayFile() string {
	name := s.options.overlay
	for flag := range strings.FieldsSeq(s.env.GOFLAGS) {
		if value, ok := strings.CutPrefix(strings.TrimPrefix(flag, "-"), "-overlay="); ok && name == "" {
			name = value
		} else if value, ok := strings.CutPrefix(flag, "-overlay="); ok && name == "" {
			name = value
		}
	}
	return name
}

// readSettings reads the configuration file, if there is one, and joins it with
// the flags.
func (s *session) readSettings() (*config.Settings, error) {
	cfg := new(config.Config)
	var err error
	file := ""
	switch {
	case s.configFile != "":
		file = s.abs(s.dir, s.configFile)
	case !s.noConfig:
		if file, err = config.Find(s.env.GOMOD, s.env.GOWORK); err != nil {
			return nil, err
		}
	}
	if file != "" {
		if cfg, err = config.Read(file, s.suite); err != nil {
			return nil, s.shortenPaths(err)
		}
		s.tell("configuration: %s", file)
	}
	root := s.root()
	if file != "" && s.configFile == "" {
		root = filepath.Dir(file)
	}
	return config.Settle(cfg, s.options.analyzers, s.suite, root)
}

// shortenPaths shows the configuration file's name as other files' names are.
func (s *session) shortenPaths(err error) error {
	joined, ok := err.(interface{ Unwrap() []error })
	if !ok {
		return err
	}
	var errs []error
	for _, err := range joined.Unwrap() {
		if e, ok := errors.AsType[*config.Error](err); ok {
			short := *e
			short.File = s.formatOptions().Path(e.File)
			err = &short
		}
		errs = append(errs, err)
	}
	return errors.Join(errs...)
}

// root returns the directory of the main module, else of the workspace, else
// the one in which the go command runs.
func (s *session) root() string {
	for _, file := range []string{s.env.GOMOD, s.env.GOWORK} {
		if file != "" && file != os.DevNull {
			return filepath.Dir(file)
		}
	}
	return s.dir
}

// sourceRoot returns the directory that holds the whole source: that of the
// version control system if there is one, because it is what other tools count
// paths from.
func (s *session) sourceRoot() string {
	root := s.root()
	for dir := root; ; dir = filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, ".git")); err == nil {
			return dir
		}
		if dir == filepath.Dir(dir) {
			return root
		}
	}
}

func (s *session) formatOptions() *format.Options {
	return &format.Options{
		Dir:     s.cwd,
		Root:    s.sourceRoot(),
		Version: moduleVersion(),
		Sources: source.NewCache(s.overlay),
		Suite:   s.running(),
		Context: s.context,
	}
}

func (s *session) running() []analyzers.Entry {
	var entries []analyzers.Entry
	if s.settings == nil {
		return nil
	}
	for _, a := range s.settings.Analyzers {
		if a.Runs {
			entries = append(entries, a.Entry)
		}
	}
	return entries
}

// analyse runs the analysis and makes its report.
func (s *session) analyse(ctx context.Context, patterns []string) (*report.Report, []gocmd.Package, error) {
	p := newProgress(s.stderr, !s.quiet)
	a := &analysis{session: s, patterns: patterns, progress: p}
	err := a.run(ctx)
	p.end()
	if err != nil {
		return nil, nil, err
	}
	for _, m := range a.warnings {
		s.warn(m)
	}
	var requested []report.Package
	for _, p := range a.packages {
		requested = append(requested, report.Package{ImportPath: p.ImportPath, Dir: p.Dir})
	}
	rep := report.Build(a.units, report.Options{
		Packages: requested,
		NoTests:  !s.tests,
		Severity: s.severity,
		Sources:  source.NewCache(s.overlay),
	})
	rep.AddErrors(a.errors...)
	if ctx.Err() == nil {
		rep.AddErrors(unexplained(a, rep, requested)...)
	}
	if !s.unusedIgnores {
		rep.Unused = nil
	}
	s.settings.Apply(rep)
	return rep, a.packages, nil
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

func (s *session) severity(analyzer string) analyzers.Severity {
	e, _ := s.entry(analyzer)
	return e.Severity
}

// unexplained returns an error for each package that was asked for and neither
// analysed nor mentioned in an error: the go command passes silently over the
// dependents of a package that does not compile.
func unexplained(a *analysis, rep *report.Report, requested []report.Package) []report.Error {
	var errs []report.Error
	for _, path := range report.Missing(a.units, requested) {
		told := slices.ContainsFunc(rep.Errors, func(e report.Error) bool { return e.Package == path })
		if path == "unsafe" || told { // unsafe has no source of its own to analyse
			continue
		}
		errs = append(errs, report.Error{Package: path, Message: "not analysed, because a package that it imports does not compile"})
	}
	if len(rep.Errors) > 0 && a.env.Newer() {
		errs = append(errs, report.Error{Message: fmt.Sprintf("the toolchain is %s, newer than the one that ctxlint was built with: rebuild ctxlint with it", a.env.GOVERSION)})
	}
	return errs
}
