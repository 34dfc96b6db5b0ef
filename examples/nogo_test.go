package examples_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ctxlint/ctxlint/internal/tool/drivertest"
	"github.com/ctxlint/ctxlint/internal/tool/testenv"
)

// TestNogo builds the nogo of rules_go with the analyzers and the configuration
// of the sample, and runs it over two services as Bazel does: once for each
// package, after those that it imports, with their export data and facts. Bazel
// itself would add only the scheduling.
func TestNogo(t *testing.T) {
	testenv.EndToEnd(t, "nogo")
	if runtime.GOOS == "windows" {
		t.Skip("the list of source files of nogo is that for other systems")
	}
	orders, err := filepath.Abs("orders")
	if err != nil {
		t.Fatal(err)
	}
	exe := buildNogo(t)
	ctxlint, err := drivertest.Build(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Run("orders", func(t *testing.T) { testNogo(t, exe, ctxlint, orders, "the cancel function of budget.Share") })
	t.Run("service", func(t *testing.T) {
		testNogo(t, exe, ctxlint, bazelService(t), "the cancel function of (*store.Store).Begin")
	})
}

// testNogo compares what nogo and ctxlint find in a module. One finding has the
// text fact, because it rests on a fact about another package.
func testNogo(t *testing.T, exe, ctxlint, dir, fact string) {
	n := &nogo{exe: exe, dir: t.TempDir(), facts: make(map[string]string)}
	var got []string
	for _, p := range listWithExports(t, dir) {
		if !p.Standard {
			got = append(got, n.analyse(t, p)...)
		}
		if p.Export != "" {
			n.importcfg = append(n.importcfg, "packagefile "+p.ImportPath+"="+p.Export)
		}
	}
	want := lintLikeNogo(t, ctxlint, dir)
	slices.Sort(got)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-ctxlint +nogo:\n%s", diff)
	}
	if !strings.Contains(strings.Join(want, "\n"), fact) {
		t.Error("no finding rests on a fact about another package")
	}
}

// lintLikeNogo returns what ctxlint finds with the options of the sample, in
// nogo's format and sorted.
func lintLikeNogo(t *testing.T, ctxlint, dir string) []string {
	t.Helper()
	var lines []string
	for _, f := range drivertest.LintEach(t, ctxlint, dir, "-test=false", "-cancelleak.disable=loop,field", "./...") {
		lines = append(lines, fmt.Sprintf("%s:%d:%d: %s (%s)", f.File, f.Line, f.Col, f.Message, f.Analyzer))
	}
	slices.Sort(lines)
	return lines
}

// nogoFindings returns the findings among the lines that nogo prints.
func nogoFindings(stderr string) []string {
	var found []string
	for line := range strings.Lines(stderr) {
		if m := regexp.MustCompile(`^(\S+\.go:\d+:\d+: .*)\n?$`).FindStringSubmatch(line); m != nil {
			found = append(found, m[1])
		}
	}
	return found
}

// nogo is the program, and its output about packages so far.
type nogo struct {
	exe, dir  string
	importcfg []string          // lines about all packages
	facts     map[string]string // files by import path
}

// A nogoPackage is what go list says about a package.
type nogoPackage struct {
	ImportPath, Dir, Export string
	Standard                bool
	GoFiles, Imports        []string
	ImportMap               map[string]string
	Module                  *struct{ Main bool }
}

func run(t *testing.T, dir, name string, args ...string) string {
	t.Helper()
	out := drivertest.Run(t, dir, name, args...)
	if out.Code != 0 {
		t.Fatalf("%s %s: exit code %d\n%s", name, strings.Join(args, " "), out.Code, out.Stderr)
	}
	return out.Stdout
}

