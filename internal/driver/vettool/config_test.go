package vettool

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
)

func TestIsProtocol(t *testing.T) {
	for args, want := range map[string]bool{
		"":                       false,
		"-V=full":                true,
		"-flags":                 true,
		"-json vet.cfg":          true,
		"-x.y=z /tmp/b1/vet.cfg": true,
		"./...":                  false,
		"-json ./...":            false,
		"-V=short":               false,
		"help":                   false,
		"vet.cfg ./...":          false,
	} {
		if got := IsProtocol(strings.Fields(args)); got != want {
			t.Errorf("IsProtocol(%q) = %t, want %t", args, got, want)
		}
	}
}

func TestOptions(t *testing.T) {
	type want struct {
		ours    bool
		enabled string
		records string
		level   string
	}
	for args, want := range map[string]want{
		"-json u.cfg":                               {true, "a b c", "", ""},
		"u.cfg":                                     {false, "a b c", "", ""},
		"-json=false u.cfg":                         {false, "a b c", "", ""},
		"-json -fix u.cfg":                          {false, "a b c", "", ""},
		"-json -fix -diff u.cfg":                    {false, "a b c", "", ""},
		"-json -b u.cfg":                            {true, "b", "", ""},
		"-json -b=true -cc=false u.cfg":             {true, "b", "", ""},
		"-json -a=false u.cfg":                      {true, "b c", "", ""},
		"-json -a=false -b=0 -x=false u.cfg":        {},
		"-json -a -a=false u.cfg":                   {true, "b c", "", ""},
		"-json -c=3 u.cfg":                          {true, "a b c", "", ""},
		"-json -a.level=high --b u.cfg":             {true, "b", "", "high"},
		"-json -a.level -json u.cfg":                {true, "a b c", "", "-json"},
		"-json -v -all -source -tags=x u.cfg":       {true, "a b c", "", ""},
		"-ctxlint.records=main u.cfg":               {true, "a b c", "main", ""},
		"-ctxlint.records=main,std,x.org/y u.cfg":   {true, "a b c", "main,std,x.org/y", ""},
		"-ctxlint.records= u.cfg":                   {false, "a b c", "", ""},
		"-ctxlint.records=main, u.cfg":              {},
		"-ctxlint.records=main -fix u.cfg":          {false, "a b c", "main", ""},
		"-json -unknown u.cfg":                      {},
		"-json u.cfg u.cfg":                         {},
		"-json":                                     {},
		"-json -a=maybe u.cfg":                      {},
		"-json -ctxlint.records=main -a -c=1 u.cfg": {true, "a", "main", ""},
	} {
		var analyzers []*analysis.Analyzer
		for _, name := range []string{"a", "b", "c"} {
			analyzers = append(analyzers, &analysis.Analyzer{Name: name})
		}
		analyzers[2].Name = "cc" // c is go vet's flag
		var level string
		analyzers[0].Flags.StringVar(&level, "level", "", "")
		opts, err := parseOptions(strings.Fields(args), analyzers)
		if err != nil {
			if want.enabled != "" {
				t.Errorf("%s: %v", args, err)
			}
			continue
		}
		var names []string
		for _, a := range opts.enabled {
			names = append(names, a.Name[:1])
		}
		got := [...]any{opts.ours(), strings.Join(names, " "), opts.records.String(), level, opts.cfgFile}
		if got != [...]any{want.ours, want.enabled, want.records, want.level, "u.cfg"} {
			t.Errorf("%s: got %v, want %v", args, got, want)
		}
	}
}

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
		change   func(*config)
		subjects string // of an import's facts
		want     bool
	}{
		"a dependency": {func(*config) {}, "", true},
		"one that imports context": {func(cfg *config) {
			cfg.ImportMap["context"] = "context"
		}, "", false},
		"one whose import has facts about a type": {func(cfg *config) {}, "*", false},
		"one that calls a function about which an import has facts": {func(cfg *config) {
			cfg.GoFiles = []string{plain, calls}
		}, "Nothing Do", false},
		"one that does not": {func(cfg *config) {
			cfg.GoFiles = []string{plain, calls}
		}, "Nothing Close", true},
		"one with a call that does not return": {func(cfg *config) {
			cfg.GoFiles = []string{plain, exits}
		}, "", false},
		"a main module's package": {func(cfg *config) {
			cfg.ModuleVersion = ""
		}, "", false},
		"a package outside all modules": {func(cfg *config) {
			cfg.ModulePath, cfg.ModuleVersion = "", ""
		}, "", false},
		"a main module's package, for cmd/go 1.27": {func(cfg *config) {
			cfg.ModulePath, cfg.ModuleVersion = "", ""
			cfg.Module = &analysis.Module{Path: "x.org/m", Main: true}
		}, "", false},
		"a dependency, for cmd/go 1.27": {func(cfg *config) {
			cfg.ModulePath, cfg.ModuleVersion = "", ""
			cfg.Module = &analysis.Module{Path: "x.org/m", Version: "v1.0.0"}
		}, "", true},
		"the standard library": {func(cfg *config) {
			cfg.ModulePath, cfg.ModuleVersion = "", ""
			cfg.Dir = filepath.Join(goroot, "src", "net", "http")
			cfg.ImportMap["context"] = "context"
			cfg.GoFiles = []string{exits}
		}, "", true},
		"a module next to the standard library": {func(cfg *config) {
			cfg.ModulePath, cfg.ModuleVersion = "", ""
			cfg.Dir = filepath.Join(goroot, "srcs", "p")
		}, "", false},
	} {
		cfg := new(config)
		cfg.Dir = filepath.Join(dir, "m")
		cfg.ModulePath, cfg.ModuleVersion = "x.org/m", "v1.2.3"
		cfg.GoFiles = []string{plain}
		cfg.ImportMap = map[string]string{"fmt": "fmt"}
		test.change(cfg)
		low := section{path: "x.org/low", travel: part{test.subjects, []byte("facts")}}
		got, err := cfg.factless(&imports{sections: map[string]section{low.path: low}})
		if err != nil {
			t.Fatal(err)
		}
		if got != test.want {
			t.Errorf("%s: factless = %t", what, got)
		}
	}

	cfg := new(config)
	cfg.ModulePath, cfg.ModuleVersion = "x.org/m", "v1.2.3"
	cfg.GoFiles = []string{filepath.Join(dir, "absent.go")}
	if _, err := cfg.factless(new(imports)); err == nil {
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
		cfg := new(config)
		cfg.ImportMap = map[string]string{"fmt": "fmt", "p": "x.org/p", "unsafe": "unsafe"}
		cfg.PackageFile = test.files
		if got := cfg.needTypes(test.goVersion); got != test.want {
			t.Errorf("needTypes(%q) with export data of %v = %t", test.goVersion, slices.Collect(maps.Keys(test.files)), got)
		}
	}
	leaf := new(config)
	leaf.ImportMap = map[string]string{"unsafe": "unsafe"}
	if !leaf.needTypes("go1.28.0") || leaf.needTypes("go1.27.0") {
		t.Error("a package without imports carries its types from go1.28 on")
	}
}

