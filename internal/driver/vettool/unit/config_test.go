package unit

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestFactless(t *testing.T) {
	dir := t.TempDir()
	goroot := filepath.Join(dir, "go")
	t.Setenv("GOROOT", goroot)
	file := func(name, content string) string {
		name = filepath.Join(dir, name)
		if err := os.WriteFile(name, []byte(content), 0o666); err != nil {
			t.Fatal(err)
		}
		return name
	}
	plain, exits := file("plain.go", "package p\n"), file("exits.go", "package p\nfunc f() { os.Exit(1) }\n")
	calls := file("calls.go", "package p\nfunc g() { low.Do() }\n")
	for what, test := range map[string]struct {
		change   func(*Config)
		subjects string // of an import's facts
		want     bool
	}{
		"a dependency": {func(*Config) {}, "", true},
		"one that imports context": {func(cfg *Config) {
			cfg.ImportMap["context"] = "context"
		}, "", false},
		"one whose import has facts about a type": {func(cfg *Config) {}, "*", false},
		"one that calls a function about which an import has facts": {func(cfg *Config) {
			cfg.GoFiles = []string{plain, calls}
		}, "Nothing Do", false},
		"one that does not": {func(cfg *Config) {
			cfg.GoFiles = []string{plain, calls}
		}, "Nothing Close", true},
		"one with a call that does not return": {func(cfg *Config) {
			cfg.GoFiles = []string{plain, exits}
		}, "", false},
		"a main module's package": {func(cfg *Config) {
			cfg.ModuleVersion = ""
		}, "", false},
		"a package outside all modules": {func(cfg *Config) {
			cfg.ModulePath, cfg.ModuleVersion = "", ""
		}, "", false},
		"a main module's package, for cmd/go 1.27": {func(cfg *Config) {
			cfg.ModulePath, cfg.ModuleVersion = "", ""
			cfg.Module = &Module{Path: "x.org/m", Main: true}
		}, "", false},
		"a dependency, for cmd/go 1.27": {func(cfg *Config) {
			cfg.ModulePath, cfg.ModuleVersion = "", ""
			cfg.Module = &Module{Path: "x.org/m", Version: "v1.0.0"}
		}, "", true},
		"the standard library": {func(cfg *Config) {
			cfg.ModulePath, cfg.ModuleVersion = "", ""
			cfg.Dir = filepath.Join(goroot, "src", "net", "http")
			cfg.ImportMap["context"] = "context"
			cfg.GoFiles = []string{exits}
		}, "", true},
		"a module next to the standard library": {func(cfg *Config) {
			cfg.ModulePath, cfg.ModuleVersion = "", ""
			cfg.Dir = filepath.Join(goroot, "srcs", "p")
		}, "", false},
	} {
		cfg := new(Config)
		cfg.Dir = filepath.Join(dir, "m")
		cfg.ModulePath, cfg.ModuleVersion = "x.org/m", "v1.2.3"
		cfg.GoFiles = []string{plain}
		cfg.ImportMap = map[string]string{"fmt": "fmt"}
		test.change(cfg)
		low := Section{Path: "x.org/low", Travel: Part{test.subjects, []byte("facts")}}
		got, err := cfg.Factless(&Imports{Sections: map[string]Section{low.Path: low}})
		if err != nil {
			t.Fatal(err)
		}
		if got != test.want {
			t.Errorf("%s: factless = %t", what, got)
		}
	}

	cfg := new(Config)
	cfg.ModulePath, cfg.ModuleVersion = "x.org/m", "v1.2.3"
	cfg.GoFiles = []string{filepath.Join(dir, "absent.go")}
	if _, err := cfg.Factless(new(Imports)); err == nil {
		t.Error("no error for a missing source file")
	}
}

func TestNeedTypes(t *testing.T) {
	full := map[string]string{"fmt": "fmt.a", "x.org/p": "p.a"}
	for _, test := range []struct {
		goVersion string
		files     map[string]string
		want      bool
	}{
		{"go1.24", full, false},
		{"go1.26.8", full, false},
		{"go1.27.3", nil, false},
		{"go1.27rc2", nil, false},
		{"go1.27.3 X:nodwarf5", nil, false},
		{"devel go1.27-abcdef Mon Jan 1", nil, false},
		{"go1.28.0", full, false},
		{"go1.28.0", nil, true},
		{"go1.28.0", map[string]string{"fmt": "fmt.a"}, true},
		{"devel go1.29-abcdef Mon Jan 1", nil, true},
		{"devel go1.29-abcdef Mon Jan 1", full, false},
		{"", nil, true},
		{"custom", full, false},
	} {
		cfg := new(Config)
		cfg.ImportMap = map[string]string{"fmt": "fmt", "p": "x.org/p", "unsafe": "unsafe"}
		cfg.PackageFile = test.files
		if got := cfg.needTypes(test.goVersion); got != test.want {
			t.Errorf("needTypes(%q) with export data of %v = %t", test.goVersion, slices.Collect(maps.Keys(test.files)), got)
		}
	}
	leaf := new(Config)
	leaf.ImportMap = map[string]string{"unsafe": "unsafe"}
	if !leaf.needTypes("go1.28.0") || leaf.needTypes("go1.27.0") {
		t.Error("a package without imports carries its types from go1.28 on")
	}
}

func TestRead(t *testing.T) {
	dir := t.TempDir()
	for content, want := range map[string]string{
		"":                    "not a description of a unit",
		"{":                   "not a description of a unit",
		`{"ImportPath": "p"}`: "package p has no Go files",
	} {
		name := filepath.Join(dir, "vet.cfg")
		if err := os.WriteFile(name, []byte(content), 0o666); err != nil {
			t.Fatal(err)
		}
		if _, err := Read(name); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: error %v, want %q", content, err, want)
		}
	}
	if _, err := Read(filepath.Join(dir, "absent.cfg")); err == nil {
		t.Error("no error for a missing file")
	}
}

func TestUsedBy(t *testing.T) {
	for _, test := range []struct {
		subjects, src string
		want          bool
	}{
		{"", "low.F()", false},
		{"F G", "low.F()", true},
		{"F G", "low.G()", true},
		{"F G", "low.H(); F()", false},
		{"F G", "import . \"low\"", true},
		{"*", "package p", true},
	} {
		if got := (Part{Subjects: test.subjects}).usedBy([][]byte{nil, []byte(test.src)}); got != test.want {
			t.Errorf("subjects %q are used by %q: %t", test.subjects, test.src, got)
		}
	}
}
