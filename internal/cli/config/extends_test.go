package config_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ctxlint/ctxlint/internal/cli/config"
	"github.com/ctxlint/ctxlint/internal/driver/record"
	"github.com/ctxlint/ctxlint/internal/report"
)

// tree writes files below a new directory, whose name it returns.
func tree(t *testing.T, files map[string]string) string {
	t.Helper()
	root := t.TempDir()
	for name, content := range files {
		file := filepath.Join(root, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(content), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return root
}

// inModule finds files of the module github.com/org/cfg below a directory.
func inModule(root string) config.ModuleFinder {
	return func(path string) (file, dir string, err error) {
		below, ok := strings.CutPrefix(path, "github.com/org/cfg/")
		if !ok {
			return "", "", errors.New("no such module")
		}
		dir = filepath.Join(root, "cache", "cfg@v1.0.0")
		return filepath.Join(dir, filepath.FromSlash(below)), dir, nil
	}
}

func TestExtends(t *testing.T) {
	root := tree(t, map[string]string{
		"svc/.ctxlint.yml": `version: 1
extends: [../shared.yml, github.com/org/cfg/strict/ctxlint.yml]
analyzers: {disable: cancelleak}
options: {labels: {limit: 7}}
exclude: [{path: own, reason: ours}]
rules: [{path: "**", severity: {labels: warning}}]
baseline: own.baseline
`,
		"shared.yml":                          "version: 1\nconfidence: medium\nfail-on: error\nbaseline: shared.baseline\noptions: {labels: {limit: 5, strict: true}}\nexclude: [{path: gen, reason: generated}]\nrules: [{path: '**', severity: {labels: note}}]\n",
		"cache/cfg@v1.0.0/strict/ctxlint.yml": "version: 1\nextends: ../base.yml\nfail-on: warning\n",
		"cache/cfg@v1.0.0/base.yml":           "version: 1\nanalyzers: {enable: [cancelleak, labels]}\n",
	})
	c, err := config.Read(filepath.Join(root, "svc", ".ctxlint.yml"), root, testSuite(), inModule(root))
	if err != nil {
		t.Fatal(err)
	}
	s, err := config.Settle(c, config.CommandLine{}, testSuite(), filepath.Join(root, "svc"))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"-cancelleak=false", "-labels.limit=7", "-labels.strict=true"}, s.VetFlags()); diff != "" {
		t.Errorf("flags (-want +got):\n%s", diff)
	}
	if s.Confidence.Text != "medium" || s.Confidence.Origin != "../shared.yml:2:13" || s.FailOn.Text != "warning" || s.Baseline.Text != filepath.Join(root, "svc", "own.baseline") {
		t.Errorf("settings %+v, %+v, %+v", s.Confidence, s.FailOn, s.Baseline)
	}
	for _, test := range []struct{ file, want string }{{"gen/a.go", "shared.yml:6"}, {"own/a.go", ".ctxlint.yml:5"}} {
		f := &report.Finding{Finding: record.Finding{Analyzer: "labels", Pos: record.Position{File: filepath.Join(root, "svc", filepath.FromSlash(test.file))}}}
		r := &report.Report{Findings: []*report.Finding{f}}
		if s.Apply(r); f.Suppression == nil || !strings.HasSuffix(fmt.Sprintf("%s:%d", f.Suppression.Pos.File, f.Suppression.Pos.Line), test.want) {
			t.Errorf("%s: suppressed by %+v, want %s", test.file, f.Suppression, test.want)
		} else if f.Severity != "warning" {
			t.Errorf("%s: severity %s, want that of the last rule", test.file, f.Severity)
		}
	}
	// What is printed stands alone.
	printed, err := s.YAML()
	if err != nil {
		t.Fatal(err)
	}
	if again := settle(t, string(printed), config.CommandLine{}); cmp.Diff(s.VetFlags(), again.VetFlags()) != "" {
		t.Errorf("printed:\n%s", printed)
	}
}

// What a file says about a group counts more than what it extends.
func TestExtendsGroups(t *testing.T) {
	for _, test := range []struct{ own, base, want string }{
		{"metrics: true", "metrics: false", ""},
		{"metrics: false", "metrics: true", "-labels=false"},
		{"analyzers: {enable: labels}", "metrics: false", "-cancelleak=false"},
		{"analyzers: {disable: labels}", "analyzers: {enable: [cancelleak, labels]}", "-labels=false"},
		{"analyzers: {enable: cancelleak}", "analyzers: {disable: cancelleak}", "-labels=false"},
		{"confidence: high", "metrics: false", "-labels=false"},
	} {
		root := tree(t, map[string]string{"own.yml": "version: 1\nextends: base.yml\n" + test.own, "base.yml": "version: 1\n" + test.base})
		c, err := config.Read(filepath.Join(root, "own.yml"), root, groupSuite(), nil)
		if err != nil {
			t.Fatal(err)
		}
		s, err := config.Settle(c, config.CommandLine{}, groupSuite(), root)
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(s.VetFlags(), " "); got != test.want {
			t.Errorf("%s over %s: flags %s, want %s", test.own, test.base, got, test.want)
		}
	}
}

