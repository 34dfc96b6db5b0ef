package cli

import (
	"cmp"
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/ctxlint/ctxlint/internal/driver/gocmd"
	"github.com/ctxlint/ctxlint/internal/report"
	"github.com/ctxlint/ctxlint/internal/util/lazyregexp"
)

// The go command analyses nothing if it cannot load one package: an import that is nowhere
// to be found, an import cycle, a file to be embedded that has not been generated. Of a
// package whose tests do not compile it has nothing analysed. The analysis then goes on
// with what is left: without the packages that cannot be loaded and those that import them,
// without tests, with an empty file in place of those to be embedded.

// maxRounds is how often the go command is asked what it cannot load. It tells of one
// pattern of files to be embedded at a time.
const maxRounds = 10

// salvage analyses what the first run of "go vet" could have, had it not failed. It adds
// to its outcome.
func (a *analysis) salvage(ctx context.Context, o *outcome) error {
	refused := func(m gocmd.Message) bool { return m.Package == "" && !m.Warning }
	suspects := a.left()
	if slices.ContainsFunc(o.messages, refused) {
		suspects = a.packages // of some, only the tests may be missing
	}
	found, err := a.findTroubles(ctx, suspects)
	if err != nil {
		return err
	}
	isBad := func(p gocmd.Package) bool { return found.bad[p.ImportPath] }
	if len(a.errors)+len(found.errors) > 0 {
		// What the run has said about loading is told better by lists of packages.
		o.messages = slices.DeleteFunc(o.messages, refused)
		a.errors = append(a.errors, found.errors...)
		o.add(a.vetListed(ctx, slices.DeleteFunc(a.left(), isBad)))
	}
	// What is left imports something that does not compile, perhaps only in its tests.
	stuck := slices.DeleteFunc(a.left(), isBad)
	again := append(a.brokenTests(), stuck...)
	if a.hideTests(again) {
		o.add(a.vetListed(ctx, again))
		left := a.left()
		a.untested = slices.DeleteFunc(stuck, func(p gocmd.Package) bool {
			return slices.ContainsFunc(left, func(q gocmd.Package) bool { return p.ImportPath == q.ImportPath })
		})
	}
	return nil
}

// left returns the packages that were asked for and that no unit is of.
func (a *analysis) left() []gocmd.Package {
	missing := report.Missing(a.units, a.reportOptions(a.packages).Packages)
	var left []gocmd.Package
	for _, p := range a.packages {
		if slices.Contains(missing, p.ImportPath) {
			left = append(left, p)
		}
	}
	return left
}

// brokenTests returns the packages of which only the variant with tests has been analysed,
// in vain, because of the tests.
func (a *analysis) brokenTests() []gocmd.Package {
	broken := make(map[string]bool)
	for _, u := range a.units {
		if u.Error != "" && u.ForTest == u.ImportPath && u.ErrorPos != nil && strings.HasSuffix(u.ErrorPos.File, "_test.go") {
			broken[u.ImportPath] = true
		}
	}
	for _, u := range a.units {
		if u.Error == "" && u.ForTest == "" {
			delete(broken, u.ImportPath)
		}
	}
	return slices.DeleteFunc(slices.Clone(a.packages), func(p gocmd.Package) bool { return !broken[p.ImportPath] })
}

// troubles are what keeps the go command from loading packages.
type troubles struct {
	errors []report.Error  // each cause once, then what follows
	bad    map[string]bool // packages that cannot be loaded
}

// standsIn is added to an error that the analysis has got around with an empty file.
const standsIn = "; analysed as if there were one"

// findTroubles asks the go command which of some packages it cannot load, after it has
// done with an overlay what can be done about them.
func (a *analysis) findTroubles(ctx context.Context, packages []gocmd.Package) (*troubles, error) {
	all := &troubles{bad: make(map[string]bool)}
	for range maxRounds {
		found := &troubles{bad: make(map[string]bool)}
		fresh := false
		for paths := range a.portions(packages) {
			loaded, err := a.goCommand.ListErrors(ctx, a.goFlags(), paths)
			if err != nil {
				return nil, err
			}
			fresh = a.judge(found, loaded) || fresh
		}
		all.errors, all.bad = append(all.errors, found.errors...), found.bad
		if !fresh {
			break
		}
	}
	for i, e := range all.errors {
		if all.bad[e.Package] { // the file in place has not helped
			all.errors[i].Message = strings.TrimSuffix(e.Message, standsIn)
		}
	}
	return all, nil
}

// judge adds to the troubles what the go command says of packages and their tests. It
// reports whether it has changed the overlay, so that less may be wrong next time.
func (a *analysis) judge(t *troubles, loaded []gocmd.Package) (fresh bool) {
	causes := a.causesOf(loaded)
	for _, c := range causes {
		if file := a.embedded(c.PackageError); file != "" && a.cover.standIn(file) {
			c.told.Message += standsIn
			t.errors, fresh = append(t.errors, c.told), true
		}
	}
	if fresh {
		return true // the rest may follow from that
	}
	because, tests := make(map[string]string), make(map[string]bool)
	for _, c := range causes {
		t.errors = append(t.errors, c.told)
		for _, p := range c.harms {
			because[owner(p)] = cmp.Or(because[owner(p)], c.told.Package)
			if isTest(p) {
				tests[owner(p)] = true
			} else {
				t.bad[owner(p)] = true
			}
		}
	}
	for _, p := range a.packages {
		path := p.ImportPath
		switch culprit := because[path]; {
		case t.bad[path] && culprit != path:
			t.errors = append(t.errors, follows(path, culprit))
		case tests[path] && !t.bad[path]:
			if culprit != path {
				t.errors = append(t.errors, testsFollow(path, culprit))
			}
			fresh = a.hideTests([]gocmd.Package{p}) || fresh
		}
	}
	return fresh
}

