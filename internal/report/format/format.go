// Package format writes a report for people and for other tools.
package format

import (
	"io"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"github.com/ctxlint/ctxlint/analyzers"
	"github.com/ctxlint/ctxlint/internal/report"
	"github.com/ctxlint/ctxlint/internal/report/format/html"
	"github.com/ctxlint/ctxlint/internal/report/source"
)

// A Format writes a report to w. Any error comes from w.
type Format func(w io.Writer, r *report.Report, o *Options) error

var formats = map[string]Format{
	"text":        Text,
	"json":        JSON,
	"sarif":       SARIF,
	"github":      GitHub,
	"html":        HTML,
	"markdown":    Markdown,
	"codequality": CodeQuality,
	"checkstyle":  Checkstyle,
	"junit":       JUnit,
	"summary":     Tables,
}

// ByName returns the format with a name in [Names], or nil for any other name.
func ByName(name string) Format { return formats[name] }

// Names returns the names of the formats, sorted.
func Names() []string { return slices.Sorted(maps.Keys(formats)) }

// Options are what the formats need to know besides the report.
type Options struct {
	Dir     string // paths are shown relative to it
	Full    bool   // in text and JSON they are shown whole instead
	Root    string // the root of the source tree, for tools that know the repository
	Blob    string // address below which a forge shows files of the source tree, "" if unknown
	Version string // of ctxlint, "" if unknown
	Sources *source.Cache
	Suite   []analyzers.Entry // the analyzers that ran

	// Owners returns who owns a file, named relative to Root with slashes; nil if nothing
	// says so.
	Owners func(path string) []string

	Suppressed bool // also what is suppressed, in formats that have a place for it and leave it out otherwise

	// For text only.
	Color   bool
	Context int // lines around the line of a finding, -1 for no source at all
	Width   int // columns at which source lines are cut, 0 for the default
}

// HTML writes the report as one page for a browser.
func HTML(w io.Writer, r *report.Report, o *Options) error {
	return html.Write(w, r, &html.Options{
		Version:  o.Version,
		Sources:  o.Sources,
		Suite:    o.Suite,
		File:     o.Relative,
		Position: (&textWriter{o}).position,
		Evidence: EvidenceNotes(r, o.Suite),
	})
}

// Path returns the name by which a file is shown to people: relative to the
// options' directory if that is shorter, unless the options want whole paths.
func (o *Options) Path(file string) string {
	if o.Full {
		return file
	}
	return relative(o.Dir, file)
}

// Relative is like Path for output that needs relative names if possible, such
// as a patch. It has slashes on every system.
func (o *Options) Relative(file string) string { return filepath.ToSlash(relative(o.Dir, file)) }

// slashPath is like Path, with slashes on every system.
func (o *Options) slashPath(file string) string { return filepath.ToSlash(o.Path(file)) }

func relative(dir, file string) string {
	if rel, err := filepath.Rel(dir, file); err == nil && len(rel) < len(file) {
		return rel
	}
	return file
}

// below returns a file's path relative to a directory that contains it, with
// slashes; ok is false if it lies elsewhere.
func below(dir, file string) (path string, ok bool) {
	rel, err := filepath.Rel(dir, file)
	if dir == "" || err != nil || rel == ".." || strings.HasPrefix(rel, ".."+string(filepath.Separator)) {
		return "", false
	}
	return filepath.ToSlash(rel), true
}
