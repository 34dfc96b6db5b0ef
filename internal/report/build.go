package report

import (
	"cmp"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/ctxlint/ctxlint/internal/driver/record"
	"github.com/ctxlint/ctxlint/internal/pass/catalog"
	"github.com/ctxlint/ctxlint/internal/report/fingerprint"
	"github.com/ctxlint/ctxlint/internal/report/source"
)

// A Package is a package that the user asked for.
type Package struct {
	ImportPath string
	Dir        string
}

// Options say how to read the records.
type Options struct {
	Packages []Package // findings in other packages are left out
	Modules  []Module  // of the packages
	NoTests  bool      // findings in _test.go files are left out
	Category func(analyzer, category string) catalog.Category
	Sources  *source.Cache
}

// Build makes the report of a run from its records.
func Build(units []record.Unit, o Options) *Report {
	b := &builder{Options: o, dirs: make(map[string]string)}
	for _, p := range o.Packages {
		b.dirs[p.ImportPath] = p.Dir
	}
	r := new(Report)
	units = slices.SortedFunc(slices.Values(units), func(a, b record.Unit) int {
		return cmp.Or(cmp.Compare(a.ImportPath, b.ImportPath), cmp.Compare(a.Error, b.Error))
	})
	var errs []Error
	for _, u := range units {
		if u.Error != "" {
			errs = append(errs, b.unitError(u))
		}
	}
	r.AddErrors(errs...)
	analysed := make(map[string]bool)
	chosen := chooseVariants(units)
	for _, u := range chosen {
		owner := Owner(u)
		dir, requested := b.dirs[owner]
		if !requested {
			continue
		}
		if u.Error == "" {
			analysed[owner] = true
		}
		to := resolver{u.ImportPath, dir, b.Modules, b.Sources}
		b.addFindings(r, u, owner, to)
		for _, s := range u.Sinks {
			to.position(&s.Pos)
			r.Sinks = append(r.Sinks, s)
		}
		for _, d := range u.Decisions {
			to.position(&d.Pos)
			r.Decisions = append(r.Decisions, d)
		}
		for _, ignore := range u.Unused {
			to.position(&ignore.Pos)
			r.Unused = append(r.Unused, Unused{Ignore: ignore, Package: owner})
		}
	}
	r.Packages = len(analysed)
	r.order()
	b.fingerprint(r)
	graph := newGraph(chosen)
	programs := graph.programs()
	settleAssumptions(r, programs)
	settleArrivals(r, graph, programs)
	settleFailures(r, graph)
	settleKeys(r, graph)
	if o.NoTests {
		r.dropTests()
	}
	r.Suppress(func(f *Finding) *Suppression {
		if s := f.Suppressed; s != nil {
			return &Suppression{Kind: ByComment, Reason: s.Reason, Pos: s.Pos}
		}
		return nil
	})
	return r
}

// Missing returns, sorted, the packages that were asked for but that no record
// mentions.
func Missing(units []record.Unit, packages []Package) []string {
	told := make(map[string]bool)
	for _, u := range units {
		told[Owner(u)] = true
	}
	var missing []string
	for _, p := range packages {
		if !told[p.ImportPath] {
			missing = append(missing, p.ImportPath)
		}
	}
	slices.Sort(missing)
	return missing
}

type builder struct {
	Options
	dirs map[string]string // of the packages asked for
}

func (b *builder) addFindings(r *Report, u record.Unit, owner string, to resolver) {
	for _, rf := range u.Findings {
		f := &Finding{Finding: rf, Package: owner, Severity: b.Category(rf.Analyzer, rf.Category).Severity}
		if rf.Explained {
			f.Severity = catalog.Note
		}
		to.finding(&f.Finding)
		r.Findings = append(r.Findings, f)
	}
}

// order sorts and merges equal findings, of which the one stays that is better proved.
func (r *Report) order() {
	slices.SortFunc(r.Findings, func(a, b *Finding) int {
		return cmp.Or(compareFindings(a, b), cmp.Compare(a.Confidence, b.Confidence))
	})
	r.Findings = slices.CompactFunc(r.Findings, func(a, b *Finding) bool { return compareFindings(a, b) == 0 })
	slices.SortFunc(r.Unused, func(a, b Unused) int {
		return cmp.Or(comparePositions(a.Pos, b.Pos), cmp.Compare(a.Text, b.Text))
	})
	r.Unused = slices.CompactFunc(r.Unused, func(a, b Unused) bool { return a == b })
}

func (r *Report) dropTests() {
	isTest := func(p record.Position) bool { return strings.HasSuffix(p.File, "_test.go") }
	r.Drop(func(f *Finding) bool { return isTest(f.Pos) })
	r.Unused = slices.DeleteFunc(r.Unused, func(u Unused) bool { return isTest(u.Pos) })
}

// fingerprint numbers all findings, including those that are left out later, so
// that a fingerprint does not depend on what is shown.
func (b *builder) fingerprint(r *Report) {
	var counter fingerprint.Counter
	files := make(map[string]*fingerprint.File)
	open := func(name string) *fingerprint.File {
		file := files[name]
		if file == nil {
			file = fingerprint.NewFile(b.Sources.File(name).Content)
			files[name] = file
		}
		return file
	}
	for _, f := range r.Findings {
		key := fingerprint.Key{Analyzer: f.Analyzer, Category: f.Category, Func: f.Func}
		key.Statement, key.Subject = open(f.Pos.File).Anchor(place(f.Pos), place(f.End))
		f.ID = key.ID()
		f.Fingerprint = counter.Fingerprint(f.Package, key)
	}
	b.identifyRoots(r, open)
}

func place(p record.Position) fingerprint.Place { return fingerprint.Place{Line: p.Line, Col: p.Col} }

func (b *builder) unitError(u record.Unit) Error {
	owner := Owner(u)
	e := Error{Package: owner, Message: u.Error}
	if u.ErrorPos == nil {
		return e
	}
	pos := *u.ErrorPos
	resolver{u.ImportPath, b.dirs[owner], b.Modules, b.Sources}.position(&pos)
	if !filepath.IsAbs(pos.File) { // in a dependency whose directory is unknown
		e.Message = fmt.Sprintf("%s:%d:%d: %s", pos.File, pos.Line, pos.Col, e.Message)
		return e
	}
	e.Pos = &pos
	return e
}
