package vettool

import (
	"cmp"
	"encoding/json"
	"go/ast"
	"go/scanner"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/ctxlint/ctxlint/internal/driver/record"
	"github.com/ctxlint/ctxlint/internal/pass/catalog"
	"github.com/ctxlint/ctxlint/internal/pass/suppress"
	"github.com/ctxlint/ctxlint/internal/util/declname"
)

// recordLine prints a record as one line of JSON.
type recordLine record.Unit

func (r *recordLine) String() string {
	out, err := json.Marshal((*record.Unit)(r))
	if err != nil {
		panic(err) // strings and numbers always marshal
	}
	return string(out) + "\n"
}

// recorder makes the parts of a unit's record.
type recorder struct {
	pkg   *loaded
	names *names
	sums  map[string]string // of files that fixes edit
}

func newRecorder(cfg config, pkg *loaded) *recorder {
	return &recorder{pkg, newNames(cfg), make(map[string]string)}
}

func emptyRecord(cfg config) *recordLine {
	r := &recordLine{ID: cfg.ID, ImportPath: cfg.ImportPath, ForTest: cfg.forTest()}
	if m := cfg.Owner(); m != nil {
		r.Module, r.Version = m.Path, m.Version
	}
	return r
}

// newRecord returns the record of a unit that was analysed. Comments in it may name the
// checks that are known.
func newRecord(cfg config, pkg *loaded, res *results, known suppress.Checks) *recordLine {
	rec := newRecorder(cfg, pkg)
	out := emptyRecord(cfg)
	out.Imports, out.Starts, out.Keys, out.Program = ownImports(pkg.types, out.Module), res.starts, res.keys, pkg.types.Name() == "main"
	out.Arrivals, out.Failures = res.arrivals, res.failures
	for _, s := range res.sinks {
		out.Sinks = append(out.Sinks, record.Sink{Metric: s.Metric, Labels: s.Labels, Pos: rec.position(s.Pos)})
	}
	for _, d := range res.decisions {
		out.Decisions = append(out.Decisions, record.Decision{Analyzer: d.Analyzer, Category: d.Category, Reason: string(d.Reason), Pos: rec.position(d.Pos)})
	}
	var ran []string
	analyzers := make(map[string]*analysis.Analyzer)
	for _, act := range res.enabled {
		ran = append(ran, act.analyzer.Name)
		analyzers[act.analyzer.Name] = act.analyzer
		if act.err != nil && out.Error == "" {
			out.Error = act.analyzer.Name + ": " + act.err.Error()
		}
		for _, d := range act.diagnostics {
			f := rec.finding(act.analyzer.Name, d)
			if res.ignores != nil {
				annotate(&f, res.ignores.Note(act.analyzer.Name, d))
			}
			out.Findings = append(out.Findings, f)
		}
	}
	if res.ignores != nil {
		for _, s := range res.ignores.Silenced() {
			if a := analyzers[s.Analyzer]; a != nil {
				s.Diagnostic.URL, _ = resolveURL(a, s.Diagnostic)
			}
			f := rec.finding(s.Analyzer, s.Diagnostic)
			annotate(&f, res.ignores.Note(s.Analyzer, s.Diagnostic))
			f.Explained = false // it is no note
			f.Suppressed = &record.Suppression{Pos: rec.position(s.By.Pos), Reason: s.By.Reason}
			out.Findings = append(out.Findings, f)
		}
		for _, o := range res.ignores.Others() {
			if a := analyzers[o.Analyzer]; a != nil && checkFixes(pkg.fset, o.Diagnostic.SuggestedFixes) == nil {
				o.Diagnostic.URL, _ = resolveURL(a, o.Diagnostic)
				f := rec.finding(o.Analyzer, o.Diagnostic)
				annotate(&f, res.ignores.Note(o.Analyzer, o.Diagnostic))
				out.Findings = append(out.Findings, f)
			}
		}
		misspelt := res.ignores.Misspelt(known)
		unused := slices.DeleteFunc(res.ignores.Unused(ran), func(d *suppress.Directive) bool { // told once
			return slices.ContainsFunc(misspelt, func(m *suppress.Directive) bool { return m.Pos == d.Pos })
		})
		for _, d := range append(unused, misspelt...) {
			out.Unused = append(out.Unused, record.Ignore{Pos: rec.position(d.Pos), Text: d.Text, Problem: d.Problem})
		}
	}
	slices.SortStableFunc(out.Findings, compareFindings)
	return out
}

// checks returns the names that comments may give, whether or not what they name runs.
func (o *options) checks() suppress.Checks {
	known := make(suppress.Checks)
	for _, a := range o.all {
		known[a.Name] = append(catalog.TableOf(&a.Flags).List(), catalog.Internal)
	}
	for _, g := range o.groups {
		known[g.Name] = nil
		for _, name := range g.Members {
			known[name] = nil
		}
	}
	return known
}

// annotate adds to a finding what is not in its diagnostic.
func annotate(f *record.Finding, note suppress.Note) {
	f.Explained, f.Confidence, f.Assumes, f.Root = note.Explained, note.Confidence, note.Assumes, note.Root
	f.AssumesKey, f.AssumesCaller = note.AssumesKey, note.AssumesCaller
	f.Leaving, f.Metric = note.Leaving, note.Metric
	f.Message = cmp.Or(note.Message, f.Message)
}

