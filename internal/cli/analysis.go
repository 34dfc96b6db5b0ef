package cli

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/ctxlint/ctxlint/internal/cli/config"
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
	patterns  []string
	progress  *progress
	cover     *cover
	decisions bool // also ask why nothing is said

	covered map[string]bool // packages that were left to their variants with tests

	packages []gocmd.Package // that the patterns name
	untested []gocmd.Package // those of them whose tests import what does not compile
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
	a.cover, a.covered = newCover(a.overlay), make(map[string]bool)
	defer a.cover.remove()
	times := a.startTimes()
	defer times.remove()
	o, err := a.vetAll(ctx)
	if err == nil && ctx.Err() == nil {
		o.add(a.vetUncovered(ctx))
	}
	if o.err != nil && err == nil && ctx.Err() == nil {
		err = a.salvage(ctx, &o)
	}
	if err = cmp.Or(err, a.cover.err); err != nil && ctx.Err() == nil {
		return err
	}
	for _, line := range times.report() {
		a.tell("%s", line)
	}
	a.explain(o, ctx.Err() != nil)
	return nil
}

// An outcome is what came of runs of "go vet", besides records.
type outcome struct {
	messages []gocmd.Message
	err      error // of the first that failed
}

func (o *outcome) add(other outcome) {
	o.messages = append(o.messages, other.messages...)
	o.err = cmp.Or(o.err, other.err)
}

// vetAll lists and analyses the packages that the patterns name.
func (a *analysis) vetAll(ctx context.Context) (outcome, error) {
	if a.tests || a.fix { // a fix must not break a test
		return a.listAndVet(ctx)
	}
	packages, err := a.listWithoutTests(ctx)
	if err != nil {
		return outcome{}, err
	}
	a.listSources(packages, a.patterns)
	a.progress.want(packages)
	a.take(packages)
	a.packages = slices.DeleteFunc(a.packages, a.empty)
	return a.vetListed(ctx, a.packages), nil
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
		return a.noModule()
	}
	return nil
}

// listAndVet lists the packages and analyses them. For most command lines the
// scope is clear before the packages are known, so that it does both at once.
func (a *analysis) listAndVet(ctx context.Context) (o outcome, err error) {
	type listing struct {
		packages []gocmd.Package
		err      error
	}
	vetCtx, cancel := context.WithCancel(ctx)
	defer cancel()
	guess := target{Settings: a.settings.Settings, scopes: []string{mainScope}, patterns: a.patterns}
	listed := make(chan listing, 1)
	go func() {
		// Without the list, what was found until an interrupt could not be shown.
		listCtx, cancelList := source.Lasting(ctx, time.Second)
		defer cancelList()
		packages, err := a.goCommand.List(listCtx, a.goFlags(), a.patterns)
		if err != nil || !slices.Equal(scopes(packages), guess.scopes) {
			cancel()
		}
		a.listSources(packages, a.patterns)
		a.progress.want(packages)
		listed <- listing{packages, err}
	}()
	guessed := !slices.ContainsFunc(a.patterns, func(p string) bool { return !isLocal(p) }) && len(a.groups(nil)) == 1
	if guessed {
		o = a.vet(vetCtx, guess)
	}
	l := <-listed
	if l.err != nil {
		return outcome{}, l.err
	}
	a.take(l.packages)
	if len(a.packages) == 0 && len(a.errors) > 0 {
		// The list has said why. Whether go vet has said it again depends on
		// which of the two was faster.
		return outcome{}, nil
	}
	if guessed && slices.Equal(scopes(a.packages), guess.scopes) || len(a.packages) == 0 {
		return o, nil
	}
	a.units = nil
	return a.vetListed(ctx, a.packages), nil
}

// A target is what one run of "go vet" analyses: packages with the same flags.
type target struct {
	*config.Settings
	scopes   []string
	patterns []string
	packages []gocmd.Package // nil if they are not known yet
	every    bool            // also ask for variants of packages that others cover
}

// groups divides packages by the flags that their analysis takes. With no packages, it
// returns a group for each that there may be.
func (a *analysis) groups(packages []gocmd.Package) []target {
	var all []target
	at := func(s *config.Settings) *target {
		flags := s.VetFlags()
		i := slices.IndexFunc(all, func(t target) bool { return slices.Equal(t.VetFlags(), flags) })
		if i < 0 {
			i, all = len(all), append(all, target{Settings: s})
		}
		return &all[i]
	}
	if packages == nil {
		for _, s := range a.settings.All() {
			at(s)
		}
	}
	for _, p := range packages {
		t := at(a.settings.For(p.Dir))
		t.packages = append(t.packages, p)
	}
	return all
}

