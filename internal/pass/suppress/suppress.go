// Package suppress understands the comments that silence a finding:
//
//	//nolint                      every analyzer
//	//nolint:ctxlint // why       every analyzer of ctxlint
//	//nolint:NAME,OTHER // why    the named analyzers
//	//nolint:NAME/CATEGORY // why findings of one category
//	//lint:ignore ctxlint/NAME why
//	//lint:ignore NAME/CATEGORY why
//	//lint:file-ignore ctxlint/NAME why
//	//ctxlint:detached why          work is cut off from the caller's context on purpose
//
// Names may begin with "ctxlint/" in either syntax, and may do without in both.
//
// [Index.Silence] also honours comments for other linters that are about the same,
// such as //nolint:contextcheck, //lint:ignore SA5003 why and #nosec G118.
//
// The last one is more than a suppression: it says something about the code, so
// that an analyzer can ask [Index.Detaches] before there is any finding.
//
// The analyzers themselves honour them, because go vet, gopls and nogo offer no
// hook for a third party's comments.
//
// A comment at the end of a line covers that line and every statement, field or
// declaration that starts there. A comment on lines of its own (a declaration's
// doc comment is one) covers what starts on the line below it.
package suppress

import (
	"cmp"
	"go/ast"
	"go/token"
	"reflect"
	"slices"
	"sort"
	"strings"
	"sync"

	"golang.org/x/tools/go/analysis"

	"github.com/ctxlint/ctxlint/internal/pass/arrivals"
	"github.com/ctxlint/ctxlint/internal/pass/catalog"
	"github.com/ctxlint/ctxlint/internal/pass/failures"
	"github.com/ctxlint/ctxlint/internal/pass/keys"
	"github.com/ctxlint/ctxlint/internal/pass/starts"
)

// Analyzer gives every check the package's [*Index]. It parses nothing until
// there is a finding, so it is free for packages without findings.
var Analyzer = &analysis.Analyzer{
	Name:             "ctxlintsuppress",
	Doc:              "index the comments that silence ctxlint's findings",
	URL:              "https://pkg.go.dev/github.com/ctxlint/ctxlint/internal/pass/suppress",
	Run:              func(pass *analysis.Pass) (any, error) { return NewIndex(pass.Fset, pass.Files), nil },
	RunDespiteErrors: true,
	ResultType:       reflect.TypeFor[*Index](),
}

// Directive is one suppression comment.
type Directive struct {
	Pos, End token.Pos
	Text     string   // the comment as written, one line
	Names    []string // what it silences: "NAME", "NAME/CATEGORY", "ctxlint"; nil means everything
	Reason   string
	Problem  string   // why the comment is not honoured, "" if it is
	detached bool     // it is //ctxlint:detached
	own      []string // those of its names that said that they are ctxlint's
	foreign  bool     // no name says that it is ctxlint's, so that it may speak to other linters only
	checks   []string // names that may be of other linters, or patterns of such
	file     bool     // covers the whole file
	ranges   []span   // what it covers otherwise
	used     bool
}

type span struct {
	from, to token.Pos
	function bool // a declared function, or its body
}

// Silenced is a finding that a directive kept from being reported.
type Silenced struct {
	Analyzer   string
	Diagnostic analysis.Diagnostic
	By         *Directive
}

// Other is a finding that was not reported because another one of the package has
// the same root. A driver that sees all packages needs it, to choose one of a whole
// run, and to leave out some of them.
type Other struct {
	Analyzer   string
	Diagnostic analysis.Diagnostic
}

// Index holds the directives of a package and remembers which of them were
// used. Its methods may be called concurrently.
type Index struct {
	fset  *token.FileSet
	files []*ast.File

	once       sync.Once
	directives []*Directive

	mu       sync.Mutex
	silenced []Silenced
	others   []Other
	notes    map[noted]Note
}

// A Note is what only some drivers show of a finding.
type Note struct {
	// Explained says that the finding is beside a comment that says the code is
	// intended, but is not one that silences. A driver with severities shows the
	// finding as a note.
	Explained  bool
	Confidence catalog.Confidence
	// Root is where the path of the finding ends, nil for most categories.
	Root *catalog.Root
	// Message is the message without the number of other calls in the package, "" if
	// it does not tell that.
	Message string
	Assumes starts.Assumption
	// AssumesKey is what the finding takes to be so of the keys of contexts in a run.
	AssumesKey keys.Assumption
	// AssumesCaller is the function that the finding takes to get a context that ends.
	AssumesCaller arrivals.Assumption
	// Leaving is the way out of a function on which the finding does harm.
	Leaving failures.Way
	Metric  catalog.Metric // that the finding is about
}

// noted is a finding that has a Note.
type noted struct {
	analyzer          string
	pos               token.Pos
	category, message string
}

// NewIndex returns the index of the given files, which must have been parsed
// with comments.
func NewIndex(fset *token.FileSet, files []*ast.File) *Index {
	return &Index{fset: fset, files: files}
}

// Silence reports whether a directive covers a finding of the named analyzer at
// d.Pos. If so the directive counts as used and the finding is kept for
// [Index.Silenced]. Also are checks of other linters that complain about the same,
// see [catalog.Category]; a directive for one of them is as good.
func (x *Index) Silence(analyzer string, d analysis.Diagnostic, also ...string) bool {
	x.once.Do(x.load)
	x.mu.Lock()
	defer x.mu.Unlock()
	by := x.silencer(analyzer, d.Category, d.Pos, also)
	if by == nil {
		return false
	}
	x.silenced = append(x.silenced, Silenced{analyzer, d, by})
	return true
}