// ownImports returns the packages of the module that pkg imports.
func ownImports(pkg *types.Package, module string) []string {
	var paths []string
	for _, p := range pkg.Imports() {
		if path := p.Path(); module != "" && (path == module || strings.HasPrefix(path, module+"/")) {
			paths = append(paths, path)
		}
	}
	slices.Sort(paths)
	return paths
}

func compareFindings(a, b record.Finding) int {
	return cmp.Or(
		cmp.Compare(a.Pos.File, b.Pos.File),
		cmp.Compare(a.Pos.Line, b.Pos.Line),
		cmp.Compare(a.Pos.Col, b.Pos.Col),
		cmp.Compare(a.Analyzer, b.Analyzer),
		cmp.Compare(a.Category, b.Category),
		cmp.Compare(a.Message, b.Message),
	)
}

// newFailure returns the record of a unit that could not be loaded.
func newFailure(cfg config, err error) *recordLine {
	out := emptyRecord(cfg)
	out.Error = err.Error()
	var posn token.Position
	var parsed string
	switch err := err.(type) {
	case types.Error:
		out.Error = err.Msg
		posn = err.Fset.Position(err.Pos)
		if f := err.Fset.File(err.Pos); f != nil {
			parsed = f.Name()
		}
	case scanner.ErrorList:
		out.Error = err[0].Msg
		posn = err[0].Pos
	}
	if posn.IsValid() {
		file := newNames(cfg).own(posn.Filename, cmp.Or(parsed, posn.Filename))
		out.ErrorPos = &record.Position{File: file, Line: posn.Line, Col: posn.Column}
	}
	return out
}

func (r *recorder) finding(analyzer string, d analysis.Diagnostic) record.Finding {
	f := record.Finding{
		Analyzer: analyzer,
		Category: d.Category,
		Message:  d.Message,
		URL:      d.URL,
		Func:     r.enclosing(d.Pos),
		Pos:      r.position(d.Pos),
		End:      r.position(cmp.Or(d.End, d.Pos)),
	}
	for _, rel := range d.Related {
		f.Related = append(f.Related, record.Related{Pos: r.position(rel.Pos), Message: rel.Message})
	}
	for _, fix := range d.SuggestedFixes {
		if edits, ok := r.edits(fix.TextEdits); ok {
			f.Fixes = append(f.Fixes, record.Fix{Message: fix.Message, Edits: edits, Sum: r.sum(fix.TextEdits[0].Pos)})
		}
	}
	return f
}

// sum returns the sum of the file that pos is in.
func (r *recorder) sum(pos token.Pos) string {
	name := r.pkg.fset.File(pos).Name()
	if _, ok := r.sums[name]; !ok {
		r.sums[name] = record.Sum(r.pkg.content[name])
	}
	return r.sums[name]
}

// position returns the position of pos according to //line directives.
func (r *recorder) position(pos token.Pos) record.Position {
	posn := r.pkg.fset.Position(pos)
	out := record.Position{File: posn.Filename, Line: posn.Line, Col: posn.Column}
	switch f := r.pkg.fset.File(pos); {
	case f == nil:
	case r.names.isOwn(f.Name()):
		out.File = r.names.own(posn.Filename, f.Name())
	default:
		out.File = r.names.beside(posn.Filename)
	}
	return out
}

// edits returns the edits of a fix. It fails if one of them is in a file that
// is not a source file in the unit's directory (one made by cgo, say), or if
// they are in different files.
func (r *recorder) edits(edits []analysis.TextEdit) ([]record.Edit, bool) {
	var out []record.Edit
	for _, edit := range edits {
		f := r.pkg.fset.File(edit.Pos)
		file, ok := r.names.source(f.Name())
		if !ok || len(out) > 0 && out[0].Start.File != file {
			return nil, false
		}
		place := func(pos token.Pos) record.Position {
			posn := f.PositionFor(pos, false)
			return record.Position{File: file, Line: posn.Line, Col: posn.Column, Offset: posn.Offset}
		}
		out = append(out, record.Edit{Start: place(edit.Pos), End: place(edit.End), New: string(edit.NewText)})
	}
	return out, len(out) > 0
}

// enclosing returns the name of the top-level declaration around pos: "F",
// "T.M" or "(*T).M" for a function, the first name of another declaration, or
// "" for a position outside any.
func (r *recorder) enclosing(pos token.Pos) string {
	for _, f := range r.pkg.files {
		if pos < f.FileStart || f.FileEnd < pos {
			continue
		}
		for _, decl := range f.Decls {
			if decl.Pos() <= pos && pos < decl.End() {
				return declName(decl, pos)
			}
		}
	}
	return ""
}

func declName(decl ast.Decl, pos token.Pos) string {
	switch decl := decl.(type) {
	case *ast.FuncDecl:
		return declname.Func(decl)
	case *ast.GenDecl:
		for _, spec := range decl.Specs {
			if pos < spec.Pos() || spec.End() <= pos {
				continue
			}
			switch spec := spec.(type) {
			case *ast.TypeSpec:
				return spec.Name.Name
			case *ast.ValueSpec:
				return spec.Names[0].Name
			}
		}
	}
	return ""
}
