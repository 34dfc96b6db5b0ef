package cli

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/ctxlint/ctxlint/internal/cli/config"
	"github.com/ctxlint/ctxlint/internal/driver/gocmd"
	"github.com/ctxlint/ctxlint/internal/pass/catalog"
	"github.com/ctxlint/ctxlint/internal/report"
	"github.com/ctxlint/ctxlint/internal/util/plainfile"
)

const initText = `Writes a .ctxlint.yml for this module, beside its go.mod, with comments: a preset, what
ctxlint would report now by analyzer and confidence, and what can be excluded. With
-write-baseline, it also writes what is known now into a baseline, so that only what
is new will be reported. An existing file is replaced with -force only.
`

type initOptions struct {
	preset   string
	baseline string
	force    bool
}

func (c *command) initVerb() *verb {
	o := new(initOptions)
	v := &verb{
		name: "init", short: "write a .ctxlint.yml for this module", long: initText,
		groups: []string{packageFlags, commonFlags}, own: flag.NewFlagSet("", flag.ContinueOnError),
	}
	v.own.StringVar(&o.preset, "preset", "recommended", "begin with the `preset`: "+presetsText())
	v.own.StringVar(&o.baseline, "write-baseline", "", "also write what is known now to the baseline `file`")
	v.own.BoolVar(&o.force, "force", false, "replace an existing file")
	v.run = func(args []string) (int, error) { return exitClean, c.initialize(v, *o, args) }
	return v
}

// initialize runs "ctxlint init".
func (c *command) initialize(v *verb, o initOptions, args []string) error {
	if err := cmp.Or(noArguments(v.name, args), config.CheckPreset(o.preset), c.check(nil)); err != nil {
		return usageError{err, v}
	}
	c.noConfig, c.writeBaseline, c.analyzers.Preset = true, o.baseline, &o.preset
	s, err := c.newSession()
	if err != nil {
		return err
	}
	ctx, stop := handleSignals(s.goCommand)
	defer stop()
	if err := s.open(ctx); err != nil {
		return err
	}
	if s.env.GOMOD == "" || s.env.GOMOD == os.DevNull {
		return errors.New("there is no go.mod here: run ctxlint init inside a module")
	}
	root := filepath.Dir(s.env.GOMOD)
	file, err := s.newConfigFile(root, o.force)
	if err != nil {
		return err
	}
	if s.known, err = s.openKnown(ctx); err != nil {
		return err
	}
	defer s.known.close()
	text, err := s.draft(ctx, root, o)
	if err != nil {
		return err
	}
	if err := s.writeFile(file, text); err != nil {
		return err
	}
	s.note("wrote %s", s.formatOptions().Path(file))
	return nil
}

// newConfigFile returns the name of the file to write. It is an error if there is one and
// it may not be replaced.
func (s *session) newConfigFile(root string, force bool) (string, error) {
	file, err := config.Find(filepath.Join(root, "go.mod"), "")
	switch {
	case err != nil:
		return "", err
	case file == "":
		return filepath.Join(root, config.FileName), nil
	case force:
		return file, nil
	}
	return "", fmt.Errorf("%s exists: -force replaces it", s.formatOptions().Path(file))
}

// draft analyses the module and returns the text of the file.
func (s *session) draft(ctx context.Context, root string, o initOptions) ([]byte, error) {
	patterns := []string{filepath.Join(root, "...")}
	packages, err := s.goCommand.List(ctx, s.buildFlags, patterns)
	if err != nil {
		return nil, err
	}
	d := &draft{out: new(bytes.Buffer), options: o}
	d.excludes(unmarked(root, packages))
	excludes := d.take()
	if s.settings, err = s.asDrafted(root, o, excludes); err != nil {
		return nil, err
	}
	rep, _, err := s.analyse(ctx, patterns)
	if err == nil {
		err = ctx.Err()
	}
	if err != nil {
		return nil, err
	}
	if err := s.writeErrors(rep); err != nil {
		return nil, err
	}
	found := countFindings(append(slices.Clone(rep.Findings), rep.Hidden...))
	if err := s.settleBaseline(s.known, rep, false); err != nil {
		return nil, err
	}
	if o.baseline != "" {
		if d.baseline, err = filepath.Rel(root, s.abs(s.dir, o.baseline)); err != nil {
			return nil, err
		}
	}
	d.head()
	d.findings(found)
	d.known(len(found))
	return append(d.take(), excludes...), nil
}

