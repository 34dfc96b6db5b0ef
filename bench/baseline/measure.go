package main

import (
	"context"
	"fmt"
	"go/build"
	"log"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/ctxlint/ctxlint/bench/internal/module"
)

// A result says how the baseline of a module fared.
type result struct {
	*module.Module
	packages, affected int // analysed packages, and those of them with findings
	known              int // findings in the baseline
	edited             int // files
	wrapped, renamed   int // files with findings
	new, stale         int // after the edits
	withBug            int // new ones after a bug was put in
}

const baselineFile = "ctxlint-measured.baseline"

// measure writes a baseline, edits the module, and compares.
func (r *result) measure(ctx context.Context) error {
	log.Printf("%s: writing a baseline", r.Name)
	first, err := r.Lint(ctx, "-write-baseline", baselineFile)
	if err != nil {
		return err
	}
	known := slices.DeleteFunc(first.Suppressed, func(f module.Finding) bool { return f.Suppression.Kind != "baseline" })
	r.packages, r.known = first.Packages, len(known)
	log.Printf("%s: editing", r.Name)
	dirs, err := r.edit(ctx, known)
	if err != nil || len(dirs) == 0 {
		return err
	}
	r.affected = len(dirs)
	log.Printf("%s: analysing %d edited files", r.Name, r.edited)
	second, err := r.Lint(ctx, "-baseline", baselineFile, "-unused-ignores")
	if err != nil {
		return err
	}
	if second.Packages != r.packages {
		return fmt.Errorf("the edits broke something: %d packages were analysed before, %d after", r.packages, second.Packages)
	}
	r.new = len(second.Findings)
	for _, u := range second.UnusedIgnores {
		if u.Stale {
			r.stale++
		}
	}
	r.log("new", second.Findings)
	if err := injectBug(dirs[0]); err != nil {
		return err
	}
	log.Printf("%s: analysing with a bug in %s", r.Name, dirs[0])
	third, err := r.Lint(ctx, "-baseline", baselineFile)
	if err != nil {
		return err
	}
	r.withBug = len(third.Findings)
	r.log("new with the bug", third.Findings)
	if !slices.ContainsFunc(third.Findings, func(f module.Finding) bool { return f.Func == bugName }) {
		return fmt.Errorf("the bug in %s is not reported", dirs[0])
	}
	return nil
}

func (r *result) log(what string, findings []module.Finding) {
	for _, f := range findings {
		log.Printf("%s: %s: %s: %s/%s: %s", r.Name, what, f.Start.File, f.Analyzer, f.Category, f.Message)
	}
}

// edit edits the packages with findings and returns their directories.
func (r *result) edit(ctx context.Context, findings []module.Finding) ([]string, error) {
	found := make(map[string]bool) // files with findings
	for _, f := range findings {
		file := f.Start.File
		if !filepath.IsAbs(file) {
			file = filepath.Join(r.Dir, file)
		}
		found[file] = true
	}
	var dirs []string
	for file := range found {
		dirs = append(dirs, filepath.Dir(file))
	}
	slices.Sort(dirs)
	dirs = slices.Compact(dirs)
	for _, dir := range dirs {
		entries, err := os.ReadDir(dir)
		if err != nil {
			return nil, err
		}
		for _, entry := range entries {
			file := filepath.Join(dir, entry.Name())
			if filepath.Ext(file) != ".go" || !entry.Type().IsRegular() {
				continue
			}
			if err := r.editFile(ctx, file, found[file]); err != nil {
				return nil, err
			}
		}
	}
	return dirs, nil
}

// editFile edits a file, if it is not generated, and renames every second one that
// has findings.
func (r *result) editFile(ctx context.Context, file string, found bool) error {
	content, err := os.ReadFile(file)
	if err != nil || isGenerated(content) {
		return err
	}
	r.edited++
	if found {
		r.wrapped++
		content = wrap(content)
	}
	content = extend(content, r.edited)
	if err := os.WriteFile(file, content, 0o666); err != nil {
		return err
	}
	if _, stderr, err := r.Run(ctx, "gofmt", "-s", "-w", file); err != nil || stderr != "" {
		return fmt.Errorf("gofmt: %w%s", err, stderr)
	}
	if found && r.wrapped%2 == 0 {
		r.renamed++
		return os.Rename(file, filepath.Join(filepath.Dir(file), "renamed_"+filepath.Base(file)))
	}
	return nil
}

const bugName = "ctxlintInjected"

// injectBug puts a file with a bug into a package.
func injectBug(dir string) error {
	p, err := build.ImportDir(dir, 0)
	if err != nil {
		return err
	}
	text := strings.ReplaceAll(`package PACKAGE

import "context"

func NAME(ctx context.Context) context.Context {
	ctx, _ = context.WithCancel(ctx)
	return ctx
}
`, "PACKAGE", p.Name)
	file := filepath.Join(dir, "ctxlint_injected.go")
	return os.WriteFile(file, []byte(strings.ReplaceAll(text, "NAME", bugName)), 0o666)
}
