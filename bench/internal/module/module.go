// Package module runs ctxlint over modules that the measurements change.
package module

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"github.com/ctxlint/ctxlint/internal/tool/docgen"
)

// A Module is a module that may be changed: a copy, or one that can be thrown
// away.
type Module struct {
	Name   string
	Dir    string
	Commit string // of the repository it came from, "" if there is none
	Tool   string // ctxlint

	Packages []string // patterns of the packages to look at
}

// BuildTool builds ctxlint in a directory and returns its file.
func BuildTool(ctx context.Context, dir string) (string, error) {
	tool, err := filepath.Abs(filepath.Join(dir, "ctxlint"))
	if err != nil {
		return "", err
	}
	out, err := exec.CommandContext(ctx, "go", "build", "-o", tool, "github.com/ctxlint/ctxlint/cmd/ctxlint").CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("go build: %w\n%s", err, out)
	}
	return tool, nil
}

// Open returns a module to change: a copy below work or, if inPlace is set, the
// module itself, for which the go command need not compile everything again.
func Open(from, work, tool string, inPlace bool) (*Module, error) {
	dir, err := filepath.Abs(from)
	if err != nil {
		return nil, err
	}
	m := &Module{Name: filepath.Base(dir), Dir: dir, Commit: commit(dir), Tool: tool, Packages: []string{"./..."}}
	if inPlace {
		return m, nil
	}
	log.Printf("%s: copying", m.Name)
	if work, err = filepath.Abs(work); err != nil {
		return nil, err
	}
	m.Dir = filepath.Join(work, "copies", m.Name)
	return m, copyTree(dir, m.Dir)
}

// copyTree replaces a directory by a copy of another, without version control
// files.
func copyTree(from, to string) error {
	if err := os.RemoveAll(to); err != nil {
		return err
	}
	return filepath.WalkDir(from, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(from, name)
		if err != nil {
			return err
		}
		target := filepath.Join(to, rel)
		switch {
		case d.Name() == ".git":
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		case d.IsDir():
			return os.MkdirAll(target, 0o777)
		case d.Type()&fs.ModeSymlink != 0:
			link, err := os.Readlink(name)
			if err != nil {
				return err
			}
			return os.Symlink(link, target)
		case !d.Type().IsRegular():
			return nil
		}
		content, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		return os.WriteFile(target, content, 0o666)
	})
}

func commit(dir string) string {
	out, err := exec.Command("git", "-C", dir, "rev-parse", "--short=12", "HEAD").Output()
	if err != nil {
		return ""
	}
	return strings.TrimSpace(string(out))
}

// A Report is the part of ctxlint's JSON report that the measurements need.
type Report struct {
	Findings      []Finding
	Suppressed    []Finding
	UnusedIgnores []struct{ Stale bool }
	Packages      int
}

// A Finding is one finding of a report.
type Finding struct {
	Analyzer, Category, Func, Message string
	Start                             struct{ File string }
	Fixes                             []struct {
		Edits []struct{ File string }
	}
	Suppression struct{ Kind string } // of a suppressed one
}

// Lint runs ctxlint over the packages.
func (m *Module) Lint(ctx context.Context, flags ...string) (*Report, error) {
	stdout, stderr, err := m.Run(ctx, m.Tool, slices.Concat(flags, []string{"-json"}, m.Packages)...)
	if err != nil {
		return nil, err
	}
	r := new(Report)
	if err := json.Unmarshal([]byte(stdout), r); err != nil {
		return nil, fmt.Errorf("ctxlint: %w\n%s", err, stderr)
	}
	return r, nil
}

// Run runs a command in the module. It is not an error if the command fails.
func (m *Module) Run(ctx context.Context, name string, args ...string) (stdout, stderr string, err error) {
	var out, log bytes.Buffer
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Dir = m.Dir
	cmd.Env = append(os.Environ(), "PWD="+m.Dir)
	cmd.Stdout, cmd.Stderr = &out, &log
	err = cmd.Run()
	if ctx.Err() != nil {
		return "", "", ctx.Err()
	}
	if errors.As(err, new(*exec.ExitError)) {
		err = nil
	}
	return out.String(), log.String(), err
}

// WriteSection puts text into the named section of a file or, if there is no file,
// prints it.
func WriteSection(file, section, text string) error {
	if file == "" {
		fmt.Print(text)
		return nil
	}
	old, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	if text, err = docgen.Replace(string(old), section, text); err != nil {
		return err
	}
	return os.WriteFile(file, []byte(text), 0o666)
}
