package main

import (
	"context"
	"fmt"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
)

// A tool is one way of analysing packages.
type tool struct {
	Name    string
	Version string // "" for those that come with Go or with this module

	// Module path of the program and the package in it; "" for "go".
	module, pkg string

	// args returns the command line that analyses the patterns, starting with
	// the program. exe is the built program and dir is for files of its own.
	args func(exe, dir string, patterns []string) []string

	// cache is the environment variable that names the directory in which the
	// tool keeps results; "" means Go's build cache.
	cache string

	exe, dir string
}

const self = "github.com/ctxlint/ctxlint"

var allTools = []tool{
	{
		Name: "ctxlint", module: self, pkg: self + "/cmd/ctxlint",
		args: func(exe, _ string, patterns []string) []string {
			return append([]string{exe}, patterns...)
		},
	},
	{
		Name: "go vet -vettool=ctxlint", module: self, pkg: self + "/cmd/ctxlint",
		args: func(exe, _ string, patterns []string) []string {
			return append([]string{"go", "vet", "-vettool=" + exe}, patterns...)
		},
	},
	{
		Name: "go vet",
		args: func(_, _ string, patterns []string) []string {
			return append([]string{"go", "vet"}, patterns...)
		},
	},
	{
		Name: "staticcheck", Version: "v0.8.2",
		module: "honnef.co/go/tools", pkg: "honnef.co/go/tools/cmd/staticcheck",
		args: func(exe, _ string, patterns []string) []string {
			return append([]string{exe}, patterns...)
		},
		cache: "STATICCHECK_CACHE",
	},
	{
		Name: "golangci-lint", Version: golangciVersion,
		module: golangciModule, pkg: golangciModule + "/cmd/golangci-lint",
		args: func(exe, dir string, patterns []string) []string {
			return append([]string{exe, "run", "--config", filepath.Join(dir, "golangci.yml"),
				"--issues-exit-code", "0", "--timeout", "0"}, patterns...)
		},
		cache: "GOLANGCI_LINT_CACHE",
	},
}

const (
	golangciModule  = "github.com/golangci/golangci-lint/v2"
	golangciVersion = "v2.15.0"

	// golangciConfig enables the linters that look for the same things as
	// ctxlint.
	golangciConfig = `version: "2"
linters:
  default: none
  enable: [contextcheck, fatcontext, gosec, govet, noctx]
issues:
  max-issues-per-linter: 0
  max-same-issues: 0
`
)

// isVet reports whether cmd/go runs the tool, once for each package.
func (t *tool) isVet() bool { return t.args("", "", nil)[0] == "go" }

// prepareTools builds the named tools. This module's own program is built into
// the directory scratch, the others into the user's cache directory.
func prepareTools(ctx context.Context, names []string, scratch string) ([]*tool, error) {
	var tools []*tool
	for _, name := range names {
		t, err := findTool(name)
		if err != nil {
			return nil, err
		}
		t.dir = scratch
		switch t.module {
		case "":
		case self:
			t.exe = filepath.Join(scratch, "ctxlint"+exeSuffix())
			err = run(exec.CommandContext(ctx, "go", "build", "-o", t.exe, t.pkg))
		default:
			t.exe, err = install(ctx, t)
		}
		if err != nil {
			return nil, fmt.Errorf("build %s: %w", t.Name, err)
		}
		tools = append(tools, t)
	}
	return tools, os.WriteFile(filepath.Join(scratch, "golangci.yml"), []byte(golangciConfig), 0o666)
}

func findTool(name string) (*tool, error) {
	for _, t := range allTools {
		if t.Name == name {
			return &t, nil
		}
	}
	return nil, fmt.Errorf("unknown tool %q; the tools are %q", name, toolNames())
}

// install builds a tool at its version, unless that has been done before.
func install(ctx context.Context, t *tool) (string, error) {
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", err
	}
	bin := filepath.Join(cache, "ctxlint-bench", t.Name+"@"+t.Version+"-"+runtime.Version())
	exe := filepath.Join(bin, t.Name+exeSuffix())
	if _, err := os.Stat(exe); err == nil {
		return exe, nil
	}
	log.Printf("building %s %s", t.Name, t.Version)
	cmd := exec.CommandContext(ctx, "go", "install", t.pkg+"@"+t.Version)
	cmd.Env = append(os.Environ(), "GOBIN="+bin, "GOFLAGS=")
	return exe, run(cmd)
}

func exeSuffix() string {
	if runtime.GOOS == "windows" {
		return ".exe"
	}
	return ""
}

// run runs cmd. If it fails, its output becomes part of the error.
func run(cmd *exec.Cmd) error {
	out, err := cmd.CombinedOutput()
	if err != nil {
		return failure(cmd, err, string(out))
	}
	return nil
}

// failure adds the start of the command and the end of its output to err.
func failure(cmd *exec.Cmd, err error, out string) error {
	args := cmd.Args
	if len(args) > 8 {
		args = append(args[:8:8], "...")
	}
	lines := strings.SplitAfter(out, "\n")
	lines = lines[max(0, len(lines)-20):]
	return fmt.Errorf("%s: %w\n%s", strings.Join(args, " "), err, strings.Join(lines, ""))
}