// A file that only extends another one says all that the other says, whatever keys there
// are.
func TestExtendsEverything(t *testing.T) {
	const all = `version: 1
extends: nothing.yml
analyzers: {enable: cancelleak, disable: labels}
metrics: true
options: {labels: {limit: 7}}
preset: recommended
confidence: medium
fail-on: error
baseline: known
ratchet: true
new-from: main
evidence: dump.txt
exclude: [{path: gen, checks: cancelleak, reason: generated}]
rules: [{path: "**", severity: {cancelleak: note}}]
`
	root := tree(t, map[string]string{"own.yml": "version: 1\nextends: all.yml\n", "all.yml": all, "nothing.yml": "version: 1\n"})
	read := func(name string) *config.Config {
		c, err := config.Read(filepath.Join(root, name), root, groupSuite(), nil)
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	base := read("all.yml")
	fields := reflect.ValueOf(*base)
	for i := range fields.NumField() {
		if fields.Field(i).IsZero() {
			t.Errorf("the file does not say anything about %s", fields.Type().Field(i).Name)
		}
	}
	notPlaces := cmp.FilterPath(func(p cmp.Path) bool { return p.Last().String() == ".File" || p.Last().String() == ".Extends" }, cmp.Ignore())
	if diff := cmp.Diff(base, read("own.yml"), notPlaces); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestExtendsErrors(t *testing.T) {
	files := map[string]string{
		"m/itself.yml":                  "version: 1\nextends: ./itself.yml\n",
		"m/a.yml":                       "version: 1\nextends:\n  - b.yml\n",
		"m/b.yml":                       "version: 1\nextends: [../m/a.yml]\n",
		"m/missing.yml":                 "version: 1\nextends: none.yml\n",
		"m/outside.yml":                 "version: 1\nextends: ../../other.yml\n",
		"m/absolute.yml":                "version: 1\nextends: /etc/passwd\n",
		"m/directory.yml":               "version: 1\nextends: ../m\n",
		"m/broken.yml":                  "version: 1\nextends: bad.yml\n",
		"m/bad.yml":                     "version: 1\nanalyser: {}\n",
		"m/module.yml":                  "version: 1\nextends: github.com/other/cfg/ctxlint.yml\n",
		"m/escape.yml":                  "version: 1\nextends: github.com/org/cfg/escape.yml\n",
		"m/empty.yml":                   "version: 1\nextends: ''\n",
		"cache/cfg@v1.0.0/escape.yml":   "version: 1\nextends: ../../m/bad.yml\n",
		"cache/cfg@v1.0.0/included.yml": "version: 1\n",
	}
	for i := range 12 {
		files[fmt.Sprintf("m/long%d.yml", i)] = fmt.Sprintf("version: 1\nextends: long%d.yml\n", i+1)
	}
	files["m/long12.yml"] = "version: 1\n"
	files["m/many.yml"] = "version: 1\nextends: [" + strings.Repeat("leaf.yml, ", 51) + "]\n"
	files["m/leaf.yml"] = "version: 1\n"
	root := tree(t, files)
	for name, want := range map[string]string{
		"itself":    "m/itself.yml:2:10: extends ./itself.yml: that file extends this one",
		"a":         "m/b.yml:2:11: extends ../m/a.yml: that file extends this one",
		"missing":   "m/missing.yml:2:10: extends none.yml: there is no such file",
		"outside":   "m/outside.yml:2:10: extends ../../other.yml: the file is not in ROOT",
		"absolute":  "m/absolute.yml:2:10: extends /etc/passwd: an absolute path is the same on no other machine: give a path relative to this file, or a file of a module",
		"directory": "m/directory.yml:2:10: extends ../m: is a directory",
		"broken":    `m/bad.yml:2:1: unknown key "analyser" in the configuration`,
		"module":    "m/module.yml:2:10: extends github.com/other/cfg/ctxlint.yml: no such module",
		"escape":    "cache/cfg@v1.0.0/escape.yml:2:10: extends ../../m/bad.yml: the file is not in ROOT/cache/cfg@v1.0.0",
		"long0":     "m/long10.yml:2:10: extends long11.yml: the chain of files is longer than 10",
		"many":      "m/many.yml:2:511: extends leaf.yml: more than 50 files are extended",
		"empty":     "m/empty.yml:2:10: extends is empty",
	} {
		_, err := config.Read(filepath.Join(root, "m", name+".yml"), root, testSuite(), inModule(root))
		got := ""
		if err != nil {
			got = filepath.ToSlash(strings.TrimPrefix(strings.ReplaceAll(err.Error(), root, "ROOT"), "ROOT"+string(filepath.Separator)))
		}
		if !strings.HasPrefix(got, want) {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
		if _, ok := err.(interface{ Unwrap() []error }); !ok {
			t.Errorf("%s: the error %v is no list", name, err)
		}
	}
}