// A cause is an error of the go command, with all packages and variants of packages that
// it keeps from being loaded.
type cause struct {
	*gocmd.PackageError
	told  report.Error // of the package at fault
	harms []gocmd.Package
}

// causesOf returns each cause once, although the go command repeats it for whatever
// imports the package at fault.
func (a *analysis) causesOf(loaded []gocmd.Package) []*cause {
	var all []*cause
	known := make(map[string]*cause)
	add := func(p gocmd.Package, e *gocmd.PackageError) {
		key := e.Err
		if known[key] == nil || known[key].Pos != "" { // otherwise an importer adds only where it imports
			key = e.Pos + " " + e.Err
		}
		if known[key] == nil {
			at := gocmd.Package{ImportPath: cmp.Or(culpritOf(e), owner(p))}
			known[key] = &cause{PackageError: e, told: a.alreadyTold(a.loadError(at, e))}
			known[e.Err] = cmp.Or(known[e.Err], known[key])
			all = append(all, known[key])
		}
		known[key].harms = append(known[key].harms, p)
	}
	for _, p := range loaded {
		if p.Error != nil { // the package itself knows best
			add(p, p.Error)
		}
	}
	for _, p := range loaded {
		for _, e := range p.DepsErrors {
			add(p, e)
		}
	}
	return all
}

// alreadyTold returns the error that the list of packages had about a package itself, instead
// of the same about an import of it.
func (a *analysis) alreadyTold(e report.Error) report.Error {
	for _, told := range a.errors {
		if told.Message == e.Message && told.Pos == nil && told.Package != "" {
			return told
		}
	}
	return e
}

// follows returns the error about a package that is not analysed because of another.
func follows(path, because string) report.Error {
	return report.Error{Package: path, Follows: true, Message: "not analysed, because it imports " + because + ", directly or through others"}
}

// testsFollow is like follows, about the tests alone.
func testsFollow(path, because string) report.Error {
	return report.Error{Package: path, Follows: true, Message: "the tests are not analysed, because they import " + because + ", directly or through others"}
}

// owner returns the path of a package, or of the one that a variant is for the tests of.
func owner(p gocmd.Package) string {
	return cmp.Or(p.ForTest, strings.TrimSuffix(p.ImportPath, ".test"))
}

func isTest(p gocmd.Package) bool { return p.ForTest != "" || strings.HasSuffix(p.ImportPath, ".test") }

// culpritOf returns the path of the package that an error is about, "" if the error does
// not say.
func culpritOf(e *gocmd.PackageError) string {
	stack := e.ImportStack
	if len(stack) == 0 {
		return ""
	}
	path, _, _ := strings.Cut(stack[len(stack)-1], " ") // without the variant
	return strings.TrimSuffix(strings.TrimSuffix(path, ".test"), "_test")
}

var noEmbedded = lazyregexp.New(`^pattern (?:all:)?([^\s\[\\]+): (no matching files found|cannot embed directory .*: contains no embeddable files)$`)

// embedded returns the name of a file that would satisfy the pattern of files to be
// embedded that an error is about, "" for any other error.
func (a *analysis) embedded(e *gocmd.PackageError) string {
	m := noEmbedded.FindStringSubmatch(e.Err)
	pos := gocmd.ParsePosition(a.dir, e.Pos)
	if m == nil || pos == nil {
		return ""
	}
	name := strings.NewReplacer("**", "ctxlint", "*", "ctxlint", "?", "x").Replace(m[1])
	if strings.HasPrefix(m[2], "cannot") {
		name += "/ctxlint"
	}
	return filepath.Join(filepath.Dir(pos.File), filepath.FromSlash(name))
}

// unexplained returns an error for each package that was asked for but neither
// analysed nor mentioned in an error: the go command silently skips the
// dependents of a package that does not compile.
func (a *analysis) unexplained(ctx context.Context, rep *report.Report) []report.Error {
	failed := make(map[string]bool)
	for _, e := range rep.Errors {
		failed[e.Package] = true
	}
	skipped := slices.DeleteFunc(a.left(), func(p gocmd.Package) bool {
		return p.ImportPath == "unsafe" || failed[p.ImportPath] // unsafe has no source of its own to analyse
	})
	const unknown = "a package that does not compile"
	var errs []report.Error
	because := a.causes(ctx, slices.Concat(skipped, a.untested), failed)
	for _, p := range skipped {
		errs = append(errs, follows(p.ImportPath, cmp.Or(because[p.ImportPath], unknown)))
	}
	for _, p := range a.untested {
		errs = append(errs, testsFollow(p.ImportPath, cmp.Or(because[p.ImportPath], unknown)))
	}
	if len(rep.Errors) > 0 && a.env.Newer() {
		errs = append(errs, report.Error{Message: fmt.Sprintf("the toolchain is %s, newer than the one that ctxlint was built with: rebuild ctxlint with it", a.env.GOVERSION)})
	}
	return errs
}

// causes returns, for packages, the first that they import of those that failed.
func (a *analysis) causes(ctx context.Context, packages []gocmd.Package, failed map[string]bool) map[string]string {
	cause := make(map[string]string)
	for paths := range a.portions(packages) {
		loaded, err := a.goCommand.ListErrors(ctx, a.buildFlags, paths)
		if err != nil {
			return cause
		}
		for _, p := range loaded {
			for _, dep := range p.Deps {
				dep, _, _ = strings.Cut(dep, " ")
				if failed[dep] && dep != owner(p) {
					cause[owner(p)] = cmp.Or(cause[owner(p)], dep)
				}
			}
		}
	}
	return cause
}
