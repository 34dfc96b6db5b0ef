package vettool

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"golang.org/x/tools/go/analysis"

	"github.com/ctxlint/ctxlint/internal/driver/vettool/unit"
	"github.com/ctxlint/ctxlint/internal/pass/scope"
)

// loadSource loads a unit of one file that imports nothing.
func loadSource(t *testing.T, src string) (config, *loaded) {
	t.Helper()
	cfg := config{new(unit.Config)}
	cfg.Dir = t.TempDir()
	cfg.ImportPath = "x.org/m/p"
	cfg.ModulePath = "x.org/m"
	cfg.GoFiles = []string{filepath.Join(cfg.Dir, "p.go")}
	if err := os.WriteFile(cfg.GoFiles[0], []byte(src), 0o666); err != nil {
		t.Fatal(err)
	}
	pkg, err := load(cfg, new(unit.Imports), nil)
	if err != nil {
		t.Fatal(err)
	}
	return cfg, pkg
}

func executeAll(cfg config, pkg *loaded, wanted bool, analyzers ...*analysis.Analyzer) *results {
	return execute(cfg, pkg, newFactSet(pkg.types, pkg.packages, new(unit.Imports)), analyzers, wanted, nil, nil)
}

func TestFactsOnly(t *testing.T) {
	cfg, pkg := loadSource(t, "package p")
	var mu sync.Mutex
	var ran []string
	mark := func(pass *analysis.Pass) (any, error) {
		name := pass.Analyzer.Name
		if mode, ok := pass.ResultOf[scope.Analyzer].(*scope.Mode); ok && mode.FactsOnly {
			name += " for facts"
		}
		mu.Lock()
		defer mu.Unlock()
		ran = append(ran, name)
		return nil, nil
	}
	collect := &analysis.Analyzer{Name: "collect", Run: mark, FactTypes: []analysis.Fact{new(named)}}
	check := &analysis.Analyzer{Name: "check", Run: mark, Requires: []*analysis.Analyzer{collect, scope.Analyzer}}
	plain := &analysis.Analyzer{Name: "plain", Run: mark, Requires: []*analysis.Analyzer{scope.Analyzer}}
	for wanted, want := range map[bool][]string{
		true:  {"check", "collect", "plain"},
		false: {"check for facts", "collect"},
	} {
		ran = nil
		executeAll(cfg, pkg, wanted, plain, check)
		slices.Sort(ran)
		if !slices.Equal(ran, want) {
			t.Errorf("wanted = %t: ran %q, want %q", wanted, ran, want)
		}
	}
}

func TestFailures(t *testing.T) {
	cfg, pkg := loadSource(t, "package p")
	run := func(f func()) func(*analysis.Pass) (any, error) {
		return func(*analysis.Pass) (any, error) { f(); return nil, nil }
	}
	bad := &analysis.Analyzer{Name: "bad", Run: func(*analysis.Pass) (any, error) { return nil, errors.New("no") }}
	worse := &analysis.Analyzer{Name: "worse", Run: run(func() { panic("ouch") })}
	needs := func(name string, req ...*analysis.Analyzer) *analysis.Analyzer {
		return &analysis.Analyzer{Name: name, Requires: req, Run: run(func() { t.Errorf("%s ran without what it requires", name) })}
	}
	res := executeAll(cfg, pkg, true, needs("a", bad), needs("b", worse, bad), needs("c", needs("d", worse)), worse)
	var got []string
	for _, act := range res.enabled {
		text := act.analyzer.Name + ":"
		if act.err != nil {
			text += " " + act.err.Error()
		}
		for _, d := range act.diagnostics {
			text += " " + d.Category + " " + d.Message
		}
		got = append(got, text)
	}
	want := []string{
		"a: failed prerequisites: bad",
		"b: internal internal error in worse: ouch (please report it)",
		"c:", // the same failure is shown only once
		"worse:",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestPass(t *testing.T) {
	cfg, pkg := loadSource(t, "package p")
	cfg.NonGoFiles = []string{filepath.Join(cfg.Dir, "asm.s")}
	cfg.IgnoredFiles = []string{filepath.Join(cfg.Dir, "ignored.go")}
	secret := filepath.Join(cfg.Dir, "secret.txt")
	for _, name := range append(append([]string{secret}, cfg.NonGoFiles...), cfg.IgnoredFiles...) {
		if err := os.WriteFile(name, []byte("content"), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	executeAll(cfg, pkg, true, &analysis.Analyzer{Name: "a", Run: func(pass *analysis.Pass) (any, error) {
		for _, name := range slices.Concat(cfg.GoFiles, pass.OtherFiles, pass.IgnoredFiles) {
			if _, err := pass.ReadFile(name); err != nil {
				t.Error(err)
			}
		}
		if _, err := pass.ReadFile(secret); err == nil || !strings.Contains(err.Error(), "is not a file of the package") {
			t.Errorf("reading another file: %v", err)
		}
		if len(pass.OtherFiles) != 1 || len(pass.IgnoredFiles) != 1 {
			t.Error("a list of files is not passed on")
		}
		if pass.Module.Path != "x.org/m" || pass.TypesSizes == nil || pass.Pkg.Path() != "x.org/m/p" {
			t.Errorf("module %+v, sizes %v, package %v", pass.Module, pass.TypesSizes, pass.Pkg)
		}
		return nil, nil
	}})
}
