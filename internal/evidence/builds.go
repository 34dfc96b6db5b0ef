package evidence

import (
	"path"
	"path/filepath"
	"strings"

	"github.com/ctxlint/ctxlint/internal/evidence/snapshot"
	"github.com/ctxlint/ctxlint/internal/util/plainfile"
)

// roots are the directories that modules had in a build, by those that they have here.
type roots map[string]map[string]bool

// rootsOf returns the roots of the build that a snapshot is of: what is left of the
// directory of a file without that of its package in the module. The name of a command's
// package, which is main everywhere, says nothing about it.
func (c *code) rootsOf(s *snapshot.Snapshot) roots {
	built := make(roots)
	for _, st := range s.Stacks {
		for _, f := range st.Frames {
			if f.Package == "main" {
				continue
			}
			dir, ok := c.owns(f.Package)
			if !ok {
				continue
			}
			module, rel, ok := c.inModule(dir)
			if !ok {
				continue
			}
			root, ok := rootOf(f.File, rel)
			if !ok {
				continue
			}
			if built[module.Dir] == nil {
				built[module.Dir] = make(map[string]bool)
			}
			built[module.Dir][root] = true
		}
	}
	return built
}

// inModule returns the module that a directory is in, the innermost of several, and the path
// from there.
func (c *code) inModule(dir string) (module Module, rel string, ok bool) {
	for _, m := range c.modules {
		if below, in := plainfile.Below(m.Dir, dir); in && len(m.Dir) > len(module.Dir) {
			module, rel, ok = m, below, true
		}
	}
	return module, filepath.ToSlash(rel), ok
}

// isCommand reports whether a frame of a package main is of a command: where its module
// was in the build, as far as other frames tell, and else in a directory that fits.
func (c *code) isCommand(f snapshot.Frame, p Package, built roots) bool {
	module, rel, ok := c.inModule(p.Dir)
	if !ok || len(built[module.Dir]) == 0 {
		return sameDir(f.File, p.Dir, p.ImportPath)
	}
	root, ok := rootOf(f.File, rel)
	return ok && built[module.Dir][root]
}

// rootOf returns the directory of a module in a build, from a file in a directory of it.
func rootOf(file, rel string) (root string, ok bool) {
	below := strings.TrimSuffix(path.Join("/", rel), "/")
	root, ok = strings.CutSuffix(path.Join("/", path.Dir(file)), below)
	return strings.TrimSuffix(root, "/"), ok
}

// sameDir reports whether a file as a build names it may be in a directory of ours: it is
// there, or in one of the same name, or below the import path.
func sameDir(file, dir, importPath string) bool {
	d := path.Dir(file)
	return d == filepath.ToSlash(dir) || path.Base(d) == filepath.Base(dir) || d == importPath || strings.HasPrefix(d, importPath+"@")
}