// asDrafted returns the settings that the file will make, so that what is counted and what
// goes into a baseline is what later runs find.
func (s *session) asDrafted(root string, o initOptions, excludes []byte) (*config.Modules, error) {
	text := fmt.Sprintf("version: 1\npreset: %s\n%s", o.preset, excludes)
	cfg, err := config.Parse(filepath.Join(root, config.FileName), []byte(text), s.suite)
	if err != nil {
		return nil, err
	}
	settings, err := config.Settle(cfg, config.CommandLine{}, s.suite, root)
	if err != nil {
		return nil, err
	}
	return &config.Modules{Settings: settings}, nil
}

// A draft is the text of a configuration file while it is written.
type draft struct {
	out      *bytes.Buffer
	options  initOptions
	baseline string // relative to the file, "" for none
}

// take returns what has been written since the last time.
func (d *draft) take() []byte {
	text := bytes.Clone(d.out.Bytes())
	d.out.Reset()
	return text
}

// lines writes lines, each as it is.
func (d *draft) lines(lines ...string) {
	for _, line := range lines {
		fmt.Fprintln(d.out, strings.TrimRight(line, " "))
	}
}

func (d *draft) head() {
	d.lines(
		"# yaml-language-server: $schema="+config.SchemaURL,
		"#",
		"# What ctxlint reports in this module. \"ctxlint config\" prints what is in effect, and",
		"# "+config.DocsURL+" describes every key.",
		"version: 1",
		"",
		"# How much to report:",
	)
	for _, p := range config.Presets() {
		d.lines(fmt.Sprintf("#   %-12s %s", p.Name, p.Summary))
	}
	d.lines("preset: "+d.options.preset, "")
}

