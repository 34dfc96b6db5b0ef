package cli

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/ctxlint/ctxlint/internal/driver/gocmd"
	"github.com/ctxlint/ctxlint/internal/driver/record"
	"github.com/ctxlint/ctxlint/internal/report"
	"github.com/ctxlint/ctxlint/internal/report/source"
)

// mainScope is the scope of records that covers main modules; the others are
// "std" and paths of modules.
const mainScope = "main"

// An analysis runs "go vet" over the packages that patterns name.
//
// Whether cmd/go wants a package's diagnostics, or only its facts, is not in
// vet's cache key, so a package whose facts another run needed would stay
// silent. Therefore, all units of a module that is in scope report, whether
// asked for or not, and the packages that were asked for are picked out
// afterwards.
type analysis struct {
	*session
	patterns []string
	progress *progress

	packages []gocmd.Package // that the patterns name
	units    []record.Unit
	errors   []report.Error
	warnings []gocmd.Message
}

// run fills in the results. It returns an error only if the analysis could not
// start. If ctx ends, the results are those so far, plus an error.
func (a *analysis) run(ctx context.Context) error {
	if err := a.needModule(); err != nil {
		return err
	}
	stderr, vetErr, err := a.listAndVet(ctx)
	if err != nil && ctx.Err() == nil {
		return err
	}
	if vetErr != nil && len(a.units) == 0 && len(a.packages) > 0 && ctx.Err() == nil {
		if stderr, vetErr, err = a.vetLoadable(ctx, stderr, vetErr); err != nil && ctx.Err() == nil {
			return err
		}
	}
	a.explain(stderr, vetErr, ctx.Err() != nil)
	return nil
}

// needModule explains the mistake of naming packages by directory outside any
// module.
func (a *analysis) needModule() error {
	switch {
	case a.env.GOMOD == "" && a.env.GOWORK == "":
		return fmt.Errorf("ctxlint needs module mode: unset GO111MODULE=off")
	case a.env.GOMOD == os.DevNull && a.env.GOWORK == "" && slices.ContainsFunc(a.patterns, func(p string) bool {
		return isLocal(p) && !strings.HasSuffix(p, ".go")
	}):
		return fmt.Errorf("no go.mod in %s or any directory above it: run ctxlint inside a module, or name its directory with -C", a.dir)
	}
	return nil
}

// listAndVet lists the packages and analyses them. For most command lines the
// scope is clear before the packages are known, so that it does both at once.
func (a *analysis) listAndVet(ctx context.Context) (stderr string, vetErr, err error) {
	type listing struct {
		packages []gocmd.Package
		err      error
	}
	vetCtx, cancel := context.WithCancel(ctx)
	defer cancel()
	listed := make(chan listing, 1)
	go func() {
		// Without the list, what was found until an interrupt could not be shown.
		listCtx, cancelList := source.Lasting(ctx, time.Second)
		defer cancelList()
		packages, err := a.goCommand.List(listCtx, a.buildFlags, a.patterns)
		if err != nil || !slices.Equal(scopes(packages), []string{mainScope}) {
			cancel()
		}
		a.listSources(packages, a.patterns)
		a.progress.want(packages)
		listed <- listing{packages, err}
	}()
	guessed := !slices.ContainsFunc(a.patterns, func(p string) bool { return !isLocal(p) })
	if guessed {
		stderr, vetErr = a.vet(vetCtx, []string{mainScope}, a.patterns)
	}
	l := <-listed
	if l.err != nil {
		return "", nil, l.err
	}
	a.take(l.packages)
	if len(a.packages) == 0 && len(a.errors) > 0 {
		// The list has said why. Whether go vet has said it again depends on
		// which of the two was faster.
		return "", nil, nil
	}
	if want := scopes(a.packages); len(want) > 0 && (!guessed || !slices.Equal(want, []string{mainScope})) {
		a.units = nil
		stderr, vetErr = a.vet(ctx, want, a.patterns)
	}
	return stderr, vetErr, nil
}

// isLocal reports whether a pattern certainly names only packages of main
// modules, ignoring the directories of the standard library.
func isLocal(pattern string) bool {
	slashed := filepath.ToSlash(pattern)
	return slashed == "." || slashed == ".." || slashed == "work" ||
		strings.HasPrefix(slashed, "./") || strings.HasPrefix(slashed, "../") ||
		filepath.IsAbs(pattern) || strings.HasSuffix(pattern, ".go")
}