// vetUncovered analyses packages that were left to their variants with tests, if those
// have not been analysed: the tests do not compile, or there were some when the record
// was made.
func (a *analysis) vetUncovered(ctx context.Context) outcome {
	for _, u := range a.units {
		if u.Error == "" && (u.ForTest == "" || u.ForTest == u.ImportPath) {
			delete(a.covered, u.ImportPath)
		}
	}
	left := slices.DeleteFunc(slices.Clone(a.packages), func(p gocmd.Package) bool { return !a.covered[p.ImportPath] })
	if len(left) == 0 {
		return outcome{}
	}
	return a.vetTargets(ctx, left, true)
}

// vetListed analyses packages that are known by name.
func (a *analysis) vetListed(ctx context.Context, packages []gocmd.Package) outcome {
	return a.vetTargets(ctx, packages, false)
}

// vetTargets analyses packages that are known by name, and if every is set also the variants
// that others cover.
func (a *analysis) vetTargets(ctx context.Context, packages []gocmd.Package, every bool) (o outcome) {
	for _, t := range a.groups(packages) {
		t.every = every
		t.scopes = scopes(t.packages)
		for t.patterns = range a.portions(t.packages) {
			o.add(a.vet(ctx, t))
		}
	}
	return o
}

// vet analyses packages, and adds to the units. Of packages that another target has, and
// that these import, it takes only the facts.
func (a *analysis) vet(ctx context.Context, t target) outcome {
	self, err := os.Executable()
	if err != nil {
		return outcome{err: err}
	}
	args := []string{"-json", "-vettool=" + self, "-ctxlint.records=" + strings.Join(t.scopes, ",")}
	if a.decisions {
		args = append(args, "-ctxlint.decisions")
	}
	if t.every {
		args = append(args, "-ctxlint.every")
	}
	if flags := t.VetFlags(); len(flags) > 0 {
		args = append(append(args, "-ctxlint.checked"), flags...)
	}
	args = append(args, a.goFlags()...)
	args = append(args, "--")
	args = append(args, t.patterns...)
	foreign := make(map[string]bool)
	if t.packages != nil {
		for _, p := range a.packages {
			foreign[p.ImportPath] = true
		}
		for _, p := range t.packages {
			delete(foreign, p.ImportPath)
		}
	}
	stderr, err := a.goCommand.Vet(ctx, args, func(u record.Unit) {
		switch {
		case foreign[report.Owner(u)]:
		case u.Covered:
			a.covered[u.ImportPath] = true
		default:
			a.units = append(a.units, u)
			a.progress.unit(u)
		}
	})
	return outcome{gocmd.ParseStderr(a.dir, stderr), err}
}

// portions yields what names packages on a command line, as much at once as fits there.
func (a *analysis) portions(packages []gocmd.Package) func(yield func([]string) bool) {
	if slices.ContainsFunc(packages, func(p gocmd.Package) bool { return p.ImportPath == "command-line-arguments" }) {
		return func(yield func([]string) bool) { yield(a.patterns) }
	}
	return chunks(packages)
}

// goFlags returns the flags for the go command.
func (a *analysis) goFlags() []string {
	return append(slices.Clip(a.buildFlags), a.cover.flags()...)
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
func (a *analysis) explain(o outcome, interrupted bool) {
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
	for _, m := range o.messages {
		if m.Pos != nil { // the compiler names the file that it reads
			m.Pos.File = sources.Original(m.Pos.File)
		}
		switch {
		case m.Warning && strings.HasSuffix(m.Text, "matched no packages"):
			// take has reported that
		case m.Warning, o.err == nil:
			a.warnings = append(a.warnings, m)
		default:
			failed = true
			a.errors = append(a.errors, report.Error{Package: m.Package, Pos: m.Pos, Message: m.Text})
		}
	}
	if o.err != nil && !failed && len(a.errors) == 0 && !slices.ContainsFunc(a.units, func(u record.Unit) bool { return u.Error != "" }) {
		a.errors = append(a.errors, report.Error{Message: "go vet: " + o.err.Error()})
	}
}
