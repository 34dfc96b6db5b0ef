// Package fixes applies the fixes that findings suggest.
package fixes

import (
	"bytes"
	"cmp"
	"fmt"
	"go/format"
	"maps"
	"slices"
	"strings"

	"github.com/aymanbagabas/go-udiff"

	"github.com/ctxlint/ctxlint/internal/atomicfile"
	"github.com/ctxlint/ctxlint/internal/record"
	"github.com/ctxlint/ctxlint/internal/report"
	"github.com/ctxlint/ctxlint/internal/source"
)

// A Plan says what applying the fixes of some findings does.
type Plan struct {
	Files   []File
	Skipped []Skipped
}

// A File is a file before and after its fixes.
type File struct {
	Name          string
	Before, After []byte
	Fixes         int // how many
}

// Skipped is a fix that is not applied.
type Skipped struct {
	Finding *report.Finding
	Reason  string
}

// Make plans the fixes of the findings, in their order: a fix that overlaps an
// earlier one is skipped, unless both make the same edit. Files are formatted as
// gofmt does and keep their line endings. A file that would not parse is left
// alone, and so is one for which refuse gives a reason.
func Make(findings []*report.Finding, sources *source.Cache, refuse func(file string) string) *Plan {
	p := new(Plan)
	files := make(map[string]*fileFixes)
	for _, f := range findings {
		if len(f.Fixes) == 0 || len(f.Fixes[0].Edits) == 0 {
			continue
		}
		edits := f.Fixes[0].Edits // an analyzer gives one fix at most
		name := edits[0].Start.File
		if reason := refuse(name); reason != "" {
			p.skip(f, reason)
			continue
		}
		file := files[name]
		if file == nil {
			file = &fileFixes{before: sources.File(name).Content}
			files[name] = file
		}
		if reason := file.add(f, edits); reason != "" {
			p.skip(f, reason)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		file := files[name]
		after, err := file.apply()
		switch {
		case err != nil:
			for _, f := range file.findings {
				p.skip(f, "the file would not parse afterwards: "+err.Error())
			}
		case len(file.findings) > 0:
			p.Files = append(p.Files, File{name, file.before, after, len(file.findings)})
		}
	}
	return p
}

func (p *Plan) skip(f *report.Finding, reason string) {
	p.Skipped = append(p.Skipped, Skipped{f, reason})
}

// Write replaces the file's content.
func (f File) Write() error { return atomicfile.Write(f.Name, f.After) }

// Diff returns the change as a unified diff between the given names.
func (f File) Diff(before, after string) string {
	return udiff.Unified(before, after, string(f.Before), string(f.After))
}

// fileFixes collects the fixes of one file.
type fileFixes struct {
	before   []byte
	edits    []edit // sorted, disjoint
	findings []*report.Finding
}

// An edit replaces the bytes from start to end.
type edit struct {
	start, end int
	text       string
}

// add adds a fix as a whole, or returns why it cannot be applied.
func (f *fileFixes) add(finding *report.Finding, edits []record.Edit) (reason string) {
	all := slices.Clone(f.edits)
	for _, re := range edits {
		e := edit{re.Start.Offset, re.End.Offset, re.New}
		if e.start < 0 || e.end < e.start || e.end > len(f.before) || re.Start.File != edits[0].Start.File {
			return "it does not fit the file"
		}
		if slices.Contains(all, e) {
			continue
		}
		if slices.ContainsFunc(all, e.overlaps) {
			return "it overlaps another fix; run again after that one"
		}
		all = append(all, e)
	}
	slices.SortFunc(all, func(a, b edit) int { return cmp.Or(cmp.Compare(a.start, b.start), cmp.Compare(a.end, b.end)) })
	f.edits = all
	f.findings = append(f.findings, finding)
	return ""
}

// overlaps reports whether two edits touch the same text or insert at the same
// place, where their order would be arbitrary.
func (e edit) overlaps(other edit) bool {
	if e.start == e.end && other.start == other.end {
		return e.start == other.start
	}
	return e.start < other.end && other.start < e.end
}

// apply returns the content of the file with all its edits.
func (f *fileFixes) apply() ([]byte, error) {
	var out bytes.Buffer
	at := 0
	for _, e := range f.edits {
		out.Write(f.before[at:e.start])
		out.WriteString(e.text)
		at = e.end
	}
	out.Write(f.before[at:])
	return gofmt(out.Bytes(), f.before)
}

var byteOrderMark = []byte("\ufeff")

// gofmt formats content and gives it the line endings that model mostly has,
// and its byte order mark.
func gofmt(content, model []byte) ([]byte, error) {
	content = bytes.TrimPrefix(content, byteOrderMark)
	out, err := format.Source(bytes.ReplaceAll(content, []byte("\r\n"), []byte("\n")))
	if err != nil {
		first, _, _ := strings.Cut(err.Error(), "\n")
		return nil, fmt.Errorf("%s", first)
	}
	if crlf := bytes.Count(model, []byte("\r\n")); crlf > bytes.Count(model, []byte("\n"))-crlf {
		out = bytes.ReplaceAll(out, []byte("\n"), []byte("\r\n"))
	}
	if bytes.HasPrefix(model, byteOrderMark) {
		out = slices.Concat(byteOrderMark, out)
	}
	return out, nil
}