// scopes returns the scopes that cover the packages, sorted.
func scopes(packages []gocmd.Package) []string {
	var all []string
	for _, p := range packages {
		switch {
		case p.Error != nil:
		case p.Standard:
			all = append(all, "std")
		case p.Module == nil || p.Module.Main:
			all = append(all, mainScope)
		default:
			all = append(all, p.Module.Path)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// take keeps the packages that can be analysed. It reports why the others
// cannot be, and patterns that match no package.
func (a *analysis) take(packages []gocmd.Package) {
	matched := make(map[string]bool)
	for _, p := range packages {
		for _, pattern := range p.Match {
			matched[pattern] = true
		}
		if p.Error == nil {
			a.packages = append(a.packages, p)
			continue
		}
		e := a.loadError(p, p.Error)
		if slices.Contains(a.patterns, p.ImportPath) { // a pattern in place of a package
			e.Package = ""
			if !strings.Contains(e.Message, p.ImportPath) {
				e.Message = p.ImportPath + ": " + e.Message
			}
			e.Message += a.hint(p.ImportPath, e.Message)
		}
		a.errors = append(a.errors, e)
	}
	for _, pattern := range a.patterns {
		if !matched[pattern] {
			a.errors = append(a.errors, report.Error{Message: fmt.Sprintf("pattern %s matches no packages", pattern)})
		}
	}
}

// hint returns what may help somebody whose pattern matches nothing.
func (a *analysis) hint(pattern, message string) string {
	switch {
	case strings.Contains(message, "directory prefix") && a.env.GOWORK != "":
		return "; the pattern \"work\" names all packages of the workspace"
	case strings.Contains(message, "directory prefix"):
		return "; for another module, name its directory with -C"
	case strings.Contains(message, "is not in std"):
		dir := filepath.Join(a.dir, filepath.FromSlash(strings.TrimSuffix(pattern, "/...")))
		if info, err := os.Stat(dir); err == nil && info.IsDir() {
			return "; did you mean ./" + pattern + "?"
		}
	}
	return ""
}

func (a *analysis) loadError(p gocmd.Package, e *gocmd.PackageError) report.Error {
	message := e.Err
	if strings.HasPrefix(message, "import cycle") {
		message += ": " + strings.Join(e.ImportStack, " imports ")
	}
	return report.Error{
		Package: cmp.Or(p.ForTest, p.ImportPath),
		Pos:     gocmd.ParsePosition(a.dir, e.Pos),
		Message: message,
	}
}

// vet analyses packages, and adds to the units.
func (a *analysis) vet(ctx context.Context, scopes, packages []string) (stderr string, err error) {
	self, err := os.Executable()
	if err != nil {
		return "", err
	}
	args := []string{"-json", "-vettool=" + self, "-ctxlint.records=" + strings.Join(scopes, ",")}
	args = append(args, a.settings.VetFlags()...)
	args = append(args, a.buildFlags...)
	args = append(args, "--")
	args = append(args, packages...)
	return a.goCommand.Vet(ctx, args, func(u record.Unit) {
		a.units = append(a.units, u)
		a.progress.unit(u)
	})
}

// vetLoadable analyses the packages that the go command can load, after it
// refused to analyse any because it cannot load all. If that was not the
// reason, vetLoadable returns the outcome of the first run, which it is given.
func (a *analysis) vetLoadable(ctx context.Context, stderr string, vetErr error) (string, error, error) {
	loaded, err := a.goCommand.ListErrors(ctx, a.buildFlags, a.patterns)
	if err != nil {
		return "", nil, err
	}
	bad := make(map[string]bool)
	for _, p := range loaded {
		for _, e := range append(p.DepsErrors, p.Error) {
			if e == nil {
				continue
			}
			le := a.loadError(p, e)
			le.Package = strings.TrimSuffix(le.Package, ".test")
			bad[le.Package] = true
			a.errors = append(a.errors, le)
		}
	}
	var good []gocmd.Package
	for _, p := range a.packages {
		if !bad[p.ImportPath] {
			good = append(good, p)
		}
	}
	if len(bad) == 0 || len(good) == 0 {
		if len(bad) > 0 {
			return "", nil, nil // explained
		}
		return stderr, vetErr, nil
	}
	var all strings.Builder
	vetErr = nil
	for paths := range chunks(good) {
		stderr, err := a.vet(ctx, scopes(good), paths)
		all.WriteString(stderr)
		vetErr = cmp.Or(vetErr, err)
	}
	return all.String(), vetErr, nil
}

// chunks yields the import paths of packages in portions that fit on a command
// line on every system.
func chunks(packages []gocmd.Package) func(yield func([]string) bool) {
	const limit = 16 << 10
	return func(yield func([]string) bool) {
		var paths []string
		size := 0
		for _, p := range packages {
			if size += len(p.ImportPath) + 3; size > limit && len(paths) > 0 {
				if !yield(paths) {
					return
				}
				paths, size = nil, len(p.ImportPath)
			}
			paths = append(paths, p.ImportPath)
		}
		if len(paths) > 0 {
			yield(paths)
		}
	}
}

// explain turns the outcome of "go vet" into errors and warnings.
func (a *analysis) explain(stderr string, vetErr error, interrupted bool) {
	if interrupted {
		done := make(map[string]bool)
		for _, u := range a.units {
			done[report.Owner(u)] = true
		}
		a.errors = append(a.errors, report.Error{Message: fmt.Sprintf(
			"interrupted when %d of %d packages were analysed: there may be more findings", len(done), max(len(a.packages), len(done)))})
		return
	}
	failed := false
	sources := source.NewCache(a.files, a.overlay)
	for _, m := range gocmd.ParseStderr(a.dir, stderr) {
		if m.Pos != nil { // the compiler names the file that it reads
			m.Pos.File = sources.Original(m.Pos.File)
		}
		switch {
		case m.Warning && strings.HasSuffix(m.Text, "matched no packages"):
			// take has reported that
		case m.Warning, vetErr == nil:
			a.warnings = append(a.warnings, m)
		default:
			failed = true
			a.errors = append(a.errors, report.Error{Package: m.Package, Pos: m.Pos, Message: m.Text})
		}
	}
	if vetErr != nil && !failed && len(a.errors) == 0 {
		a.errors = append(a.errors, report.Error{Message: "go vet: " + vetErr.Error()})
	}
}
