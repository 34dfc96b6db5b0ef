// Package diag is the one way in which ctxlint's analyzers report: it keeps
// generated files quiet, honours suppression comments, fills in the address of
// the documentation, and turns a panic into a diagnostic.
package diag

import (
	"fmt"
	"go/ast"
	"go/token"
	"runtime/debug"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/ctxlint/ctxlint/internal/suppress"
)

// Internal is the category of a diagnostic about a failure of ctxlint itself.
const Internal = "internal"

// URL returns the address of the documentation of the named analyzer;
// a category's part of it is the URL with "#category" appended.
func URL(analyzer string) string {
	return "https://github.com/ctxlint/ctxlint/blob/main/docs/" + analyzer + ".md"
}

// A Reporter reports the findings of one pass. Its methods are not safe for
// concurrent use; a pass is sequential.
type Reporter struct {
	pass      *analysis.Pass
	ignores   *suppress.Index
	disabled  map[string]bool
	generated map[*token.File]bool // nil until the first finding
}

// NewReporter returns the reporter of pass, whose analyzer must require
// [suppress.Analyzer]. Categories named in the comma-separated list disabled
// are not reported.
func NewReporter(pass *analysis.Pass, disabled string) *Reporter {
	r := &Reporter{
		pass:     pass,
		ignores:  pass.ResultOf[suppress.Analyzer].(*suppress.Index),
		disabled: make(map[string]bool),
	}
	for name := range strings.SplitSeq(disabled, ",") {
		r.disabled[strings.TrimSpace(name)] = true
	}
	return r
}

// Enabled reports whether findings of the category are wanted, so that the work
// of finding them can be spared.
func (r *Reporter) Enabled(category string) bool { return !r.disabled[category] }

// Report reports d, whose Category must be set, unless its category is disabled,
// its file is generated, or a comment silences it.
func (r *Reporter) Report(d analysis.Diagnostic) {
	if r.disabled[d.Category] || r.isGenerated(d.Pos) {
		return
	}
	if d.URL == "" {
		d.URL = "#" + d.Category // resolved against Analyzer.URL by the driver
	}
	if r.ignores.Silence(r.pass.Analyzer.Name, d) {
		return
	}
	r.pass.Report(d)
}

// Guard calls f and, if f panics, reports the panic at pos as a diagnostic of
// category [Internal], so that one function that the analysis cannot digest
// loses its own findings only.
func (r *Reporter) Guard(pos token.Pos, f func()) {
	defer func() {
		if x := recover(); x != nil {
			r.pass.Report(analysis.Diagnostic{
				Pos:      pos,
				Category: Internal,
				URL:      "#" + Internal,
				Message:  fmt.Sprintf("internal error in %s: %v (please report it; at %s)", r.pass.Analyzer.Name, x, panicSite(debug.Stack())),
			})
		}
	}()
	f()
}

// panicSite returns the function of the innermost frame of a stack that is
// ctxlint's own and not this package's.
func panicSite(stack []byte) string {
	for line := range strings.SplitSeq(string(stack), "\n") {
		if strings.HasPrefix(line, "github.com/ctxlint/ctxlint/") && !strings.Contains(line, "internal/diag.") {
			if i := strings.LastIndexByte(line, '('); i > 0 {
				line = line[:i]
			}
			return strings.TrimPrefix(line, "github.com/ctxlint/ctxlint/")
		}
	}
	return "unknown function"
}

func (r *Reporter) isGenerated(pos token.Pos) bool {
	if r.generated == nil {
		r.generated = make(map[*token.File]bool)
		for _, f := range r.pass.Files {
			if ast.IsGenerated(f) {
				r.generated[r.pass.Fset.File(f.FileStart)] = true
			}
		}
	}
	return r.generated[r.pass.Fset.File(pos)]
}