// Covers reports whether a directive would silence a finding of a category of the named
// analyzer at pos, and counts it as used: see [Index.Silence]. As with [Index.Detaches],
// ask it only about what leads to a report elsewhere.
func (x *Index) Covers(analyzer, category string, pos token.Pos, also ...string) bool {
	x.once.Do(x.load)
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.silencer(analyzer, category, pos, also) != nil
}

// silencer returns the directive that silences findings of the category at pos.
func (x *Index) silencer(analyzer, category string, pos token.Pos, also []string) *Directive {
	own := x.use(pos, func(dir *Directive) bool {
		return dir.names(analyzer, category) || dir.namesCheck(analyzer, also)
	})
	other := x.useForeign(pos, also)
	return cmp.Or(own, other)
}

// Detaches reports whether a //ctxlint:detached covers pos, and counts it as
// used. Ask it only about what would otherwise be reported, or lead to a report
// elsewhere.
func (x *Index) Detaches(pos token.Pos) bool {
	x.once.Do(x.load)
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.use(pos, func(dir *Directive) bool { return dir.detached }) != nil
}

// use returns the first of the directives that cover pos and are wanted. If
// several do, all of them count as used, since each may be needed by someone.
func (x *Index) use(pos token.Pos, wanted func(*Directive) bool) *Directive {
	var first *Directive
	for _, dir := range x.directives {
		if dir.Problem == "" && wanted(dir) && dir.covers(x.fset, pos) {
			dir.used = true
			if first == nil {
				first = dir
			}
		}
	}
	return first
}

// useForeign is use for the directives that are for checks of other linters.
func (x *Index) useForeign(pos token.Pos, also []string) *Directive {
	var first *Directive
	for _, dir := range x.directives {
		if dir.Problem == "" && dir.excuses(also, pos) {
			dir.used = true
			first = cmp.Or(first, dir)
		}
	}
	return first
}

// Annotate keeps a note about the finding d of the named analyzer for the driver.
func (x *Index) Annotate(analyzer string, d analysis.Diagnostic, n Note) {
	if n == (Note{}) {
		return
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.notes == nil {
		x.notes = make(map[noted]Note)
	}
	x.notes[noted{analyzer, d.Pos, d.Category, d.Message}] = n
}

// Note returns what [Index.Annotate] has kept about a finding.
func (x *Index) Note(analyzer string, d analysis.Diagnostic) Note {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.notes[noted{analyzer, d.Pos, d.Category, d.Message}]
}

// Keep keeps a finding of the named analyzer for [Index.Others].
func (x *Index) Keep(analyzer string, d analysis.Diagnostic, n Note) {
	x.Annotate(analyzer, d, n)
	x.mu.Lock()
	defer x.mu.Unlock()
	x.others = append(x.others, Other{analyzer, d})
}

// Others returns the findings that [Index.Keep] has kept, in that order.
func (x *Index) Others() []Other {
	x.mu.Lock()
	defer x.mu.Unlock()
	return slices.Clone(x.others)
}

// Silenced returns the findings that were silenced, in order of position.
func (x *Index) Silenced() []Silenced {
	x.mu.Lock()
	defer x.mu.Unlock()
	out := append([]Silenced(nil), x.silenced...)
	sort.SliceStable(out, func(i, j int) bool { return out[i].Diagnostic.Pos < out[j].Diagnostic.Pos })
	return out
}

// Unused returns the directives that name ctxlint or one of the analyzers that
// ran but silenced nothing, and the malformed ones, in source order. A plain
// //nolint speaks to other linters as well and is never listed. One that does not
// say that it is for ctxlint is listed if all that it names are analyzers that ran.
func (x *Index) Unused(ran []string) []*Directive {
	x.once.Do(x.load)
	x.mu.Lock()
	defer x.mu.Unlock()
	var out []*Directive
	for _, dir := range x.directives {
		if !dir.used && dir.concerns(ran) {
			out = append(out, dir)
		}
	}
	return out
}

// concerns reports whether the directive is the business of one of the analyzers.
func (d *Directive) concerns(ran []string) bool {
	isOne := func(name string) bool {
		analyzer, _, _ := strings.Cut(name, "/")
		return slices.ContainsFunc(ran, func(r string) bool { return strings.EqualFold(r, analyzer) })
	}
	if d.foreign {
		return d.checks != nil && !slices.ContainsFunc(d.checks, func(check string) bool { return !isOne(check) })
	}
	return d.namesExactly(suite) || slices.ContainsFunc(d.Names, isOne)
}

// suite is the name that stands for all analyzers.
const suite = "ctxlint"

func (d *Directive) names(analyzer, category string) bool {
	if d.Names == nil && !d.foreign {
		return true
	}
	for _, name := range []string{suite, analyzer, analyzer + "/" + category} {
		if d.namesExactly(name) || slices.ContainsFunc(d.checks, func(n string) bool { return strings.EqualFold(n, name) }) {
			return true
		}
	}
	return false
}

// namesExactly ignores case, as golangci-lint does.
func (d *Directive) namesExactly(name string) bool {
	return slices.ContainsFunc(d.Names, func(n string) bool { return strings.EqualFold(n, name) })
}

func (d *Directive) covers(fset *token.FileSet, pos token.Pos) bool {
	if d.file {
		return fset.File(pos) == fset.File(d.Pos)
	}
	for _, r := range d.ranges {
		if r.from <= pos && pos < r.to {
			return true
		}
	}
	return false
}

func (x *Index) load() {
	for _, f := range x.files {
		x.directives = append(x.directives, fileDirectives(x.fset, f)...)
	}
}
