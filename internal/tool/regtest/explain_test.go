package regtest_test

import (
	"fmt"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/mod/module"
	"golang.org/x/tools/imports"

	"github.com/ctxlint/ctxlint/analyzers"
	"github.com/ctxlint/ctxlint/internal/tool/drivertest"
	"github.com/ctxlint/ctxlint/internal/tool/testenv"
)

// TestSections checks that each category of each analyzer has its section in
// doc.go, and that there are no others.
func TestSections(t *testing.T) {
	for _, e := range analyzers.Suite() {
		for _, name := range e.Documentation.Sections() {
			if _, ok := e.Categories.Row(name); !ok {
				t.Errorf("doc.go of %s has a section for %q, which is no category", e.Name, name)
			}
		}
		for _, c := range e.Categories {
			if _, err := e.Documentation.Section(c.Name); err != nil {
				t.Errorf("%v; see CONTRIBUTING.md", err)
			}
		}
	}
}

// TestExamples checks that the examples in the sections of doc.go compile, that
// the bad ones are reported in their category, and that nothing is found in the
// good ones.
func TestExamples(t *testing.T) {
	reported := make(map[string]bool)
	others := make(map[string][]string) // by place
	modules := []string{testenv.Fixtures(t), testenv.MetricFixtures(t), testenv.ClientFixtures(t)}
	for i, fixtures := range modules {
		dir := moduleOfExamples(t, fixtures)
		libraries := importedBy(t, fixtures)
		for _, e := range analyzers.Suite() {
			if !hasFixtures(fixtures, e.Name) || slices.ContainsFunc(modules[i+1:], func(later string) bool { return hasFixtures(later, e.Name) }) {
				continue // the libraries for its examples are in another module
			}
			for _, c := range e.Categories {
				s, err := e.Documentation.Section(c.Name)
				if err != nil {
					continue // TestSections reports that
				}
				place := filepath.Join(e.Name, c.Name)
				writeExample(t, dir, filepath.Join(place, "bad"), s.Bad, libraries)
				writeExample(t, dir, filepath.Join(place, "good"), s.Good, libraries)
			}
		}
		for _, f := range drivertest.Lint(t, tool, dir, everyConfidence, "./...") {
			place, err := filepath.Rel(dir, filepath.Dir(f.File))
			if err != nil {
				t.Fatal(err)
			}
			if filepath.Base(place) == "good" {
				t.Errorf("the good example of %s is reported: %v", filepath.Dir(place), f)
			}
			reported[filepath.Join(place, f.Analyzer, f.Category)] = true
			others[place] = append(others[place], f.Analyzer+"/"+f.Category)
		}
	}
	for _, e := range analyzers.Suite() {
		for _, name := range e.Documentation.Sections() {
			if !reported[filepath.Join(e.Name, name, "bad", e.Name, name)] {
				t.Errorf("analyzers/%s/doc.go: the bad example in the section of %s is not reported in that category, but as %q", e.Name, name, others[filepath.Join(e.Name, name, "bad")])
			}
		}
	}
}

func hasFixtures(module, analyzer string) bool {
	_, err := os.Stat(filepath.Join(module, analyzer))
	return err == nil
}

// moduleOfExamples makes a module that can import what the fixtures import.
func moduleOfExamples(t *testing.T, fixtures string) (dir string) {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"go.mod", "go.sum"} {
		content, err := os.ReadFile(filepath.Join(fixtures, name))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), content, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// importedBy returns the packages outside the standard library that the
// fixtures in dir import, by the name that most of the fixtures use. Package
// imports could find them, too, but would read the whole module cache.
func importedBy(t *testing.T, dir string) map[string]string {
	t.Helper()
	count := make(map[string]map[string]int) // by name and path
	err := filepath.WalkDir(dir, func(file string, d fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(file) != ".go" {
			return err
		}
		f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		for _, spec := range f.Imports {
			importPath, err := strconv.Unquote(spec.Path.Value)
			if err != nil || !strings.Contains(importPath, ".") || importPath == "golang.org/x/net/context" {
				continue // the examples mean the one of the standard library
			}
			name := baseName(importPath)
			if spec.Name != nil {
				name = spec.Name.Name
			}
			if count[name] == nil {
				count[name] = make(map[string]int)
			}
			count[name][importPath]++
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	libraries := make(map[string]string)
	for name, paths := range count {
		for _, p := range slices.Sorted(maps.Keys(paths)) {
			if paths[p] > paths[libraries[name]] {
				libraries[name] = p
			}
		}
	}
	return libraries
}

// baseName returns the name that a package most likely has: the last element of
// its path that is not a version.
func baseName(importPath string) string {
	prefix, _, ok := module.SplitPathVersion(importPath)
	if !ok {
		prefix = importPath
	}
	return path.Base(prefix)
}

// writeExample makes a package of an example, with the imports that it needs.
func writeExample(t *testing.T, dir, place, code string, libraries map[string]string) {
	t.Helper()
	name := filepath.Join(dir, place, "example.go")
	source := "package example\n\n"
	for _, lib := range slices.Sorted(maps.Keys(libraries)) {
		if strings.Contains(code, lib+".") { // package imports removes those that are not needed
			source += fmt.Sprintf("import %s %q\n", lib, libraries[lib])
		}
	}
	complete, err := imports.Process(name, []byte(source+"\n"+code), nil)
	if err != nil {
		t.Errorf("the example of %s is not Go: %v", place, err)
		return
	}
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, complete, 0o666); err != nil {
		t.Fatal(err)
	}
}
