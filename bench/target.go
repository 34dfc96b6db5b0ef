package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
)

// A target is a private copy of packages to analyse.
type target struct {
	Name     string
	dir      string   // where tools run
	patterns []string // what they analyse
	goExe    string   // the go command; for std, that of the copied distribution
	scratch  string   // for caches
	base     string   // build cache in which everything is compiled, edits included, and nothing is analysed

	Packages   int
	Edited     string // import path of the package that is edited
	Dependents int    // how many of the packages depend on it
	edits      map[situation]edit
}

// A listedPackage is what go list -json prints about a package.
type listedPackage struct {
	ImportPath string
	Dir        string
	GoFiles    []string
	Deps       []string
}

// prepareTarget copies the named target below dir and compiles it.
func prepareTarget(ctx context.Context, name, dir string) (*target, error) {
	log.Printf("preparing %s", name)
	t := &target{Name: name, scratch: dir, base: filepath.Join(dir, "base"), patterns: []string{"./..."}}
	goExe, err := exec.LookPath("go")
	if err != nil {
		return nil, err
	}
	t.goExe = goExe
	from := name
	switch name {
	case "std":
		// Copy the whole distribution, because the go command accepts edits
		// only in its own.
		from, err = output(ctx, "", goExe, "env", "GOROOT")
	case "golangci-lint":
		from, err = download(ctx, golangciModule+"@"+golangciVersion)
	}
	if err != nil {
		return nil, err
	}
	t.dir = filepath.Join(dir, "copy")
	if err := os.CopyFS(t.dir, os.DirFS(from)); err != nil {
		return nil, err
	}
	if name == "std" {
		t.goExe = filepath.Join(t.dir, "bin", "go"+exeSuffix())
		t.dir = filepath.Join(t.dir, "src")
	}
	return t, t.prepare(ctx)
}

// prepare chooses the edits and compiles the packages of t, without edits and
// after each edit.
func (t *target) prepare(ctx context.Context) error {
	pkgs, err := t.list(ctx)
	if err != nil {
		return err
	}
	if t.Name == "std" {
		pkgs, t.patterns = withoutUnsafe(pkgs)
	}
	t.Packages = len(pkgs)
	if err := t.chooseEdits(pkgs); err != nil {
		return err
	}
	if err := t.compile(ctx); err != nil {
		return err
	}
	for _, e := range t.edits {
		if err := e.apply(); err != nil {
			return err
		}
		if err := errors.Join(t.compile(ctx), e.revert()); err != nil {
			return err
		}
	}
	return nil
}

// compile puts what any of the tools wants to import into the build cache
// t.base: all packages, with their dependencies and those of their tests. So
// nothing is left to compile while a tool is timed, and no tool can look fast
// because it stopped at an error.
func (t *target) compile(ctx context.Context) error {
	return run(t.command(ctx, t.base, append([]string{"go", "list", "-export", "-deps", "-test"}, t.patterns...)))
}

// withoutUnsafe returns the packages of the standard library, and patterns for
// them, without package unsafe, on which golangci-lint panics.
func withoutUnsafe(pkgs []listedPackage) (kept []listedPackage, patterns []string) {
	for _, p := range pkgs {
		if p.ImportPath != "unsafe" {
			kept = append(kept, p)
			patterns = append(patterns, "./"+p.ImportPath)
		}
	}
	return kept, patterns
}

// list returns the packages that the patterns match.
func (t *target) list(ctx context.Context) ([]listedPackage, error) {
	cmd := t.command(ctx, t.base, append([]string{"go", "list", "-json=ImportPath,Dir,GoFiles,Deps"}, t.patterns...))
	cmd.Stdout = nil
	out, err := cmd.Output()
	if err != nil {
		return nil, describe(cmd, err)
	}
	var pkgs []listedPackage
	for dec := json.NewDecoder(bytes.NewReader(out)); ; {
		var p listedPackage
		switch err := dec.Decode(&p); {
		case errors.Is(err, io.EOF):
			return pkgs, nil
		case err != nil:
			return nil, err
		}
		pkgs = append(pkgs, p)
	}
}

// command returns a command that runs in t with the given build cache. The
// program "go" is that of t.
func (t *target) command(ctx context.Context, gocache string, args []string) *exec.Cmd {
	exe := args[0]
	if exe == "go" {
		exe = t.goExe
	}
	cmd := exec.CommandContext(ctx, exe, args[1:]...)
	cmd.Dir = t.dir
	path := filepath.Dir(t.goExe) + string(filepath.ListSeparator) + os.Getenv("PATH")
	cmd.Env = append(os.Environ(), "PATH="+path, "GOCACHE="+gocache, "GOROOT=", "GOFLAGS=", "GOWORK=off", "GOTOOLCHAIN=local")
	return cmd
}

// download fetches a module and returns its directory.
func download(ctx context.Context, module string) (string, error) {
	out, err := output(ctx, os.TempDir(), "go", "mod", "download", "-json", module)
	if err != nil {
		return "", err
	}
	var m struct{ Dir string }
	if err := json.Unmarshal([]byte(out), &m); err != nil {
		return "", err
	}
	return m.Dir, nil
}

// output returns what a command prints, without white space at the end.
func output(ctx context.Context, dir string, args ...string) (string, error) {
	cmd := exec.CommandContext(ctx, args[0], args[1:]...)
	cmd.Dir = dir
	out, err := cmd.Output()
	if err != nil {
		return "", describe(cmd, err)
	}
	return strings.TrimSpace(string(out)), nil
}

// describe adds the command, and what it wrote to standard error, to err, which
// its method Output returned.
func describe(cmd *exec.Cmd, err error) error {
	var stderr []byte
	if exit := (*exec.ExitError)(nil); errors.As(err, &exit) {
		stderr = exit.Stderr
	}
	return failure(cmd, err, string(stderr))
}

// machine says what the numbers were measured on.
type machine struct {
	Go, OS, CPU string
	Cores       int
	Memory      string
}

// thisMachine describes the machine, as far as the system tells.
func thisMachine(ctx context.Context) machine {
	m := machine{OS: runtime.GOOS + "/" + runtime.GOARCH, Cores: runtime.NumCPU()}
	m.Go, _ = output(ctx, "", "go", "env", "GOVERSION")
	cpuinfo, _ := os.ReadFile("/proc/cpuinfo")
	m.CPU = procField(string(cpuinfo), "model name")
	meminfo, _ := os.ReadFile("/proc/meminfo")
	var kb int64
	if _, err := fmt.Sscan(procField(string(meminfo), "MemTotal"), &kb); err == nil {
		m.Memory = fmt.Sprintf("%.0f GB", float64(kb)/(1<<20))
	}
	return m
}

// procField returns the value of the first line "name: value" of a file below
// /proc, or "".
func procField(text, name string) string {
	for line := range strings.Lines(text) {
		if key, value, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(key) == name {
			return strings.TrimSpace(value)
		}
	}
	return ""
}
