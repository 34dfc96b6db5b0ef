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

	"github.com/ctxlint/ctxlint/internal/driver/record"
	"github.com/ctxlint/ctxlint/internal/util/atomicfile"
)

// A Fix is the fix of one finding. All its edits are in one file, named by its
// absolute path.
type Fix struct {
	Package string          // import path of the package that the file belongs to
	Pos     record.Position // of the finding
	Edits   []record.Edit
	Sum     string // of the content that the edits are for, "" if that is what [Maker.Content] returns
}

// A Plan says what applying some fixes does.
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
	*Fix
	Reason string
}

// A Maker makes plans. Content returns the content of a file, or why the file must not
// be changed.
type Maker struct {
	Content func(file string) (content []byte, refused string)
}

// Make plans the fixes in the given order. One that overlaps an earlier one is
// skipped, unless both make the same edit. Files are formatted as by gofmt and
// keep their line endings. A file that would not parse is left alone, and so is
// one that is refused, or has changed since it was analysed.
func (m Maker) Make(fixes []*Fix) *Plan {
	p := new(Plan)
	files := make(map[string]*fileFixes)
	for _, f := range fixes {
		if len(f.Edits) == 0 {
			continue
		}
		name := f.Edits[0].Start.File
		file := files[name]
		if file == nil {
			file = new(fileFixes)
			if file.before, file.refused = m.Content(name); file.refused == "" {
				file.sum = record.Sum(file.before)
			}
			files[name] = file
		}
		if reason := file.add(f); reason != "" {
			p.skip(f, reason)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		file := files[name]
		after, err := file.apply()
		switch {
		case err != nil:
			for _, f := range file.fixes {
				p.skip(f, "the file would not parse afterwards: "+err.Error())
			}
		case len(file.fixes) > 0:
			p.Files = append(p.Files, File{name, file.before, after, len(file.fixes)})
		}
	}
	return p
}

func (p *Plan) skip(f *Fix, reason string) {
	p.Skipped = append(p.Skipped, Skipped{f, reason})
}

// Write replaces the file's content, unless somebody has changed it since the plan was
// made. Then the error is [atomicfile.ErrChanged].
func (f File) Write() error { return atomicfile.Replace(f.Name, f.Before, f.After) }

// Diff returns the change as a unified diff between the given names.
func (f File) Diff(before, after string) string {
	return udiff.Unified(before, after, string(f.Before), string(f.After))
}

// Changed is why a file is left alone that somebody has saved while it was analysed.
const Changed = "the file has changed since it was analysed; run again"

// fileFixes collects the fixes of one file.
type fileFixes struct {
	refused string
	before  []byte
	sum     string
	edits   []edit // sorted, disjoint
	fixes   []*Fix
}

// An edit replaces the bytes from start to end.
type edit struct {
	start, end int
	text       string
}

// add adds a fix as a whole, or returns why it cannot be applied.
func (f *fileFixes) add(fix *Fix) (reason string) {
	switch {
	case f.refused != "":
		return f.refused
	case fix.Sum != "" && fix.Sum != f.sum:
		return Changed
	}
	all := slices.Clone(f.edits)
	for _, re := range fix.Edits {
		e := edit{re.Start.Offset, re.End.Offset, re.New}
		if e.start < 0 || e.end < e.start || e.end > len(f.before) || re.Start.File != fix.Edits[0].Start.File {
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
	f.fixes = append(f.fixes, fix)
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

// gofmt formats content and gives it the line endings that are most frequent in
// model, and model's byte order mark.
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