func TestReadConfig(t *testing.T) {
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
		if _, err := readConfig(name); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: error %v, want %q", content, err, want)
		}
	}
	if _, err := readConfig(filepath.Join(dir, "absent.cfg")); err == nil {
		t.Error("no error for a missing file")
	}
}

func TestNames(t *testing.T) {
	root := t.TempDir()
	dir := filepath.Join(root, "m", "p")
	if err := os.MkdirAll(dir, 0o777); err != nil {
		t.Fatal(err)
	}
	full := filepath.Join(root, "share", "y.y")
	source := filepath.Join(dir, "p.go")
	if err := os.WriteFile(source, []byte("package p\n//line "+full+":1\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	cgo := filepath.Join(root, "work", "b001", "p.cgo1.go")
	cfg := new(config)
	cfg.Dir = dir
	cfg.GoFiles = []string{source, cgo}
	n := newNames(cfg)
	for _, test := range []struct{ name, parsed, want string }{
		{source, source, "p.go"},
		{filepath.Join(dir, "gen.y"), source, "gen.y"},
		{filepath.Join(dir, "sub", "gen.y"), source, "./sub/gen.y"},
		{filepath.Join(root, "m", "gen.y"), source, "../gen.y"},
		{filepath.Join(root, "gen.y"), source, "../../gen.y"},
		{full, source, full},
		{source, cgo, "p.go"},
		{filepath.Join(root, "work", "b001", "x.org", "m", "p", "p.go"), cgo, "p.go"},
		{filepath.Join(root, "work", "b001", "_cgo_gotypes.go"), cgo, filepath.Join(root, "work", "b001", "_cgo_gotypes.go")},
	} {
		if got := n.own(test.name, test.parsed); got != test.want {
			t.Errorf("own(%q, %q) = %q, want %q", test.name, test.parsed, got, test.want)
		}
	}
	if !n.isOwn(source) || !n.isOwn(cgo) || n.isOwn(filepath.Join(dir, "q.go")) {
		t.Error("isOwn")
	}
}

func TestResolveURL(t *testing.T) {
	const base = "https://x.org/docs/a.md"
	for _, test := range []struct{ analyzer, url, category, want string }{
		{"", "", "", ""},
		{base, "", "", base},
		{base, "", "path", base + "#path"},
		{base, "#other", "path", base + "#other"},
		{base, "b.md", "", "https://x.org/docs/b.md"},
		{base, "https://y.org/", "path", "https://y.org/"},
		{"", "", "path", "#path"},
	} {
		got, err := resolveURL(&analysis.Analyzer{URL: test.analyzer}, analysis.Diagnostic{URL: test.url, Category: test.category})
		if err != nil || got != test.want {
			t.Errorf("%+v: got %q, %v", test, got, err)
		}
	}
	for _, urls := range [][2]string{{":", ""}, {base, ":"}} {
		if _, err := resolveURL(&analysis.Analyzer{Name: "a", URL: urls[0]}, analysis.Diagnostic{URL: urls[1]}); err == nil {
			t.Errorf("no error for %q", urls)
		}
	}
}
