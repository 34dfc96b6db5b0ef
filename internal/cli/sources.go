package cli

import (
	"context"
	"path"
	"path/filepath"
	"slices"

	"github.com/ctxlint/ctxlint/internal/driver/gocmd"
	"github.com/ctxlint/ctxlint/internal/report/source"
)

// listSources makes the files of packages, which the patterns name, known as source.
// Those of their dependencies, and of the rest of the main modules, become known when a
// report leads there, which few do.
func (s *session) listSources(packages []gocmd.Package, patterns []string) {
	if s.files == nil {
		return
	}
	s.files.Add(sourcePackages(packages)...)
	everything := slices.Clone(patterns)
	for _, p := range packages {
		if m := p.Module; m != nil && m.Main {
			everything = append(everything, path.Join(m.Path, "..."))
		}
	}
	slices.Sort(everything)
	everything = slices.Compact(everything)
	s.files.Otherwise(func(ctx context.Context) []source.Package {
		all, err := s.goCommand.ListSources(ctx, s.buildFlags, everything)
		if err != nil {
			return nil // shown without their source
		}
		return sourcePackages(all)
	})
}

// sourcePackages returns where the files of packages are.
func sourcePackages(packages []gocmd.Package) []source.Package {
	var out []source.Package
	for _, p := range packages {
		if p.Dir == "" {
			continue
		}
		sp := source.Package{Dir: p.Dir, Root: p.Dir, Names: make(map[string]bool)}
		if m := p.Module; m != nil && m.Dir != "" { // vendored modules have no separate directory
			sp.Root = m.Dir
		}
		for _, names := range [][]string{p.GoFiles, p.CgoFiles, p.TestGoFiles, p.XTestGoFiles} {
			for _, name := range names {
				if filepath.Base(name) == name { // not what the go command has generated
					sp.Names[name] = true
				}
			}
		}
		out = append(out, sp)
	}
	return out
}
