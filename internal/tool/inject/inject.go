// Inject measures how many injected defects ctxlint finds. It puts one defect after the
// other into the packages of a module, each at another place, and runs ctxlint over the
// package that has it:
//
//	go run ./internal/tool/inject -n 20 DIR [packages]
//
// The module itself stays as it is: the changed file is an overlay. What does not
// compile does not count, and neither does a finding that is there without the defect.
// The same module, flags and version give the same answer.
package main

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"slices"

	"golang.org/x/tools/go/packages"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("inject: ")
	tool := flag.String("ctxlint", "ctxlint", "the `command` to run")
	n := flag.Int("n", 20, "`number` of defects of each kind")
	flag.Parse()
	if flag.NArg() == 0 {
		log.Fatal("usage: inject [flags] DIR [packages]")
	}
	patterns := flag.Args()[1:]
	if len(patterns) == 0 {
		patterns = []string{"./..."}
	}
	r := &runner{tool: *tool, dir: flag.Arg(0), before: make(map[string]map[string]bool)}
	if err := r.measure(os.Stdout, patterns, *n); err != nil {
		log.Fatal(err)
	}
}

// A runner runs ctxlint over one module.
type runner struct {
	tool   string
	dir    string
	before map[string]map[string]bool // by package: the findings without a defect
}

// measure injects at most n defects of each kind, spread over all places there are, and
// prints what became of each, and a table.
func (r *runner) measure(out io.Writer, patterns []string, n int) error {
	sites, err := r.sites(patterns)
	if err != nil {
		return err
	}
	for _, operator := range operators {
		var count struct{ made, found int }
		chosen := spread(sites[operator], n)
		for _, s := range chosen {
			result, err := r.try(s)
			if err != nil {
				return err
			}
			name, _ := filepath.Rel(r.dir, s.file)
			fmt.Fprintf(out, "%s\t%s:%d\t%s\n", operator, filepath.ToSlash(name), s.line, result)
			if result != broken {
				count.made++
			}
			if result == found {
				count.found++
			}
		}
		fmt.Fprintf(out, "%s: %d of %d found (%d places)\n", operator, count.found, count.made, len(sites[operator]))
	}
	return nil
}

// sites returns the places of each kind, in the order of packages and files.
func (r *runner) sites(patterns []string) (map[string][]site, error) {
	pkgs, err := packages.Load(&packages.Config{Mode: packages.LoadSyntax, Dir: r.dir}, patterns...)
	if err != nil {
		return nil, err
	}
	byOperator := make(map[string][]site)
	for _, pkg := range pkgs {
		if len(pkg.Errors) > 0 {
			continue
		}
		for _, s := range sitesOf(pkg) {
			byOperator[s.operator] = append(byOperator[s.operator], s)
		}
	}
	return byOperator, nil
}

// spread returns n of the sites, or all if there are not as many, at equal distances.
func spread(sites []site, n int) []site {
	if len(sites) <= n {
		return sites
	}
	chosen := make([]site, n)
	for i := range chosen {
		chosen[i] = sites[i*len(sites)/n]
	}
	return chosen
}

// An outcome says what became of a defect.
type outcome string

const (
	found  outcome = "found"
	missed outcome = "missed"
	broken outcome = "does not compile"
)

// try injects one defect.
func (r *runner) try(s site) (outcome, error) {
	before, known := r.before[s.pkg]
	if !known {
		findings, err := r.run(s.pkg)
		if err != nil {
			return "", fmt.Errorf("%s: %w", s.pkg, err)
		}
		before = findings
		r.before[s.pkg] = before
	}
	dir, err := os.MkdirTemp("", "inject")
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(dir)
	overlay, err := s.overlay(dir)
	if err != nil {
		return "", err
	}
	after, err := r.run("-overlay", overlay, s.pkg)
	if errors.Is(err, errBroken) {
		return broken, nil
	}
	if err != nil {
		return "", err
	}
	for id := range after {
		if !before[id] {
			return found, nil
		}
	}
	return missed, nil
}

// overlay writes the file with the defect into dir, and the description that the go
// command reads.
func (s site) overlay(dir string) (name string, err error) {
	text, err := os.ReadFile(s.file)
	if err != nil {
		return "", err
	}
	changed := filepath.Join(dir, filepath.Base(s.file))
	if err := os.WriteFile(changed, slices.Concat(text[:s.from], []byte(s.text), text[s.to:]), 0o666); err != nil {
		return "", err
	}
	description, err := json.Marshal(map[string]any{"Replace": map[string]string{s.file: changed}})
	if err != nil {
		return "", err
	}
	name = filepath.Join(dir, "overlay.json")
	return name, os.WriteFile(name, description, 0o666)
}

var errBroken = errors.New("the package does not compile")

// run runs ctxlint and returns the fingerprints of what it finds.
func (r *runner) run(args ...string) (map[string]bool, error) {
	args = append([]string{"-C", r.dir, "-no-config", "-test=false", "-confidence", "low", "-format", "json"}, args...)
	cmd := exec.Command(r.tool, args...)
	cmd.Stderr = io.Discard
	text, err := cmd.Output()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		return nil, err
	}
	var report struct {
		Findings []struct{ Fingerprint string }
		Errors   []struct{ Message string }
	}
	if err := json.Unmarshal(text, &report); err != nil {
		return nil, fmt.Errorf("%s says %q: %w", r.tool, text, err)
	}
	if len(report.Errors) > 0 {
		return nil, fmt.Errorf("%w: %s", errBroken, report.Errors[0].Message)
	}
	ids := make(map[string]bool)
	for _, f := range report.Findings {
		ids[f.Fingerprint] = true
	}
	return ids, nil
}