// findings lists what a run reports when the file is written.
func (d *draft) findings(found []analyzerCount) {
	if len(found) == 0 {
		d.lines("# When this file was written, ctxlint found nothing here.", "")
		return
	}
	d.lines("# When this file was written, ctxlint found this much here, by confidence: what is high", "# is reported, what is medium with \"confidence: medium\" or -confidence medium, and what", "# is low, and seldom worth a change, only with low.")
	table := new(bytes.Buffer)
	w := tabwriter.NewWriter(table, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintf(w, "analyzer\t%s\t\n", strings.Join(catalog.Confidences(), "\t"))
	for _, c := range found {
		fmt.Fprintf(w, "%s\t", c.analyzer)
		for _, n := range c.counts {
			fmt.Fprintf(w, "%d\t", n)
		}
		fmt.Fprintln(w)
	}
	w.Flush()
	for line := range strings.Lines(table.String()) {
		d.lines("#   " + strings.TrimRight(line, "\n"))
	}
	d.lines(
		"# Analyzers, and single categories of them, can be left out:",
		"#",
		"# analyzers:",
		"#   disable: ["+found[0].analyzer+"]",
		"# options:",
		"#   "+found[0].analyzer+": {disable: ["+found[0].category+"]}",
		"",
	)
}

// known offers a baseline, or names the one that has been written.
func (d *draft) known(findings int) {
	if d.baseline != "" {
		d.lines(
			"# Findings that were known when this file was written. Entries may go, and none is added:",
			"# an entry whose finding is gone fails a run, which removes it.",
			"baseline: "+quoted(filepath.ToSlash(d.baseline)),
			"ratchet: true", "")
		return
	}
	if findings == 0 {
		return
	}
	d.lines(
		"# To begin with what is new, write what is known into a baseline, and let it only shrink:",
		"#   ctxlint -write-baseline ctxlint.baseline ./...",
		"#",
		"# baseline: ctxlint.baseline",
		"# ratchet: true", "")
}

// excludes names files that look generated and do not say so.
func (d *draft) excludes(unmarked []string) {
	d.lines(
		"# Generated files that say so (\"// Code generated ... DO NOT EDIT.\") are left out anyway.",
		"# Other code that nobody here changes:")
	if len(unmarked) == 0 {
		d.lines("#", "# exclude:", "#   - path: third_party/**", "#     reason: copied from elsewhere; fixed there")
		return
	}
	d.lines("exclude:")
	for _, path := range unmarked {
		d.lines("  - path: "+quoted(path), "    reason: its name is that of generated or copied code")
	}
}

// quoted returns a path as YAML has it in one line.
func quoted(path string) string { return "'" + strings.ReplaceAll(path, "'", "''") + "'" }

// An analyzerCount is how many findings of each confidence an analyzer has.
type analyzerCount struct {
	analyzer string
	category string                 // of the first of them
	counts   [catalog.Least + 1]int // by confidence
}

// countFindings counts findings, with the analyzer first that has the most.
func countFindings(findings []*report.Finding) []analyzerCount {
	var list []analyzerCount
	for _, f := range findings {
		i := slices.IndexFunc(list, func(c analyzerCount) bool { return c.analyzer == f.Analyzer })
		if i < 0 {
			i, list = len(list), append(list, analyzerCount{analyzer: f.Analyzer, category: f.Category})
		}
		list[i].counts[f.Confidence]++
	}
	slices.SortFunc(list, func(a, b analyzerCount) int {
		return cmp.Or(slices.Compare(b.counts[:], a.counts[:]), cmp.Compare(a.analyzer, b.analyzer))
	})
	return list
}

// generatedNames are patterns of names that generators give to files, and copiedDirs names
// of directories for code from elsewhere.
var (
	generatedNames = []string{"*.pb.go", "*.pb.gw.go", "*_gen.go", "*_generated.go", "*.gen.go", "zz_generated*.go", "mock_*.go", "*_mock.go", "bindata.go"}
	copiedDirs     = []string{"third_party", "thirdparty", "external", "generated", "gen"}
)

// unmarked returns globs, relative to root, for files in packages that look like generated
// or copied code, but do not say that they are generated.
func unmarked(root string, packages []gocmd.Package) []string {
	var globs []string
	add := func(path string) {
		if rel, ok := plainfile.Below(root, path); ok {
			globs = append(globs, filepath.ToSlash(rel))
		}
	}
	for _, p := range packages {
		if dir := copiedDir(root, p.Dir); dir != "" {
			globs = append(globs, dir+"/**")
			continue
		}
		for _, name := range p.GoFiles {
			matches := slices.ContainsFunc(generatedNames, func(pattern string) bool {
				ok, _ := filepath.Match(pattern, name)
				return ok
			})
			if matches && !saysGenerated(filepath.Join(p.Dir, name)) {
				add(filepath.Join(p.Dir, name))
			}
		}
	}
	slices.Sort(globs)
	return slices.Compact(globs)
}

// saysGenerated reports whether a file has the comment by which generators mark what they
// write.
func saysGenerated(file string) bool {
	f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.PackageClauseOnly|parser.ParseComments)
	return err == nil && ast.IsGenerated(f)
}

// copiedDir returns the directory for code from elsewhere that a package is in, relative to
// root, "" if it is in none.
func copiedDir(root, dir string) string {
	rel, ok := plainfile.Below(root, dir)
	if !ok {
		return ""
	}
	parts := strings.Split(filepath.ToSlash(rel), "/")
	if i := slices.IndexFunc(parts, func(part string) bool { return slices.Contains(copiedDirs, part) }); i >= 0 {
		return strings.Join(parts[:i+1], "/")
	}
	return ""
}
