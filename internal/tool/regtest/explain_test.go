package regtest_test

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

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
			if !e.Documentation.HasCategory(name) {
				t.Errorf("doc.go of %s has a section for %q, which is not in the list of categories", e.Name, name)
			}
		}
		for _, c := range e.Documentation.Categories() {
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
	for _, fixtures := range []string{testenv.Fixtures(t), testenv.MetricFixtures(t)} {
		dir := moduleOfExamples(t, fixtures)
		for _, e := range analyzers.Suite() {
			if measures[e.Name] != (fixtures == testenv.MetricFixtures(t)) {
				continue
			}
			for _, c := range e.Documentation.Categories() {
				s, err := e.Documentation.Section(c.Name)
				if err != nil {
					continue // TestSections tells
				}
				place := filepath.Join(e.Name, c.Name)
				writeExample(t, dir, filepath.Join(place, "bad"), s.Bad)
				writeExample(t, dir, filepath.Join(place, "good"), s.Good)
			}
		}
		for _, f := range drivertest.Lint(t, tool, dir, append(optIns(), "./...")...) {
			place, err := filepath.Rel(dir, filepath.Dir(f.File))
			if err != nil {
				t.Fatal(err)
			}
			if filepath.Base(place) == "good" {
				t.Errorf("the good example of %s is reported: %v", filepath.Dir(place), f)
			}
			reported[filepath.Join(place, f.Analyzer, f.Category)] = true
		}
	}
	for _, e := range analyzers.Suite() {
		for _, name := range e.Documentation.Sections() {
			if !reported[filepath.Join(e.Name, name, "bad", e.Name, name)] {
				t.Errorf("the bad example of %s/%s is not reported as such", e.Name, name)
			}
		}
	}
}

// optIns returns the flags that turn on what is off by default.
func optIns() []string {
	var flags []string
	for _, e := range analyzers.Suite() {
		e.Flags.VisitAll(func(f *flag.Flag) {
			if b, ok := f.Value.(interface{ IsBoolFlag() bool }); ok && b.IsBoolFlag() && f.DefValue == "false" {
				flags = append(flags, "-"+e.Name+"."+f.Name)
			}
		})
	}
	return flags
}

// measures are the analyzers whose examples import libraries for metrics.
var measures = map[string]bool{"labelcardinality": true, "metriclifecycle": true}

// moduleOfExamples makes a module that can import what the fixtures do.
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
	// Categories that have to be asked for have examples as well.
	config := "version: 1\noptions:\n  ctxreset:\n    blank: true\n"
	if err := os.WriteFile(filepath.Join(dir, ".ctxlint.yml"), []byte(config), 0o666); err != nil {
		t.Fatal(err)
	}
	return dir
}

// libraries are the packages outside of the standard library that examples use, by
// the names under which they do. Package imports would find them, too, but reads
// the whole module cache for that.
var libraries = map[string]string{
	"attribute":  "go.opentelemetry.io/otel/attribute",
	"cobra":      "github.com/spf13/cobra",
	"echo":       "github.com/labstack/echo/v4",
	"errgroup":   "golang.org/x/sync/errgroup",
	"gin":        "github.com/gin-gonic/gin",
	"metav1":     "k8s.io/apimachinery/pkg/apis/meta/v1",
	"metric":     "go.opentelemetry.io/otel/metric",
	"promauto":   "github.com/prometheus/client_golang/prometheus/promauto",
	"prometheus": "github.com/prometheus/client_golang/prometheus",
	"sarama":     "github.com/IBM/sarama",
	"uuid":       "github.com/google/uuid",
}

// writeExample makes a package of an example, with the imports that it needs.
func writeExample(t *testing.T, dir, place, code string) {
	t.Helper()
	name := filepath.Join(dir, place, "example.go")
	source := "package example\n\n"
	for _, lib := range slices.Sorted(maps.Keys(libraries)) {
		if strings.Contains(code, lib+".") { // imports removes what is too much
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
