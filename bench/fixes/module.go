package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// buildTool builds ctxlint.
func buildTool(ctx context.Context, work string) (string, error) {
	tool := filepath.Join(work, "ctxlint")
	out, err := exec.CommandContext(ctx, "go", "build", "-o", tool, "github.com/ctxlint/ctxlint/cmd/ctxlint").CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("go build: %w\n%s", err, out)
	}
	return tool, nil
}

// A module is the copy of one.
type module struct{ name, dir, tool string }

// A result says what became of the fixes in a module.
type result struct {
	module, commit    string
	packages          int
	offered           int
	kinds             map[string]int // offered, by check
	applied           int
	breaking, skipped int      // left out: would not compile, and for any other reason
	unformatted       int      // files that are not as gofmt would have them
	errors            []string // of the go command, which it did not give before
}

func (r *result) String() string {
	return fmt.Sprintf("%s: %d offered, %d applied, %d would not compile, %d otherwise left out, %d new errors",
		r.module, r.offered, r.applied, r.breaking, r.skipped, len(r.errors))
}

// measure copies a module and applies its fixes.
func (m *module) measure(ctx context.Context, from string) (*result, error) {
	log.Printf("%s: copying", m.name)
	if err := copyModule(from, m.dir); err != nil {
		return nil, err
	}
	r := &result{module: m.name, commit: commit(from)}
	if err := m.list(ctx, r); err != nil {
		return nil, err
	}
	if r.offered == 0 {
		return r, nil // nothing to compile
	}
	log.Printf("%s: type-checking", m.name)
	before, err := m.typeCheck(ctx)
	if err != nil {
		return nil, err
	}
	if err := m.apply(ctx, r); err != nil {
		return nil, err
	}
	after, err := m.typeCheck(ctx)
	if err != nil {
		return nil, err
	}
	for _, line := range after {
		if !slices.Contains(before, line) {
			r.errors = append(r.errors, line)
		}
	}
	r.unformatted, err = m.unformatted(ctx, from)
	return r, err
}

// copyModule replaces a directory by a copy of another, without what belongs to
// version control.
func copyModule(from, to string) error {
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

// list counts the fixes that are offered.
func (m *module) list(ctx context.Context, r *result) error {
	log.Printf("%s: analysing", m.name)
	stdout, stderr, err := m.run(ctx, m.tool, "-json", "./...")
	if err != nil {
		return err
	}
	var report struct {
		Findings []struct {
			Analyzer, Category string
			Fixes              []any
		}
		Packages int
	}
	if err := json.Unmarshal([]byte(stdout), &report); err != nil {
		return fmt.Errorf("ctxlint: %w\n%s", err, stderr)
	}
	r.packages, r.kinds = report.Packages, make(map[string]int)
	for _, f := range report.Findings {
		if len(f.Fixes) > 0 {
			r.offered++
			r.kinds[f.Analyzer+"/"+f.Category]++
		}
	}
	return nil
}

var (
	appliedLine = regexp.MustCompile(`(?m)^ctxlint: applied (\d+) fix`)
	leftOutLine = regexp.MustCompile(`(?m)^ctxlint: .*: fix not applied: (.*)$`)
)

// apply applies fixes until there are none that can be: those that overlap others
// come later. What is left out in the end counts.
func (m *module) apply(ctx context.Context, r *result) error {
	for {
		log.Printf("%s: fixing", m.name)
		stdout, stderr, err := m.run(ctx, m.tool, "-fix", "-c=-1", "./...")
		if err != nil {
			return err
		}
		if strings.Contains(stderr, "internal error") {
			return fmt.Errorf("%s%s", stdout, stderr)
		}
		if match := appliedLine.FindStringSubmatch(stderr); match != nil {
			n, err := strconv.Atoi(match[1])
			if err != nil {
				return err
			}
			r.applied += n
			continue
		}
		for _, match := range leftOutLine.FindAllStringSubmatch(stderr, -1) {
			if strings.Contains(match[1], "would not compile") {
				r.breaking++
			} else {
				r.skipped++
			}
			log.Printf("%s: %s", m.name, match[0])
		}
		return nil
	}
}

var place = regexp.MustCompile(`:\d+(:\d+)?: `)

// typeCheck returns what the go command has to say against the packages and their
// tests, without line numbers, which fixes change. It runs the cheapest analyzer of
// "go vet" and leaves out what that says.
func (m *module) typeCheck(ctx context.Context) ([]string, error) {
	_, stderr, err := m.run(ctx, "go", "vet", "-directive", "./...")
	if err != nil {
		return nil, err
	}
	var lines []string
	for line := range strings.Lines(stderr) {
		if !strings.HasPrefix(line, "#") {
			lines = append(lines, place.ReplaceAllString(strings.TrimSpace(line), ": "))
		}
	}
	slices.Sort(lines)
	return slices.Compact(lines), nil
}

// unformatted returns how many files that differ from the original are not as
// gofmt would have them.
func (m *module) unformatted(ctx context.Context, from string) (int, error) {
	n := 0
	err := filepath.WalkDir(m.dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(name) != ".go" {
			return err
		}
		rel, err := filepath.Rel(m.dir, name)
		if err != nil {
			return err
		}
		original, err := os.ReadFile(filepath.Join(from, rel))
		if err != nil {
			return err
		}
		if content, err := os.ReadFile(name); err != nil || bytes.Equal(content, original) {
			return err
		}
		stdout, stderr, err := m.run(ctx, "gofmt", "-l", name)
		if stdout+stderr != "" {
			n++
		}
		return err
	})
	return n, err
}

// run runs a command in the module. That it fails is no error.
func (m *module) run(ctx context.Context, name string, args ...string) (stdout, stderr string, err error) {
	var out, log bytes.Buffer
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Dir = m.dir
	cmd.Env = append(os.Environ(), "PWD="+m.dir)
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

func sortedKeys(m map[string]int) []string { return slices.Sorted(maps.Keys(m)) }
