package report

import (
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/ctxlint/ctxlint/internal/record"
	"github.com/ctxlint/ctxlint/internal/source"
)

// A resolver makes the file names in a unit's record absolute: the build cache
// may replay the record of another checkout, so a record names files relative to
// the package's directory.
type resolver struct {
	importPath string
	dir        string // "" if it is not known; names stay as they are then
	sources    *source.Cache
}

// position resolves the file of a position. With -trimpath, cgo's //line comments
// name files below the import path; with -overlay, records name the replacement.
func (r resolver) position(p *record.Position) {
	name := filepath.FromSlash(p.File)
	if d, base := path.Split(p.File); d != "" && sameImportPath(strings.TrimSuffix(d, "/"), r.importPath) {
		name = base
	}
	if !filepath.IsAbs(name) {
		if name == "" || r.dir == "" {
			return
		}
		name = filepath.Join(r.dir, name)
	}
	p.File = r.sources.Original(name)
}

func (r resolver) finding(f *record.Finding) {
	r.position(&f.Pos)
	r.position(&f.End)
	f.Related = slices.Clone(f.Related)
	for i := range f.Related {
		r.position(&f.Related[i].Pos)
	}
	f.Fixes = slices.Clone(f.Fixes)
	for i := range f.Fixes {
		edits := slices.Clone(f.Fixes[i].Edits)
		for j := range edits {
			r.position(&edits[j].Start)
			r.position(&edits[j].End)
		}
		f.Fixes[i].Edits = edits
	}
	if f.Suppressed != nil {
		s := *f.Suppressed
		r.position(&s.Pos)
		f.Suppressed = &s
	}
}

// sameImportPath reports whether dir, the directory part of a trimmed path, is
// importPath with or without a version.
func sameImportPath(dir, importPath string) bool {
	if before, after, ok := strings.Cut(dir, "@"); ok {
		_, below, _ := strings.Cut(after, "/")
		dir = path.Join(before, below)
	}
	return dir == strings.TrimSuffix(importPath, "_test")
}
