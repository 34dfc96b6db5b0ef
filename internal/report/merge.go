package report

import (
	"cmp"
	"path"
	"path/filepath"
	"slices"

	"github.com/ctxlint/ctxlint/internal/driver/record"
	"github.com/ctxlint/ctxlint/internal/pass/catalog"
	"github.com/ctxlint/ctxlint/internal/pass/diag"
	"github.com/ctxlint/ctxlint/internal/pass/location"
	"github.com/ctxlint/ctxlint/internal/report/fingerprint"
)

// A RootIdentity is what identifies the findings of one root.
type RootIdentity struct {
	Pos             record.Position // the line of the root; no File if that is not known
	ID, Fingerprint string
}

// rootKey names a root within a run.
type rootKey struct{ analyzer, category, place, fn string }

func keyOfRoot(f *Finding) rootKey {
	return rootKey{f.Analyzer, f.Category, f.Root.Place, f.Root.Func}
}

// Merge makes one finding of all findings of one root: it is where the first of them
// is, tells how many others there are, and is identified by the root. Suppressed
// findings do not count. Merge comes after everything that leaves out calls for
// what is said about them or about their files.
func (r *Report) Merge() {
	calls := make(map[rootKey][]*Finding)
	var merged []*Finding
	for _, f := range r.Findings {
		if f.OfRoot == nil {
			merged = append(merged, f)
			continue
		}
		key := keyOfRoot(f)
		calls[key] = append(calls[key], f)
	}
	for _, of := range calls {
		merged = append(merged, merge(of))
	}
	slices.SortFunc(merged, compareFindings)
	r.Findings = merged
}

// merge makes one finding of those of one root.
func merge(calls []*Finding) *Finding {
	calls = slices.SortedFunc(slices.Values(calls), compareCalls)
	m := *calls[0]
	m.Calls = calls
	m.ID, m.Fingerprint = m.OfRoot.ID, m.OfRoot.Fingerprint
	if m.Explained { // then the other calls are, too
		return &m
	}
	here := -1
	packages := make(map[string]int)
	for _, f := range calls {
		if f.Package == m.Package {
			here++
		} else {
			packages[f.Package]++
		}
	}
	m.Message += diag.OtherCalls(here, len(calls)-1-here, len(packages))
	return &m
}

// compareCalls orders findings of one root as analyzers order those of one package:
// a maintainer begins at the call that is nearest to the root, and the name of the
// caller decides among equals.
func compareCalls(a, b *Finding) int {
	return cmp.Or(
		diag.ComparePreference(a.Explained, b.Explained, a.Confidence, b.Confidence),
		cmp.Compare(a.Root.Steps, b.Root.Steps),
		cmp.Compare(a.Func, b.Func),
		cmp.Compare(a.Package, b.Package),
		compareFindings(a, b),
	)
}

// without returns what is left of a finding without what drop is true for, nil if
// nothing is.
func (f *Finding) without(drop func(*Finding) bool) *Finding {
	if f.Calls == nil {
		if drop(f) {
			return nil
		}
		return f
	}
	left := slices.DeleteFunc(slices.Clone(f.Calls), drop)
	switch len(left) {
	case 0:
		return nil
	case len(f.Calls):
		return f
	}
	return merge(left)
}

// Parts returns the findings that a merged finding stands for, and f itself if it is
// not merged.
func (f *Finding) Parts() []*Finding {
	if f.Calls != nil {
		return f.Calls
	}
	return []*Finding{f}
}

// Home returns the function and the place that identify a finding: those of its root
// if it has one whose file is known, and otherwise its own.
func (f *Finding) Home() (fn string, pos record.Position) {
	if f.OfRoot != nil && f.OfRoot.Pos.File != "" {
		return f.Root.Func, f.OfRoot.Pos
	}
	return f.Func, f.Pos
}

// identifyRoots identifies findings of categories whose identity is that of the root.
// It does not depend on which calls of the root the run has seen.
func (b *builder) identifyRoots(r *Report, open func(name string) *fingerprint.File) {
	first := make(map[rootKey]*Finding)
	for _, f := range r.Findings {
		if f.Root == nil || b.Category(f.Analyzer, f.Category).Identity != catalog.OfRoot {
			continue
		}
		key := keyOfRoot(f)
		if first[key] == nil {
			first[key] = f
			f.OfRoot = &RootIdentity{Pos: b.rootPosition(f)}
		}
		f.OfRoot = first[key].OfRoot
	}
	roots := make([]*Finding, 0, len(first))
	for _, f := range first {
		roots = append(roots, f)
	}
	slices.SortFunc(roots, func(a, b *Finding) int {
		return cmp.Or(
			comparePositions(a.OfRoot.Pos, b.OfRoot.Pos),
			cmp.Compare(a.Root.Place, b.Root.Place), cmp.Compare(a.Root.Func, b.Root.Func),
			cmp.Compare(a.Check(), b.Check()))
	})
	var counter fingerprint.Counter
	for _, f := range roots {
		key := fingerprint.Key{Analyzer: f.Analyzer, Category: f.Category, Func: f.Root.Func, Statement: location.Short(f.Root.Place)}
		if pos := f.OfRoot.Pos; pos.File != "" {
			if fn, statement := open(pos.File).Root(place(pos)); statement != "" {
				key.Func, key.Statement = fn, statement
			}
		}
		f.OfRoot.ID = key.ID()
		f.OfRoot.Fingerprint = counter.Fingerprint(location.Package(f.Root.Place), key)
	}
}

// rootPosition returns the line where the root of a finding is. Its File is empty if
// there is no telling which file that is.
func (b *builder) rootPosition(f *Finding) record.Position {
	file, line, ok := location.Parts(f.Root.Place)
	if !ok {
		return record.Position{}
	}
	pkg := path.Dir(file)
	dir, known := b.dirs[pkg]
	if !known {
		dir, known = resolver{modules: b.Modules}.untrim(pkg)
	}
	if name := filepath.Join(dir, path.Base(file)); known && len(b.Sources.File(name).Content) > 0 {
		return record.Position{File: name, Line: line, Col: 1}
	}
	// An overlay replaces the file by one of another name, or the package is in no
	// module of the run. The last step has that line unless its file is not known.
	if n := len(f.Related); n > 0 && f.Related[n-1].Pos.Line == line {
		return record.Position{File: f.Related[n-1].Pos.File, Line: line, Col: 1}
	}
	return record.Position{}
}
