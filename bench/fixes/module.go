package main

import (
	"context"
	"fmt"
	"log"
	"maps"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/ctxlint/ctxlint/bench/internal/module"
)

// A result says what happened to the fixes in a module.
type result struct {
	*module.Module
	packages          int
	offered           int
	kinds             map[string]int // offered, by check
	files             []string       // that the fixes change
	applied           int
	breaking, skipped int      // left out: would not compile, and for any other reason
	unformatted       int      // files that are no longer gofmt-formatted
	errors            []string // of the go command, which were not there before
}

func (r *result) String() string {
	return fmt.Sprintf("%s: %d offered, %d applied, %d would not compile, %d otherwise left out, %d new errors",
		r.Name, r.offered, r.applied, r.breaking, r.skipped, len(r.errors))
}

// measureModule applies the fixes of a module.
func measureModule(ctx context.Context, m *module.Module) (*result, error) {
	r := &result{Module: m}
	if err := r.list(ctx); err != nil {
		return nil, err
	}
	if r.offered == 0 {
		return r, nil // nothing to compile
	}
	log.Printf("%s: compiling", r.Name)
	before, err := r.compile(ctx)
	if err != nil {
		return nil, err
	}
	unformatted, err := r.gofmt(ctx)
	if err != nil {
		return nil, err
	}
	if err := r.apply(ctx); err != nil {
		return nil, err
	}
	after, err := r.compile(ctx)
	if err != nil {
		return nil, err
	}
	r.errors = without(after, before)
	now, err := r.gofmt(ctx)
	r.unformatted = len(without(now, unformatted))
	return r, err
}

// without returns the lines that are not among others.
func without(lines, others []string) []string {
	return slices.DeleteFunc(lines, func(line string) bool { return slices.Contains(others, line) })
}

// list counts the fixes that are offered.
func (r *result) list(ctx context.Context) error {
	log.Printf("%s: analysing", r.Name)
	report, err := r.Lint(ctx)
	if err != nil {
		return err
	}
	r.packages, r.kinds = report.Packages, make(map[string]int)
	for _, f := range report.Findings {
		if len(f.Fixes) > 0 {
			r.offered++
			r.kinds[f.Analyzer+"/"+f.Category]++
		}
		for _, fix := range f.Fixes {
			for _, e := range fix.Edits {
				r.files = append(r.files, e.File)
			}
		}
	}
	slices.Sort(r.files)
	r.files = slices.Compact(r.files)
	return nil
}

// dirs returns the packages with fixes, as arguments of the go command.
func (r *result) dirs() []string {
	var dirs []string
	for _, file := range r.files {
		dirs = append(dirs, "./"+path.Dir(filepath.ToSlash(file)))
	}
	slices.Sort(dirs)
	return slices.Compact(dirs)
}

var (
	appliedLine = regexp.MustCompile(`(?m)^ctxlint: applied (\d+) fix`)
	leftOutLine = regexp.MustCompile(`(?m)^ctxlint: .*: fix not applied: (.*)$`)
)

// apply applies fixes, in the packages that have any, until none can be applied
// any more: a fix that overlaps another is applied in a later round. Only what
// is left out in the end counts.
func (r *result) apply(ctx context.Context) error {
	for {
		log.Printf("%s: fixing", r.Name)
		stdout, stderr, err := r.Run(ctx, r.Tool, append([]string{"-fix", "-c=-1"}, r.dirs()...)...)
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
			log.Printf("%s: %s", r.Name, match[0])
		}
		return nil
	}
}

var place = regexp.MustCompile(`:\d+(:\d+)?: `)

// compile compiles the packages with fixes and their tests, and returns the go
// command's errors, without line numbers, because fixes change those.
func (r *result) compile(ctx context.Context) ([]string, error) {
	args := []string{"list", "-e", "-test", "-export", "-f", "{{with .Error}}{{.Err}}{{end}}"}
	stdout, stderr, err := r.Run(ctx, "go", append(args, r.dirs()...)...)
	if err != nil {
		return nil, err
	}
	var lines []string
	for line := range strings.Lines(stdout + stderr) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
			lines = append(lines, place.ReplaceAllString(line, ": "))
		}
	}
	slices.Sort(lines)
	return slices.Compact(lines), nil
}

// gofmt returns which of the files that have fixes are not gofmt-formatted, and
// gofmt's errors about those that it cannot read.
func (r *result) gofmt(ctx context.Context) ([]string, error) {
	stdout, stderr, err := r.Run(ctx, "gofmt", append([]string{"-l"}, r.files...)...)
	return slices.Collect(strings.Lines(stdout + stderr)), err
}

func sortedKeys(m map[string]int) []string { return slices.Sorted(maps.Keys(m)) }
