package vettool

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"

	"github.com/ctxlint/ctxlint/internal/driver/vettool/unit"
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
		got := [...]any{opts.ours(), strings.Join(names, " "), opts.Records.String(), level, opts.cfgFile}
		if got != [...]any{want.ours, want.enabled, want.records, want.level, "u.cfg"} {
			t.Errorf("%s: got %v, want %v", args, got, want)
		}
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
	cfg := config{new(unit.Config)}
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
