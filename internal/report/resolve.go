package report

import (
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/ctxlint/ctxlint/internal/driver/record"
	"github.com/ctxlint/ctxlint/internal/report/source"
)

// A Module is a module whose packages were asked for.
type Module struct {
	Path    string
	Version string // "" for a main module
	Dir     string
}

// A resolver makes the file names in a unit's record absolute: the build cache
// may replay the record of another checkout. [record.Position] describes the
// names.
type resolver struct {
	importPath string
	dir        string // "" if unknown; names then stay as they are
	modules    []Module
	sources    *source.Cache
}

// position resolves the file of a position. With -overlay, records name the
// replacement of a file.
func (r resolver) position(p *record.Position) {
	name := filepath.FromSlash(p.File)
	if p.File == "" || !filepath.IsAbs(name) && r.dir == "" {
		return
	}
	if !filepath.IsAbs(name) {
		dir, base := path.Split(p.File)
		dir = strings.TrimSuffix(dir, "/")
		switch {
		case dir == "", dir == ".", dir == "..", strings.HasPrefix(dir, "./"), strings.HasPrefix(dir, "../"):
			name = filepath.Join(r.dir, name)
		default:
			var ok bool
			if dir, ok = r.untrim(dir); !ok {
				return // belongs to some dependency, which its name tells
			}
			name = filepath.Join(dir, base)
		}
	}
	p.File = r.sources.Original(name)
}

// untrim returns the directory for a name that -trimpath made from an import
// path, with the module's version in it if it has one.
func (r resolver) untrim(trimmed string) (dir string, ok bool) {
	if trimmed == strings.TrimSuffix(r.importPath, "_test") {
		return r.dir, true
	}
	longest := -1
	for _, m := range r.modules {
		prefix := m.Path
		if m.Version != "" {
			prefix += "@" + m.Version
		}
		if below, found := strings.CutPrefix(trimmed+"/", prefix+"/"); found && len(prefix) > longest {
			longest = len(prefix)
			dir, ok = filepath.Join(m.Dir, filepath.FromSlash(below)), true
		}
	}
	return dir, ok
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
