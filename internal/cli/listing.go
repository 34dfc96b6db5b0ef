package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/ctxlint/ctxlint/internal/driver/gocmd"
	"github.com/ctxlint/ctxlint/internal/report"
)

// listWithoutTests lists the packages that the patterns name, and hides the tests of those
// in main modules from the go command.
func (a *analysis) listWithoutTests(ctx context.Context) ([]gocmd.Package, error) {
	packages, err := a.goCommand.List(ctx, a.goFlags(), a.patterns)
	if err != nil || slices.ContainsFunc(a.patterns, func(p string) bool { return strings.HasSuffix(p, ".go") }) {
		return packages, err // a file is there because somebody named it
	}
	a.hideTests(packages)
	if slices.ContainsFunc(packages, func(p gocmd.Package) bool { return p.Error != nil }) {
		again, err := a.goCommand.List(ctx, a.goFlags(), a.patterns)
		if err != nil {
			return nil, err
		}
		for i, p := range packages {
			j := slices.IndexFunc(again, func(q gocmd.Package) bool { return q.ImportPath == p.ImportPath })
			if p.Error != nil && j >= 0 {
				packages[i] = again[j]
			}
		}
	}
	return packages, nil
}

// empty reports whether nothing of a package is left when its tests are hidden.
func (a *analysis) empty(p gocmd.Package) bool {
	return len(p.GoFiles)+len(p.CgoFiles) == 0 && a.cover.hides(p.Dir)
}

// hideTests hides the tests of packages in main modules from the go command. It reports
// whether there are any.
func (a *analysis) hideTests(packages []gocmd.Package) bool {
	any := false
	for _, p := range packages {
		if p.Module != nil && p.Module.Main && p.Dir != "" {
			any = a.cover.hideTests(p.Dir) || any
		}
	}
	return any
}

// isLocal reports whether a pattern certainly names only packages of main
// modules, ignoring the directories of the standard library.
func isLocal(pattern string) bool {
	slashed := filepath.ToSlash(pattern)
	return slashed == "." || slashed == ".." || slashed == "work" ||
		strings.HasPrefix(slashed, "./") || strings.HasPrefix(slashed, "../") ||
		filepath.IsAbs(pattern) || strings.HasSuffix(pattern, ".go")
}

// ignoresDir reports whether the go command looks for no packages in directories of that
// name.
func ignoresDir(name string) bool {
	return strings.HasPrefix(name, ".") || strings.HasPrefix(name, "_") || name == "testdata" || name == "vendor"
}

// scopes returns the scopes that cover the packages, sorted.
func scopes(packages []gocmd.Package) []string {
	var all []string
	for _, p := range packages {
		switch {
		case p.Error != nil:
		case p.Standard:
			all = append(all, "std")
		case p.Module == nil || p.Module.Main:
			all = append(all, mainScope)
		default:
			all = append(all, p.Module.Path)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// ignoredFiles returns the files of packages that are for other platforms or other tags.
func ignoredFiles(packages []gocmd.Package) []string {
	var files []string
	for _, p := range packages {
		for _, name := range p.IgnoredGoFiles {
			files = append(files, filepath.Join(p.Dir, name))
		}
	}
	return files
}

// take keeps the packages that can be analysed. It reports why the others
// cannot be, and patterns that match no package.
func (a *analysis) take(packages []gocmd.Package) {
	matched := make(map[string]bool)
	for _, p := range packages {
		for _, pattern := range p.Match {
			matched[pattern] = true
		}
		if p.Error == nil {
			a.packages = append(a.packages, p)
			continue
		}
		e := a.loadError(p, p.Error)
		if slices.Contains(a.patterns, p.ImportPath) { // a pattern in place of a package
			e.Package = ""
			if !strings.Contains(e.Message, p.ImportPath) {
				e.Message = p.ImportPath + ": " + e.Message
			}
			e.Message += a.hint(p.ImportPath, e.Message)
		}
		a.errors = append(a.errors, e)
	}
	for _, pattern := range a.patterns {
		if !matched[pattern] {
			a.errors = append(a.errors, report.Error{Message: fmt.Sprintf("pattern %s matches no packages", pattern)})
		}
	}
}

// hint returns what may help somebody whose pattern matches nothing.
func (a *analysis) hint(pattern, message string) string {
	switch {
	case strings.Contains(message, "directory prefix") && a.env.GOWORK != "":
		return "; the pattern \"work\" names all packages of the workspace"
	case strings.Contains(message, "directory prefix"):
		return "; for another module, name its directory with -C"
	case strings.Contains(message, "is not in std"):
		dir := filepath.Join(a.dir, filepath.FromSlash(strings.TrimSuffix(pattern, "/...")))
		if info, err := os.Stat(dir); err == nil && info.IsDir() {
			return "; did you mean ./" + pattern + "?"
		}
	}
	return ""
}

// loadError returns the error about a package that the go command cannot load.
func (a *analysis) loadError(p gocmd.Package, e *gocmd.PackageError) report.Error {
	message := e.Err
	if strings.HasPrefix(message, "import cycle") {
		message += ": " + strings.Join(e.ImportStack, " imports ")
	}
	return report.Error{
		Package: cmp.Or(p.ForTest, p.ImportPath),
		Pos:     gocmd.ParsePosition(a.dir, e.Pos),
		Message: message,
	}
}

// noModule explains that there is no module, and names those below, as the root of a
// repository with several has none itself.
func (a *analysis) noModule() error {
	message := fmt.Sprintf("no go.mod in %s or any directory above it: run ctxlint inside a module, or name its directory with -C", a.dir)
	below := modulesBelow(a.dir)
	if len(below) == 0 {
		return errors.New(message)
	}
	more := ""
	if n := len(below) - maxNamed; n > 0 {
		below, more = below[:maxNamed], fmt.Sprintf(" and %d more", n)
	}
	return fmt.Errorf("%s\nThere are modules in %s%s. A go.work file that uses them lets one run analyse all, with the pattern \"work\"",
		message, strings.Join(below, ", "), more)
}

// Limits of the search for modules: how far below, how many directories, how many names.
const (
	maxDepth       = 4
	maxDirectories = 10_000
	maxNamed       = 5
)

// modulesBelow returns the directories of modules below dir, relative to it.
func modulesBelow(dir string) []string {
	var found []string
	seen := 0
	filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return fs.SkipDir // of others, nothing is to be known
		case !d.IsDir():
			return nil
		}
		rel, _ := filepath.Rel(dir, path)
		seen++
		if seen > maxDirectories {
			return fs.SkipAll
		}
		name := d.Name()
		if rel != "." && (ignoresDir(name) || name == "node_modules") {
			return fs.SkipDir
		}
		if _, err := os.Stat(filepath.Join(path, "go.mod")); err == nil {
			found = append(found, filepath.ToSlash(rel))
			return fs.SkipDir
		}
		if strings.Count(filepath.ToSlash(rel), "/") >= maxDepth {
			return fs.SkipDir
		}
		return nil
	})
	return found
}