// buildNogo does what the rule "nogo" of rules_go does, and returns the program.
func buildNogo(t *testing.T) string {
	t.Helper()
	version := match(t, filepath.Join("integrations", "nogo", "MODULE.bazel"), `name = "rules_go", version = "([^"]+)"`)[0]
	builders := filepath.Join(drivertest.Download(t, "github.com/bazelbuild/rules_go@v"+version), "go", "tools", "builders")
	build := filepath.Join(builders, "BUILD.bazel")

	// There are two programs: one generates part of the source of the other,
	// which uses an internal package of golang.org/x/tools.
	dir := t.TempDir()
	root := testenv.Root(t)
	files := map[string]string{"go.mod": "module golang.org/x/tools/nogo\n\ngo 1.26.0\n\n" +
		"require (\n\tgithub.com/ctxlint/ctxlint v0.0.0\n\tgithub.com/bazelbuild/rules_go v" + version + "\n)\n\n" +
		"replace github.com/ctxlint/ctxlint => " + root + "\n"}
	for program, group := range map[string]string{"builder": "builder_srcs", "nogo": "nogo_srcs"} {
		list := match(t, build, `(?s)name = "`+group+`",\s+srcs = \[(.*?)\]`)[0]
		if program == "builder" {
			list += `"path.go"`
		}
		for _, m := range regexp.MustCompile(`"([^"]+\.go)"`).FindAllStringSubmatch(list, -1) {
			text, err := os.ReadFile(filepath.Join(builders, m[1]))
			if err != nil {
				t.Fatal(err)
			}
			files[program+"/"+m[1]] = string(text)
		}
	}
	for name, text := range files {
		name = filepath.Join(dir, filepath.FromSlash(name))
		if err := errors.Join(os.MkdirAll(filepath.Dir(name), 0o777), os.WriteFile(name, []byte(text), 0o666)); err != nil {
			t.Fatal(err)
		}
	}
	builder := filepath.Join(dir, "builder.exe")
	run(t, dir, "go", "build", "-mod=mod", "-ldflags=-X main.rulesGoStdlibPrefix=@io_bazel_rules_go//stdlib:", "-o", builder, "./builder")
	args := []string{"gennogomain", "-output", filepath.Join(dir, "nogo", "main.go"),
		"-config", filepath.Join(root, "examples", "integrations", "nogo", "nogo.json")}
	for _, name := range match(t, filepath.Join("integrations", "nogo", "BUILD.bazel"), `"@com_github_ctxlint_ctxlint//([^"]+)"`) {
		args = append(args, "-analyzer_importpath", "github.com/ctxlint/ctxlint/"+name)
	}
	run(t, dir, builder, args...)
	exe := filepath.Join(dir, "nogo.exe")
	run(t, dir, "go", "build", "-mod=mod", "-o", exe, "./nogo")
	return exe
}

// match returns all matches, in a file, of the group in a pattern.
func match(t *testing.T, file, pattern string) []string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, m := range regexp.MustCompile(pattern).FindAllStringSubmatch(string(text), -1) {
		all = append(all, m[1])
	}
	if all == nil {
		t.Fatalf("%s does not match %s", file, pattern)
	}
	return all
}

// listWithExports returns the packages of the module in dir and everything that
// they import, compiled, each after its imports.
func listWithExports(t *testing.T, dir string) []nogoPackage {
	t.Helper()
	out := run(t, dir, "go", "list", "-deps", "-export", "-json=ImportPath,Dir,Export,Standard,GoFiles,Imports,ImportMap,Module", "./...")
	var all []nogoPackage
	for dec := json.NewDecoder(strings.NewReader(out)); ; {
		var p nogoPackage
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			return all
		} else if err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
}

// analyse runs nogo over a package and returns its findings.
func (n *nogo) analyse(t *testing.T, p nogoPackage) []string {
	t.Helper()
	file := filepath.Join(n.dir, strings.ReplaceAll(p.ImportPath, "/", "-"))
	n.facts[p.ImportPath] = file + ".facts"
	args := []string{"-p", p.ImportPath, "-importcfg", file + ".importcfg", "-x", n.facts[p.ImportPath], "-go_version", "1.26"}
	if p.Module == nil || !p.Module.Main {
		args = append(args, "-facts_only")
	}
	for _, i := range p.Imports {
		if facts := n.facts[i]; facts != "" {
			args = append(args, "-fact", i+"="+facts)
		}
	}
	for _, f := range p.GoFiles {
		args = append(args, filepath.Join(p.Dir, f))
	}
	if err := os.WriteFile(file+".importcfg", []byte(strings.Join(n.importcfg, "\n")+"\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	out := drivertest.Run(t, n.dir, n.exe, args...)
	found := nogoFindings(out.Stderr)
	if (out.Code != 0) != (len(found) > 0) {
		t.Errorf("%s: nogo: exit code %d\n%s", p.ImportPath, out.Code, out.Stderr)
	}
	return found
}
